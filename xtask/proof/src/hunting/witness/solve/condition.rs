//! Conditions that must be true, or must not be.

use whotalks_kql_syntax::tree::{
    Between, Call, Comparison, ComparisonOperator, Expression, ExpressionKind, LogicalOperator, Membership,
    MembershipOperator, TextOperator, TextTest,
};

use super::super::source::{Columns, Source};
use super::super::values::{Known, matching};
use super::Solver;

/// How a number or a time must lie to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Equal,
    Below,
    Above,
}

impl Solver {
    /// Fills rows so that a condition is as wanted.
    pub(super) fn require(&mut self, condition: &Expression, wanted: bool, columns: &Columns) {
        match &condition.kind {
            ExpressionKind::Parenthesized(inner) => self.require(inner, wanted, columns),
            ExpressionKind::Logical(logical) => {
                let all = (logical.operator == LogicalOperator::And) == wanted;
                let most = if all { logical.operands.len() } else { 1 };
                let operands = logical.operands.iter().take(most);
                operands.for_each(|operand| self.require(operand, wanted, columns));
            }
            ExpressionKind::Comparison(comparison) => self.comparison(comparison, wanted, columns),
            ExpressionKind::Membership(membership) => self.membership(membership, wanted, columns),
            ExpressionKind::Between(between) => self.between(between, wanted, columns),
            ExpressionKind::Call(call) => self.call(call, wanted, columns),
            ExpressionKind::Name(_) | ExpressionKind::Path(_) => {
                if let Some(source) = self.source(condition, columns) {
                    self.assign(&source, if wanted { "true" } else { "false" });
                }
            }
            _ => {}
        }
    }

    fn comparison(&mut self, comparison: &Comparison, wanted: bool, columns: &Columns) {
        let (left, right, turned) = match (self.known(&comparison.left), self.known(&comparison.right)) {
            (_, Some(right)) => (&comparison.left, right, false),
            (Some(left), None) => (&comparison.right, left, true),
            (None, None) => return self.both_unknown(comparison, wanted, columns),
        };
        if matches!(left.kind, ExpressionKind::Star) {
            return;
        }
        let Some(source) = self.source(left, columns) else {
            return;
        };
        match comparison.operator {
            ComparisonOperator::Equal | ComparisonOperator::EqualCaseless => self.equal(&source, &right, wanted),
            ComparisonOperator::NotEqual | ComparisonOperator::NotEqualCaseless => self.equal(&source, &right, !wanted),
            ComparisonOperator::Greater | ComparisonOperator::GreaterOrEqual => {
                let above = wanted != turned;
                self.compare(&source, &right, if above { Way::Above } else { Way::Below });
            }
            ComparisonOperator::Less | ComparisonOperator::LessOrEqual => {
                let below = wanted != turned;
                self.compare(&source, &right, if below { Way::Below } else { Way::Above });
            }
            ComparisonOperator::MatchesRegex if wanted => {
                let text = right.text().and_then(|expression| matching(&expression, None));
                text.iter().for_each(|text| self.assign(&source, text));
            }
            ComparisonOperator::Text(operator) => self.text_test(&source, operator, &right, wanted),
            _ => {}
        }
    }

    /// Two columns that are compared get a value in common where they must be equal.
    fn both_unknown(&mut self, comparison: &Comparison, wanted: bool, columns: &Columns) {
        let equal = matches!(
            (comparison.operator, wanted),
            (ComparisonOperator::Equal | ComparisonOperator::EqualCaseless, true)
                | (
                    ComparisonOperator::NotEqual | ComparisonOperator::NotEqualCaseless,
                    false
                )
        );
        let sides = self
            .source(&comparison.left, columns)
            .zip(self.source(&comparison.right, columns));
        if let (true, Some((left, right))) = (equal, sides) {
            self.unify(&left, &right);
        }
    }

    fn equal(&mut self, source: &Source, value: &Known, wanted: bool) {
        match (value, wanted) {
            (Known::Time(_) | Known::Number(_), true) => self.compare(source, value, Way::Equal),
            (_, true) => value.text().iter().for_each(|text| self.assign(source, text)),
            // Something else than what must not be there; what is invented is.
            (Known::Texts(texts), false) if texts.iter().all(String::is_empty) => self.fill(source),
            (Known::Texts(texts), false) if texts.iter().any(|text| text == "true") => self.assign(source, "false"),
            (Known::Texts(texts), false) if texts.iter().any(|text| text == "false") => self.assign(source, "true"),
            _ => {}
        }
    }

