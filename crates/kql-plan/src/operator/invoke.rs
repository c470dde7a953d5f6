//! `invoke`: a function that takes the table as its first argument. `as`: a name for the table.

use std::sync::Arc;

use whotalks_kql_syntax::tree::{Expression, ExpressionKind};

use crate::answer::Notice;
use crate::bind::{Binder, Expressions, Meaning, Row};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn invoke(&mut self, input: Relation, call: &Expression) -> Result<Relation> {
        let ExpressionKind::Call(call) = &call.kind else {
            return Err(PlanProblem::unsupported(Phrase::InvokeOfSomethingElse, None).at(call.span));
        };
        self.learn(&call.name.text);
        if call.name.text == "SeenBy" {
            self.notices.insert(Notice::SeenByUnknown);
        }
        let Some(Meaning::Function(callable)) = self.scope.get(&call.name.text) else {
            if call.name.text == "FileProfile" {
                return self.file_profile(input, call);
            }
            return Err(PlanProblem::UnknownFunction {
                name: call.name.text.clone(),
                similar: None,
            }
            .at(call.name.span));
        };
        let callable = Arc::clone(callable);
        let Some((first, rest)) = callable.function.parameters.split_first() else {
            return Err(PlanProblem::NotATable.at(call.name.span));
        };
        let mut remaining = (*callable).clone();
        remaining.function.parameters = rest.to_vec();
        let arguments: Vec<_> = call.arguments.iter().collect();
        let mut scope = Expressions::new(self, Row::None).arguments_scope(&remaining, &arguments)?;
        scope.set(first.name.text.clone(), Meaning::Table(Arc::new(input)));
        self.body_table(&callable, scope)
    }

    /// Gives the table a name for the rest of the query.
    pub(super) fn name_table(&mut self, mut input: Relation, name: &str) -> Relation {
        input.name = Some(name.to_owned());
        self.scope.set(name, Meaning::Table(Arc::new(input.clone())));
        input
    }
}
