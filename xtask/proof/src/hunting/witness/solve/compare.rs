//! Numbers and times that must lie so to others.

use whotalks_kql_syntax::tree::{Arithmetic, ArithmeticOperator, Call, Expression, ExpressionKind, TextTest};

use super::super::cell::USUAL_NANOSECONDS;
use super::super::demand::Test;
use super::super::pattern::RegularExpression;
use super::super::source::{Columns, Source};
use super::super::values::Known;
use super::Solver;
use super::condition::Way;
use super::trail::Trail;

/// Between a time and another one that must be later or earlier.
const MINUTE_NANOSECONDS: i64 = 60_000_000_000;
const HOUR_NANOSECONDS: i64 = 60 * MINUTE_NANOSECONDS;
const DAY_NANOSECONDS: i64 = 24 * HOUR_NANOSECONDS;

impl Solver {
    /// Makes a number, a time or a length of time lie so.
    pub(super) fn compare(&mut self, source: &Source, value: &Known, way: Way) {
        match value {
            Known::Time(time) => {
                if let Some(trail) = self.trail(source) {
                    self.put_time(&trail, *time, way);
                }
            }
            Known::Span(span) => {
                self.compare_difference(source, *span, way);
            }
            other => {
                let Some(number) = other.number() else {
                    return;
                };
                if self.compare_worked_out(source, number, way).is_some() {
                    return;
                }
                let test = match way {
                    Way::Equal => Test::Is(number.to_string()),
                    Way::Below => Test::Below(number),
                    Way::Above => Test::Above(number),
                };
                self.ask(source, &test, true);
            }
        }
    }

    fn put_time(&mut self, trail: &Trail, time: i64, way: Way) {
        let Some(row) = self.rows.get_mut(trail.row) else {
            return;
        };
        let cell = row.cell(&trail.column);
        match way {
            Way::Equal => {
                cell.not_before(time);
                cell.not_after(time);
            }
            Way::Below => cell.not_after(time.saturating_sub(MINUTE_NANOSECONDS)),
            Way::Above => cell.not_before(time.saturating_add(MINUTE_NANOSECONDS)),
        }
    }

    /// Numbers that count, measure or look for something; some where it was one.
    pub(super) fn compare_worked_out(&mut self, source: &Source, number: f64, way: Way) -> Option<()> {
        if let Some(()) = self.compare_aggregated(source, number, way) {
            return Some(());
        }
        let Source::Computed { value, columns } = source else {
            return None;
        };
        let ExpressionKind::Call(call) = &value.kind else {
            return None;
        };
        match call.name.text.as_str() {
            "indexof" | "indexof_regex" | "has_any_index" => self.compare_place(call, columns, number, way),
            "countof" => self.look_for(
                call,
                columns,
                !(way == Way::Equal && number == 0.0 || way == Way::Below),
            ),
            "datetime_diff" => self.compare_units(call, columns, number, way),
            "hourofday" | "hour" => self.compare_hour(call, columns, number, way),
            "array_length" => self.compare_length(call, columns, number, way),
            _ => None,
        }
    }

    /// Where a text stands in another one: -1 is nowhere.
    fn compare_place(&mut self, call: &Call, columns: &Columns, number: f64, way: Way) -> Option<()> {
        let nowhere = match way {
            Way::Equal => number < 0.0,
            Way::Below => number <= 0.0,
            Way::Above => false,
        };
        self.look_for(call, columns, !nowhere)
    }

    fn look_for(&mut self, call: &Call, columns: &Columns, wanted: bool) -> Option<()> {
        let source = self.source(call.arguments.first()?, columns)?;
        let sought = self.constant(call.arguments.get(1)?, columns)?;
        let test = match call.name.text.as_str() {
            "indexof_regex" => Test::Matches(RegularExpression::new(&sought.text()?)?),
            _ => Test::Text(TextTest::Contains, sought.texts()),
        };
        self.ask(&source, &test, wanted);
        Some(())
    }

    /// An array that was not gathered from rows: its last element is there.
    fn compare_length(&mut self, call: &Call, columns: &Columns, number: f64, way: Way) -> Option<()> {
        let of = self.source(call.arguments.first()?, columns)?;
        if way == Way::Below {
            return Some(());
        }
        #[expect(clippy::cast_possible_truncation, reason = "held at the bound")]
        let last = number.clamp(1.0, 64.0) as i64 - i64::from(way == Way::Equal);
        let element = Source::Made {
            of: std::rc::Rc::new(of),
            step: super::super::step::Step::Member(format!("#{last}")),
        };
        self.fill(&element);
        Some(())
    }