    fn text_test(&mut self, source: &Source, operator: TextOperator, value: &Known, wanted: bool) {
        let Some(text) = value.text().filter(|_| operator.negated != wanted) else {
            return;
        };
        match operator.test {
            TextTest::StartsWith => self.partly(source, &text, |cell, text| cell.begins(text)),
            TextTest::EndsWith => self.partly(source, &text, |cell, text| cell.ends(text)),
            _ => self.partly(source, &text, |cell, text| cell.has(text)),
        }
    }

    fn membership(&mut self, membership: &Membership, wanted: bool, columns: &Columns) {
        let positive = !matches!(
            membership.operator,
            MembershipOperator::NotIn | MembershipOperator::NotInCaseless
        );
        if positive != wanted {
            return;
        }
        let Some(source) = self.source(&membership.operand, columns) else {
            return;
        };
        let texts: Vec<String> = membership
            .items
            .iter()
            .filter_map(|item| self.known(item))
            .flat_map(|item| item.texts())
            .collect();
        let in_list = matches!(
            membership.operator,
            MembershipOperator::In | MembershipOperator::InCaseless
        );
        match (texts.first(), membership.operator) {
            (Some(_), MembershipOperator::HasAll) => {
                let all = texts.iter();
                all.for_each(|text| self.partly(&source, text, |cell, text| cell.has(text)));
            }
            (Some(text), _) if in_list => match text.parse::<f64>() {
                Ok(number) => self.compare(&source, &Known::Number(number), Way::Equal),
                Err(_) => self.assign(&source, text),
            },
            (Some(text), _) => self.partly(&source, text, |cell, text| cell.has(text)),
            (None, _) => {
                let tables: Vec<Columns> = membership.items.iter().filter_map(|item| self.table(item)).collect();
                let first = tables.first();
                let other = first.and_then(|table| table.first().or_else(|| table.get(&name_of(&membership.operand)?)));
                if let Some(other) = other {
                    self.unify(&source, &other);
                }
            }
        }
    }

    fn between(&mut self, between: &Between, wanted: bool, columns: &Columns) {
        if between.negated == wanted {
            return;
        }
        let Some(source) = self.source(&between.operand, columns) else {
            return;
        };
        let (low, high) = (self.known(&between.low), self.known(&between.high));
        let middle = match (low, high) {
            (Some(Known::Time(low)), Some(Known::Time(high))) => Some(Known::Time(low + (high - low) / 2)),
            (Some(Known::Time(low)), Some(Known::Span(span))) => Some(Known::Time(low + span / 2)),
            (low, _) => low,
        };
        middle
            .iter()
            .for_each(|middle| self.compare(&source, middle, Way::Equal));
    }

    fn call(&mut self, call: &Call, wanted: bool, columns: &Columns) {
        let argument = call.arguments.first();
        let source = argument.and_then(|argument| self.source(argument, columns));
        let text = |solver: &Self, place: usize| solver.known(call.arguments.get(place)?)?.text();
        match (call.name.text.as_str(), source) {
            ("not", _) => argument
                .into_iter()
                .for_each(|argument| self.require(argument, !wanted, columns)),
            ("isnotempty" | "isnotnull" | "notempty" | "notnull", Some(source)) if wanted => self.fill(&source),
            ("isempty" | "isnull", Some(source)) if !wanted => self.fill(&source),
            ("isempty" | "isnull", Some(source)) | ("isnotempty" | "isnotnull", Some(source)) => {
                self.assign(&source, "")
            }
            ("tobool" | "tostring" | "iff" | "iif", _) => {
                argument
                    .into_iter()
                    .for_each(|argument| self.require(argument, wanted, columns));
            }
            ("ipv4_is_private", Some(source)) if wanted => self.assign(&source, "10.1.2.3"),
            ("ipv4_is_in_range" | "ipv4_is_match" | "ipv4_is_in_any_range", Some(source)) if wanted => {
                if let Some(network) = text(self, 1) {
                    let address = network.split('/').next().unwrap_or_default().to_owned();
                    self.assign(&source, &address);
                }
            }
            ("has_ipv4" | "has_any_ipv4" | "has_ipv4_prefix" | "has_any_ipv4_prefix", Some(source)) if wanted => {
                if let Some(address) = text(self, 1) {
                    self.partly(&source, &address, |cell, text| cell.has(text));
                }
            }
            ("set_has_element" | "bag_has_key", Some(source)) if wanted => {
                let element = text(self, 1);
                element.iter().for_each(|element| self.assign(&source, element));
            }
            _ => {}
        }
    }
}

fn name_of(expression: &Expression) -> Option<String> {
    match &expression.kind {
        ExpressionKind::Name(name) => Some(name.text.clone()),
        _ => None,
    }
}
