//! Conditions that must be true, or must not be.

use whotalks_kql_syntax::tree::{
    Between, Call, Comparison, ComparisonOperator, Expression, ExpressionKind, Literal, LogicalOperator, Membership,
    MembershipOperator, TextOperator, TextTest,
};

use super::super::demand::Test;
use super::super::pattern::RegularExpression;
use super::super::source::{Columns, Source};
use super::super::step::Step;
use super::super::values::Known;
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
                if (logical.operator == LogicalOperator::And) == wanted {
                    // What leaves a choice comes last, so that the choice goes with the rest.
                    let (open, strict): (Vec<_>, Vec<_>) =
                        logical.operands.iter().partition(|operand| is_open(operand));
                    let operands = strict.into_iter().chain(open);
                    operands.for_each(|operand| self.require(operand, wanted, columns));
                } else {
                    self.require_one(&logical.operands, wanted, columns);
                }
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
            ExpressionKind::Literal(Literal::String(word)) if wanted => {
                for row in columns.rows().into_iter().take(1) {
                    self.rows
                        .get_mut(row)
                        .into_iter()
                        .for_each(|row| row.mention(&word.text));
                }
            }
            _ => {}
        }
    }

    /// The first of several conditions that goes with what was asked before.
    fn require_one(&mut self, operands: &[Expression], wanted: bool, columns: &Columns) {
        let goes = |operand: &Expression| self.attempt(|solver| solver.require(operand, wanted, columns));
        if !operands.iter().any(goes)
            && let Some(first) = operands.first()
        {
            self.require(first, wanted, columns);
        }
    }

    fn comparison(&mut self, comparison: &Comparison, wanted: bool, columns: &Columns) {
        let sides = (
            self.constant(&comparison.left, columns),
            self.constant(&comparison.right, columns),
        );
        let (left, right, turned) = match sides {
            (Some(_), Some(_)) => return,
            (_, Some(right)) => (&comparison.left, right, false),
            (Some(left), None) => (&comparison.right, left, true),
            (None, None) => return self.both_unknown(comparison, wanted, columns),
        };
        if matches!(left.kind, ExpressionKind::Star) {
            return self.anywhere(&right, wanted, columns);
        }
        let Some(source) = self.source(left, columns) else {
            return;
        };
        match comparison.operator {
            ComparisonOperator::Equal => self.equal(&source, &right, wanted),
            ComparisonOperator::NotEqual => self.equal(&source, &right, !wanted),
            ComparisonOperator::EqualCaseless => self.equal_caseless(&source, &right, wanted),
            ComparisonOperator::NotEqualCaseless => self.equal_caseless(&source, &right, !wanted),
            ComparisonOperator::Greater | ComparisonOperator::GreaterOrEqual => {
                let above = wanted != turned;
                self.compare(&source, &right, if above { Way::Above } else { Way::Below });
            }
            ComparisonOperator::Less | ComparisonOperator::LessOrEqual => {
                let below = wanted != turned;
                self.compare(&source, &right, if below { Way::Below } else { Way::Above });
            }
            ComparisonOperator::MatchesRegex => {
                let expression = right.text().and_then(|text| RegularExpression::new(&text));
                if let Some(expression) = expression {
                    self.ask(&source, &Test::Matches(expression), wanted);
                }
            }
            ComparisonOperator::Text(operator) => self.text_test(&source, operator, &right, wanted),
            ComparisonOperator::Search => {
                let test = Test::Text(TextTest::Has, right.text().into_iter().collect());
                self.ask(&source, &test, wanted);
            }
        }
    }

    /// A word in any column.
    fn anywhere(&mut self, word: &Known, wanted: bool, columns: &Columns) {
        let row = columns.rows().into_iter().next().filter(|_| wanted);
        if let (Some(row), Some(word)) = (row.and_then(|row| self.rows.get_mut(row)), word.text()) {
            row.mention(&word);
        }
    }

    fn equal_caseless(&mut self, source: &Source, value: &Known, wanted: bool) {
        match value.text() {
            Some(text) if !text.is_empty() => self.ask(source, &Test::OneOf(vec![text]), wanted),
            _ => self.equal(source, value, wanted),
        }
    }

    /// Two columns that are compared get a value in common where they must be equal, and times an order.
    fn both_unknown(&mut self, comparison: &Comparison, wanted: bool, columns: &Columns) {
        let left = self.source(&comparison.left, columns);
        let Some((left, right)) = left.zip(self.source(&comparison.right, columns)) else {
            return;
        };
        match (comparison.operator, wanted) {
            (ComparisonOperator::Equal | ComparisonOperator::EqualCaseless, true)
            | (ComparisonOperator::NotEqual | ComparisonOperator::NotEqualCaseless, false) => self.unify(&left, &right),
            (ComparisonOperator::Less, true) | (ComparisonOperator::GreaterOrEqual, false) => self.order(&left, &right),
            (ComparisonOperator::Greater, true) | (ComparisonOperator::LessOrEqual, false) => self.order(&right, &left),
            (ComparisonOperator::Text(operator), wanted) if operator.negated != wanted => self.unify(&left, &right),
            _ => {}
        }
    }

    fn text_test(&mut self, source: &Source, operator: TextOperator, value: &Known, wanted: bool) {
        if let Some(text) = value.text() {
            self.ask(
                source,
                &Test::Text(operator.test, vec![text]),
                operator.negated != wanted,
            );
        }
    }

    fn membership(&mut self, membership: &Membership, wanted: bool, columns: &Columns) {
        let wanted = wanted
            != matches!(
                membership.operator,
                MembershipOperator::NotIn | MembershipOperator::NotInCaseless
            );
        let Some(source) = self.source(&membership.operand, columns) else {
            return;
        };
        let texts: Vec<String> = membership
            .items
            .iter()
            .filter_map(|item| self.constant(item, columns))
            .flat_map(|item| item.texts())
            .collect();
        if texts.is_empty() {
            return self.membership_of_table(membership, &source, wanted, columns);
        }
        match membership.operator {
            MembershipOperator::HasAll if wanted => {
                for text in texts {
                    self.ask(&source, &Test::Text(TextTest::Has, vec![text]), true);
                }
            }
            MembershipOperator::HasAll | MembershipOperator::HasAny => {
                self.ask(&source, &Test::Text(TextTest::Has, texts), wanted);
            }
            _ => self.ask(&source, &Test::OneOf(texts), wanted),
        }
    }

    /// Members of a list that a table or a column gives.
    fn membership_of_table(&mut self, membership: &Membership, source: &Source, wanted: bool, columns: &Columns) {
        for item in &membership.items {
            if !wanted {
                self.pin_value(source);
                self.keep_away(item, columns);
                continue;
            }
            let of_column = match &item.kind {
                ExpressionKind::Name(name) => columns.known(&name.text),
                _ => None,
            };
            let other = of_column.or_else(|| {
                let table = self.table(item)?;
                table.first().or_else(|| table.get(&name_of(&membership.operand)?))
            });
            if let Some(other) = other {
                return self.unify(source, &other);
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
        let low = self.constant(&between.low, columns);
        match (low, self.constant(&between.high, columns)) {
            (Some(Known::Time(low)), Some(Known::Time(high))) => {
                self.compare(&source, &Known::Time(low), Way::Above);
                self.compare(&source, &Known::Time(high), Way::Below);
            }
            (Some(Known::Time(low)), Some(Known::Span(span))) => {
                self.compare(&source, &Known::Time(low + span / 2), Way::Equal);
            }
            (Some(low), _) => self.compare(&source, &low, Way::Equal),
            _ => {}
        }
    }

    fn call(&mut self, call: &Call, wanted: bool, columns: &Columns) {
        let argument = call.arguments.first();
        let source = argument.and_then(|argument| self.source(argument, columns));
        let rest = call.arguments.get(1..).unwrap_or_default();
        match (call.name.text.as_str(), source) {
            ("not", _) => argument
                .into_iter()
                .for_each(|argument| self.require(argument, !wanted, columns)),
            ("isnotempty" | "isnotnull" | "notempty" | "notnull", Some(source)) => self.filled(&source, wanted),
            ("isempty" | "isnull", Some(source)) => self.filled(&source, !wanted),
            ("tobool" | "tostring", _) => {
                argument
                    .into_iter()
                    .for_each(|argument| self.require(argument, wanted, columns));
            }
            ("iff" | "iif" | "case", _) => {
                if let [condition, value, _] = call.arguments.as_slice() {
                    let truth = self.constant(value, columns).and_then(|value| value.text());
                    self.require(condition, (truth.as_deref() != Some("false")) == wanted, columns);
                }
            }
            ("ipv4_is_private", Some(source)) => self.ask(&source, &Test::Private, wanted),
            ("ipv4_is_in_range" | "ipv4_is_match" | "ipv4_is_in_any_range", Some(source)) => {
                self.in_network(&source, rest, wanted, columns);
            }
            ("has_ipv4" | "has_any_ipv4" | "has_ipv4_prefix" | "has_any_ipv4_prefix", Some(source)) => {
                let texts = self.constants(rest, columns);
                self.ask(&source, &Test::Text(TextTest::HasPrefix, texts), wanted);
            }
            ("set_has_element" | "bag_has_key", Some(source)) if wanted => {
                let element = self.constants(rest, columns).into_iter().next();
                let of = std::rc::Rc::new(source);
                let step = match (call.name.text.as_str(), &element) {
                    ("bag_has_key", Some(key)) => Step::Member(key.clone()),
                    _ => Step::Member("#0".to_owned()),
                };
                let inner = Source::Made { of, step };
                element.iter().for_each(|element| self.assign(&inner, element));
            }
            (_, _) => {
                if let Some((body, columns)) = self.inlined(call, columns) {
                    self.require(&body, wanted, &columns);
                }
            }
        }
    }

    fn filled(&mut self, source: &Source, wanted: bool) {
        if wanted {
            self.fill(source);
        } else {
            self.assign(source, "");
        }
    }

    fn constants(&self, arguments: &[Expression], columns: &Columns) -> Vec<String> {
        let known = arguments.iter().filter_map(|argument| self.constant(argument, columns));
        known.flat_map(|value| value.texts()).collect()
    }

    /// An address in a network that is written out, or in one that a column holds.
    fn in_network(&mut self, source: &Source, networks: &[Expression], wanted: bool, columns: &Columns) {
        let known = self.constants(networks, columns);
        if !known.is_empty() {
            return self.ask(source, &Test::InNetwork(known), wanted);
        }
        let network = networks.first().and_then(|network| self.source(network, columns));
        if let Some(network) = network.filter(|_| wanted) {
            let address = self.fresh("IP");
            self.assign(&network, &format!("{address}/32"));
            self.assign(source, &address);
        }
    }
}

/// Whether a condition holds in several ways.
fn is_open(condition: &Expression) -> bool {
    match &condition.kind {
        ExpressionKind::Parenthesized(inner) => is_open(inner),
        ExpressionKind::Logical(_) => true,
        _ => false,
    }
}

fn name_of(expression: &Expression) -> Option<String> {
    match &expression.kind {
        ExpressionKind::Name(name) => Some(name.text.clone()),
        _ => None,
    }
}