    /// `datetime_diff("day", now(), Timestamp) > 30`.
    fn compare_units(&mut self, call: &Call, columns: &Columns, number: f64, way: Way) -> Option<()> {
        let [unit, later, earlier] = call.arguments.as_slice() else {
            return None;
        };
        let unit = match self.constant(unit, columns)?.text()?.to_lowercase().as_str() {
            "day" => DAY_NANOSECONDS,
            "hour" => HOUR_NANOSECONDS,
            "minute" => MINUTE_NANOSECONDS,
            "second" => MINUTE_NANOSECONDS / 60,
            "week" => 7 * DAY_NANOSECONDS,
            "month" => 31 * DAY_NANOSECONDS,
            "year" => 366 * DAY_NANOSECONDS,
            _ => return None,
        };
        let units = match way {
            Way::Above => number + 1.0,
            Way::Equal => number,
            Way::Below => return Some(()),
        };
        #[expect(clippy::cast_possible_truncation, reason = "a length of time in a query")]
        let span = (units * unit as f64) as i64;
        self.apart(later, earlier, columns, span)
    }

    /// Makes one time later than another one by at least a length of time.
    fn apart(&mut self, later: &Expression, earlier: &Expression, columns: &Columns, span: i64) -> Option<()> {
        let (late, early) = (self.constant(later, columns), self.constant(earlier, columns));
        match (late, early) {
            (Some(Known::Time(late)), _) => {
                let trail = self.trail_of(earlier, columns)?;
                self.put_time(&trail, late.saturating_sub(span), Way::Below);
            }
            (_, Some(Known::Time(early))) => {
                let trail = self.trail_of(later, columns)?;
                self.put_time(&trail, early.saturating_add(span), Way::Above);
            }
            _ => {
                let (late, early) = (self.trail_of(later, columns)?, self.trail_of(earlier, columns)?);
                let time = self.time(&late);
                self.put_time(&late, time, Way::Equal);
                self.put_time(&early, time.saturating_sub(span), Way::Below);
            }
        }
        Some(())
    }

    fn trail_of(&mut self, expression: &Expression, columns: &Columns) -> Option<Trail> {
        let source = self.source(expression, columns)?;
        self.trail(&source)
    }

    fn time(&self, trail: &Trail) -> i64 {
        let cell = self.rows.get(trail.row).and_then(|row| row.cells.get(&trail.column));
        cell.and_then(super::super::cell::Cell::time)
            .unwrap_or(USUAL_NANOSECONDS)
    }

    /// A length of time between two times.
    fn compare_difference(&mut self, source: &Source, span: i64, way: Way) -> Option<()> {
        let Source::Computed { value, columns } = source else {
            return None;
        };
        let ExpressionKind::Arithmetic(arithmetic) = &value.kind else {
            return None;
        };
        let Arithmetic { first, rest } = arithmetic.as_ref();
        let [(ArithmeticOperator::Subtract, second)] = rest.as_slice() else {
            return None;
        };
        match way {
            Way::Below => Some(()),
            Way::Equal if span == 0 => Some(()),
            _ => self.apart(first, second, columns, span),
        }
    }

    /// An hour of the day: that of the day before the query.
    fn compare_hour(&mut self, call: &Call, columns: &Columns, number: f64, way: Way) -> Option<()> {
        let trail = self.trail_of(call.arguments.first()?, columns)?;
        let hour = match way {
            Way::Equal => number,
            Way::Below => number - 1.0,
            Way::Above => number + 1.0,
        };
        #[expect(clippy::cast_possible_truncation, reason = "held at the bounds")]
        let hour = hour.clamp(0.0, 23.0) as i64;
        let midnight = USUAL_NANOSECONDS - USUAL_NANOSECONDS % DAY_NANOSECONDS - DAY_NANOSECONDS;
        self.put_time(&trail, midnight + hour * HOUR_NANOSECONDS, Way::Equal);
        Some(())
    }

    /// Makes a time that a row gives earlier than another one.
    pub(super) fn order(&mut self, earlier: &Source, later: &Source) {
        let (Some(early), Some(late)) = (self.trail(earlier), self.trail(later)) else {
            return;
        };
        let timed = |trail: &Trail| trail.column.contains("Time");
        if !timed(&early) || !timed(&late) {
            return;
        }
        let (early_by, late_by) = (self.offset(earlier), self.offset(later));
        let time = self.time(&late);
        if self.time(&early).saturating_add(early_by) >= time.saturating_add(late_by) {
            self.put_time(&late, time, Way::Equal);
            let bound = time.saturating_add(late_by).saturating_sub(early_by);
            self.put_time(&early, bound, Way::Below);
        }
    }

    /// The length of time that an expression adds to the time of a row.
    fn offset(&self, source: &Source) -> i64 {
        let Source::Computed { value, columns } = source else {
            return 0;
        };
        let ExpressionKind::Arithmetic(arithmetic) = &value.kind else {
            return 0;
        };
        let span = |(operator, operand): &(ArithmeticOperator, Expression)| match (
            operator,
            self.constant(operand, columns),
        ) {
            (ArithmeticOperator::Add, Some(Known::Span(span))) => span,
            (ArithmeticOperator::Subtract, Some(Known::Span(span))) => -span,
            _ => 0,
        };
        arithmetic.rest.iter().map(span).sum()
    }
}
