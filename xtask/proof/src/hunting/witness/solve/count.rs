//! Aggregations that must reach a number, or stay below it.

use std::rc::Rc;

use whotalks_kql_syntax::tree::{Call, ExpressionKind};

use super::super::source::{Columns, Source};
use super::super::values::Known;
use super::Solver;
use super::condition::Way;

/// The most rows that a threshold asks for.
const MOST_COUNTED: f64 = 300.0;
/// The step of time over which a row is spread where the query names none.
const USUAL_STEP_NANOSECONDS: i64 = 3_600_000_000_000;

impl Solver {
    /// A number that comes out of many rows; some where it does.
    pub(super) fn compare_aggregated(&mut self, source: &Source, number: f64, way: Way) -> Option<()> {
        if let Some(columns) = self.outliers(source) {
            if way != Way::Below {
                self.stand_out(&columns);
            }
            return Some(());
        }
        match source {
            Source::Aggregated { call, columns } => {
                self.counted(call, columns, number, way);
                Some(())
            }
            Source::Made { of, .. } => match of.as_ref() {
                Source::Aggregated { .. } => self.compare_aggregated(of, number, way),
                _ => None,
            },
            Source::Computed { value, columns } => {
                let operand = match &value.kind {
                    ExpressionKind::Call(call)
                        if matches!(
                            call.name.text.as_str(),
                            "array_length" | "toint" | "tolong" | "todouble" | "toreal" | "round" | "coalesce"
                        ) =>
                    {
                        call.arguments.first()?
                    }
                    _ => return None,
                };
                match self.source(operand, columns)? {
                    inner @ Source::Aggregated { .. } => self.compare_aggregated(&inner, number, way),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn counted(&mut self, call: &Call, columns: &Columns, number: f64, way: Way) {
        let least = match way {
            Way::Equal => number,
            Way::Above => number + 1.0,
            Way::Below => return self.stays_below(call, columns, number),
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "held at the bound"
        )]
        let wanted = least.clamp(1.0, MOST_COUNTED).ceil() as usize;
        let argument = call.arguments.first();
        match call.name.text.as_str() {
            "count" => self.repeat(columns, wanted),
            "countif" => {
                argument
                    .into_iter()
                    .for_each(|condition| self.require(condition, true, columns));
                self.repeat(columns, wanted);
            }
            "dcount" | "dcountif" | "count_distinct" | "count_distinctif" | "make_set" | "makeset" | "make_set_if"
            | "make_list" | "makelist" | "make_list_if" => {
                if call.name.text.ends_with("if")
                    && let Some(condition) = call.arguments.get(1)
                {
                    self.require(condition, true, columns);
                }
                let source = argument.and_then(|argument| self.source(argument, columns));
                match source.and_then(|source| self.trail(&source)) {
                    Some(trail) => {
                        if let Some(row) = self.rows.get_mut(trail.row) {
                            row.vary(&trail.column, &trail.path, wanted);
                        }
                    }
                    None => self.repeat(columns, wanted),
                }
            }
            _ => {
                if let Some(source) = argument.and_then(|argument| self.source(argument, columns)) {
                    self.compare(&source, &Known::Number(number), way);
                }
            }
        }
    }

    /// What counts few rows is left alone: the row is there once. What is the least or the greatest is asked of the row.
    fn stays_below(&mut self, call: &Call, columns: &Columns, number: f64) {
        let of_value = matches!(call.name.text.as_str(), "min" | "max" | "avg" | "sum" | "percentile");
        let argument = call.arguments.first().filter(|_| of_value);
        if let Some(source) = argument.and_then(|argument| self.source(argument, columns)) {
            self.compare(&source, &Known::Number(number), Way::Below);
        }
    }

    fn repeat(&mut self, columns: &Columns, copies: usize) {
        for row in columns.rows().into_iter().take(1) {
            if let Some(row) = self.rows.get_mut(row) {
                row.repeat(copies);
            }
        }
    }

    /// The columns over which a function looks for values that stand out of a series.
    fn outliers(&mut self, source: &Source) -> Option<Rc<Columns>> {
        match source {
            Source::Made { of, .. } => self.outliers(of),
            Source::Computed { value, columns } => {
                let call = match &value.kind {
                    ExpressionKind::Call(call) => call,
                    ExpressionKind::Path(path) => match &path.base.kind {
                        ExpressionKind::Call(call) => call,
                        _ => return None,
                    },
                    _ => return None,
                };
                let name = call.name.text.as_str();
                let looks = name.starts_with("series_decompose") || name == "series_outliers";
                looks.then(|| Rc::clone(columns))
            }
            _ => None,
        }
    }

    /// The rows behind a series happen in many steps of time, and more often in one of them.
    fn stand_out(&mut self, columns: &Columns) {
        let is_bin = |source: &Source| match source {
            Source::Computed { value, .. } => {
                matches!(&value.kind, ExpressionKind::Call(call) if call.name.text.starts_with("bin"))
            }
            _ => false,
        };
        let step = match columns.find(is_bin) {
            Some(Source::Computed { value, columns }) => match &value.kind {
                ExpressionKind::Call(call) => call.arguments.get(1).and_then(|step| self.constant(step, &columns)),
                _ => None,
            },
            _ => None,
        };
        let step = match step {
            Some(Known::Span(step)) => step,
            _ => USUAL_STEP_NANOSECONDS,
        };
        for row in columns.rows().into_iter().take(1) {
            if let Some(row) = self.rows.get_mut(row) {
                row.spread(step);
            }
        }
    }
}
