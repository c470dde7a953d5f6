//! `search`: rows in which a text stands anywhere.

use regex::Regex;
use whotalks_kql_syntax::tree::operator::Search;
use whotalks_kql_syntax::tree::{Expression, ExpressionKind, Literal, LogicalOperator, Name};
use whotalks_kql_values::{KustoType, Value};

use super::everywhere::Sought;
use super::union::union_all;
use crate::bind::{Binder, Bound, Expressions, and, column, not, or};
use crate::error::{PlanProblem, Result};
use crate::function::{call, constant, operate};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// The column that names the table of a row.
const TABLE: &str = "$table";
/// What a table is called there that has no name.
const NAMELESS: &str = "search_arg0";

impl Binder<'_> {
    /// Looks in the table before it, in the tables behind `in`, or in all tables.
    pub(super) fn search(&mut self, input: Option<Relation>, search: &Search) -> Result<Relation> {
        let tables = match input {
            Some(mut input) => {
                input.name.get_or_insert_with(|| NAMELESS.to_owned());
                vec![input]
            }
            None if search.tables.is_empty() => self.all_tables()?,
            None => self.union_operands(&search.tables)?,
        };
        let case_sensitive = search
            .parameters
            .word("kind")
            .is_some_and(|word| word.text == "case_sensitive");
        let sought = Sought::new(&search.predicate, case_sensitive, &tables);
        let found = tables.into_iter().map(|table| sought.rows(self, table));
        let found = found.collect::<Result<Vec<_>>>()?;
        union_all(found, false, Some(&Name::new(TABLE)))
    }
}

/// Binds what is looked for.
pub(super) struct Seeker<'s, 'b, 'e> {
    /// The rows.
    pub(super) expressions: &'s mut Expressions<'b, 'e>,
    /// Whether texts are compared by case where nothing is said.
    pub(super) case_sensitive: bool,
}

impl Seeker<'_, '_, '_> {
    /// A literal alone is looked for in all columns; everything else is a condition as behind `where`.
    pub(super) fn condition(&mut self, predicate: &Expression) -> Result<Bound> {
        match &predicate.kind {
            ExpressionKind::Parenthesized(inner) => self.condition(inner),
            ExpressionKind::Logical(logical) => {
                let conditions = logical
                    .operands
                    .iter()
                    .map(|operand| self.condition(operand))
                    .collect::<Result<Vec<_>>>()?;
                let join = if logical.operator == LogicalOperator::And {
                    and
                } else {
                    or
                };
                let nothing = || constant(Value::Bool(true), KustoType::Bool);
                Ok(conditions.into_iter().reduce(join).unwrap_or_else(nothing))
            }
            ExpressionKind::Call(called) if called.name.text == "not" => match called.arguments.as_slice() {
                [operand] => Ok(not(self.condition(operand)?)),
                _ => self.expressions.truth(predicate),
            },
            ExpressionKind::Literal(Literal::String(text)) => self.anywhere(&text.text),
            ExpressionKind::Literal(Literal::Bool(_)) => self.expressions.truth(predicate),
            ExpressionKind::Literal(_) => {
                let (value, _) = self.expressions.constant(predicate, Phrase::WhatIsLookedFor)?;
                let text = whotalks_kql_values::convert::to_text(&value).into_owned();
                self.anywhere(&text)
            }
            _ => self.expressions.truth(predicate),
        }
    }

    /// Whether a text stands in any column.
    fn anywhere(&mut self, wanted: &str) -> Result<Bound> {
        let mut any = constant(Value::Bool(false), KustoType::Bool);
        // Fractions are not looked into: what is printed of one is no text that anybody wrote.
        let looked_into = |column: &&Column| !matches!(column.kusto_type, KustoType::Real | KustoType::Decimal);
        for own in self.expressions.row.columns().iter().filter(looked_into) {
            let text = call("tostring", vec![column(own)])?;
            any = or(any, self.stands_in(text, wanted)?);
        }
        Ok(any)
    }

    /// Whether a text stands in another: as a term, or where `*` says so.
    fn stands_in(&self, text: Bound, wanted: &str) -> Result<Bound> {
        let (open, rest) = match wanted.strip_prefix('*') {
            Some(rest) => (true, rest),
            None => (false, wanted),
        };
        let (ends, inner) = match rest.strip_suffix('*') {
            Some(inner) => (true, inner),
            None => (false, rest),
        };
        if inner.is_empty() {
            return Ok(constant(Value::Bool(true), KustoType::Bool));
        }
        if inner.contains('*') {
            return self.matches(text, inner);
        }
        let test = match (open, ends) {
            (false, false) => "has",
            (false, true) => "hasprefix",
            (true, false) => "hassuffix",
            (true, true) => "contains",
        };
        let test = if self.case_sensitive {
            format!("{test}_cs")
        } else {
            test.to_owned()
        };
        operate(&test, vec![text, text_constant(inner)])
    }

    /// A text with `*` inside of it is looked for as a regular expression.
    fn matches(&self, text: Bound, wanted: &str) -> Result<Bound> {
        let parts: Vec<_> = wanted.split('*').map(regex::escape).collect();
        let case = if self.case_sensitive { "" } else { "(?i)" };
        let expression = format!("{case}{}", parts.join(".*"));
        Regex::new(&expression).map_err(|error| PlanProblem::Engine(error.to_string()))?;
        operate("matches regex", vec![text, text_constant(&expression)])
    }
}

fn text_constant(text: &str) -> Bound {
    constant(Value::String(text.to_owned().into()), KustoType::String)
}
