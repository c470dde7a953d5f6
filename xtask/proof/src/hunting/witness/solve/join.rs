//! Tables that have values in common, and rows that must have no partner.

use std::rc::Rc;

use whotalks_kql_syntax::tree::operator::{Join, JoinCondition};
use whotalks_kql_syntax::tree::{ComparisonOperator, Expression, ExpressionKind, StepKind};

use super::super::draft::{Draft, TIMES};
use super::super::source::{Columns, Source};
use super::Solver;

/// How far before a bound a row happens that must not be within it.
const MINUTE_NANOSECONDS: i64 = 60_000_000_000;

impl Solver {
    pub(super) fn join(&mut self, mut columns: Columns, join: &Join) -> Columns {
        let kind = join
            .parameters
            .word("kind")
            .map(|word| word.text.as_str())
            .unwrap_or_default();
        if matches!(kind, "leftanti" | "anti" | "leftantisemi") {
            if let Some(JoinCondition::On(on)) = &join.condition {
                on.iter().for_each(|key| self.pin(key, &columns));
            }
            self.keep_away(&join.right, &columns);
            return columns;
        }
        let Some(right) = self.table(&join.right) else {
            return columns;
        };
        if let Some(JoinCondition::On(on)) = &join.condition {
            self.keys(&columns, &right, on);
        }
        if matches!(kind, "rightanti" | "rightantisemi" | "rightsemi") {
            return right;
        }
        if kind != "leftsemi" {
            columns.join(right);
        }
        columns
    }

    /// Gives the keys of two tables values in common.
    pub(super) fn keys(&mut self, left: &Columns, right: &Columns, on: &[Expression]) {
        for key in on {
            let pair = match &key.kind {
                ExpressionKind::Logical(logical) => {
                    self.keys(left, right, &logical.operands);
                    continue;
                }
                ExpressionKind::Parenthesized(inner) => {
                    self.keys(left, right, std::slice::from_ref(inner));
                    continue;
                }
                ExpressionKind::Comparison(comparison) if comparison.operator == ComparisonOperator::Equal => {
                    side(&comparison.left, left, right).zip(side(&comparison.right, left, right))
                }
                ExpressionKind::Name(name) => left.get(&name.text).zip(right.get(&name.text)),
                _ => None,
            };
            if let Some((one, other)) = pair {
                self.unify(&one, &other);
            }
        }
    }

    /// Keeps the rows that columns come from out of a table that is made of the same ones.
    pub(super) fn keep_away(&mut self, table: &Expression, columns: &Columns) {
        let (rows, external) = (self.rows.len(), self.external.len());
        let right = self.table(table);
        // What must not be there is not made.
        let made = self.rows.split_off(usize::min(rows, self.rows.len()));
        self.external.truncate(external);
        let others = right.iter().flat_map(Columns::rows);
        let others: Vec<&Draft> = others.filter_map(|row| made.get(row.checked_sub(rows)?)).collect();
        for row in columns.rows() {
            let Some(own) = self.rows.get_mut(row) else {
                continue;
            };
            for other in &others {
                if other.table == own.table {
                    differ(own, other);
                }
            }
        }
    }
}

/// Makes a row one that does not fulfil what is asked of another one, where it is not so already.
fn differ(own: &mut Draft, other: &Draft) {
    let differs = other.cells.iter().any(|(column, asked)| {
        let text = own.cells.get(column).and_then(|cell| cell.text());
        let mut hard = asked.demands().iter().filter(|demand| !demand.soft);
        text.is_some_and(|text| hard.any(|demand| !demand.holds(&text)))
    });
    if differs {
        return;
    }
    for column in TIMES {
        let Some(asked) = other.cells.get(column) else {
            continue;
        };
        let (own_low, own_high) = own.cell(column).bounds();
        let (low, high) = asked.bounds();
        if let Some(low) = low.filter(|low| own_low.is_none_or(|own| own < *low)) {
            return own.cell(column).not_after(low - 2 * MINUTE_NANOSECONDS);
        }
        if let Some(high) = high.filter(|high| own_high.is_none_or(|own| own > *high)) {
            return own.cell(column).not_before(high + 2 * MINUTE_NANOSECONDS);
        }
    }
    for (column, asked) in &other.cells {
        for demand in asked.demands().iter().filter(|demand| !demand.soft) {
            let before = own.cell(column).clone();
            let mut opposite = demand.clone();
            opposite.wanted = !demand.wanted;
            own.cell(column).ask(&[], opposite);
            if own.cell(column).agrees() {
                return;
            }
            *own.cell(column) = before;
        }
    }
}

/// The column that one side of an equality names.
fn side(expression: &Expression, left: &Columns, right: &Columns) -> Option<Source> {
    match &expression.kind {
        ExpressionKind::Path(path) => {
            let ExpressionKind::Name(side) = &path.base.kind else {
                return None;
            };
            let StepKind::Member(member) = &path.steps.first()?.kind else {
                return None;
            };
            let ExpressionKind::Name(column) = &member.kind else {
                return None;
            };
            match side.text.as_str() {
                "$left" => left.get(&column.text),
                "$right" => right.get(&column.text),
                _ => None,
            }
        }
        ExpressionKind::Name(name) => left.get(&name.text),
        ExpressionKind::Call(call) => {
            let inner = side(call.arguments.first()?, left, right)?;
            Some(match call.name.text.as_str() {
                "tolower" => Source::Made {
                    of: Rc::new(inner),
                    step: super::super::step::Step::Lower,
                },
                _ => inner,
            })
        }
        _ => None,
    }
}
