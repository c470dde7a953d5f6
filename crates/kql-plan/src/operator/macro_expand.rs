//! `macro-expand`: a query for each entity of a group. A case has its tables once, whatever the cluster or the database, so that
//! every entity is the same and the query is asked once.

use whotalks_kql_syntax::tree::StatementKind;
use whotalks_kql_syntax::tree::operator::MacroExpand;

use crate::bind::{Binder, Meaning};
use crate::error::{PlanProblem, Result};
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn macro_expand(&mut self, expand: &MacroExpand) -> Result<Relation> {
        let outer = self.scope.clone();
        if let Some(scope) = &expand.scope {
            self.scope.set(scope.text.clone(), Meaning::Database);
        }
        let mut answer = Err(PlanProblem::NotATable.into());
        for statement in &expand.statements {
            match &statement.kind {
                StatementKind::Query(query) => answer = self.table_of(query),
                _ => self.statements(std::slice::from_ref(statement))?,
            }
        }
        self.scope = outer;
        answer
    }
}
