//! Values led back to the cells that they come from.

use std::rc::Rc;

use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind, Literal, Path, StepKind};

use super::super::draft::Cell;
use super::super::source::{Columns, Source};
use super::super::values::{Known, matching};
use super::Solver;
use super::condition::Way;

/// Between a time and another one that must be later or earlier.
const MINUTE_NANOSECONDS: i64 = 60_000_000_000;
/// The most rows that a threshold asks for.
const MOST_COUNTED: f64 = 300.0;

impl Solver {
    /// Where the value of an expression comes from; none where it needs no row or its form is not known.
    pub(super) fn source(&mut self, expression: &Expression, columns: &Columns) -> Option<Source> {
        match &expression.kind {
            ExpressionKind::Parenthesized(inner) => self.source(inner, columns),
            ExpressionKind::Named(named) => self.source(&named.value, columns),
            ExpressionKind::Name(name) => match columns.get(&name.text)? {
                Source::Computed { value, columns } => match &value.kind {
                    ExpressionKind::Name(_) => self.deeper(|solver| solver.source(&value, &columns)),
                    _ => Some(Source::Computed { value, columns }),
                },
                other => Some(other),
            },
            ExpressionKind::Path(_) | ExpressionKind::Call(_) | ExpressionKind::Arithmetic(_) => {
                Some(Source::Computed {
                    value: Rc::new(expression.clone()),
                    columns: Rc::new(columns.clone()),
                })
            }
            _ => None,
        }
    }

    /// Makes a value a text.
    pub(super) fn assign(&mut self, source: &Source, text: &str) {
        self.lead(
            source,
            &[],
            &mut |cell, path| match path {
                [] => cell.is(text),
                path => cell.member(path, text),
            },
            text,
        );
    }

    /// Makes a value have something.
    pub(super) fn partly(&mut self, source: &Source, text: &str, ask: fn(&mut Cell, &str)) {
        self.lead(
            source,
            &[],
            &mut |cell, path| match path {
                [] => ask(cell, text),
                path => cell.member(path, text),
            },
            text,
        );
    }

    /// Makes a value be there at all.
    pub(super) fn fill(&mut self, source: &Source) {
        self.lead(
            source,
            &[],
            &mut |cell, path| {
                if !path.is_empty() {
                    cell.member(path, "something");
                }
            },
            "something",
        );
    }

    /// Follows a source to its cells.
    fn lead(&mut self, source: &Source, path: &[String], ask: &mut dyn FnMut(&mut Cell, &[String]), text: &str) {
        match source {
            Source::Base { row, column } => {
                if let Some(row) = self.rows.get_mut(*row) {
                    ask(row.cell(column), path);
                }
            }
            Source::Element(inner) => {
                let path = prefixed("#0", path);
                self.lead(inner, &path, ask, text);
            }
            Source::Marked { within, mark } => {
                for row in within.rows() {
                    let cells = self.rows.get_mut(row).map(|row| row.cells.values_mut());
                    cells.into_iter().flatten().for_each(|cell| cell.replace(mark, text));
                }
            }
            Source::Aggregated { call, columns } => {
                let inner = call
                    .arguments
                    .iter()
                    .find_map(|argument| self.source(argument, columns));
                if let Some(inner) = inner {
                    self.lead(&inner, path, ask, text);
                }
            }
            Source::Computed { value, columns } => {
                let led = self.deeper(|solver| {
                    solver.lead_expression(value, columns, path, ask, text);
                    Some(())
                });
                let _ = led;
            }
            Source::Constant(_) => {}
        }
    }

    fn lead_expression(
        &mut self,
        value: &Expression,
        columns: &Columns,
        path: &[String],
        ask: &mut dyn FnMut(&mut Cell, &[String]),
        text: &str,
    ) {
        match &value.kind {
            ExpressionKind::Path(written) => self.lead_path(written, columns, path, ask, text),
            ExpressionKind::Call(call) => self.lead_call(call, columns, path, ask, text),
            ExpressionKind::Arithmetic(arithmetic) => {
                if let Some(inner) = self.source(&arithmetic.first, columns) {
                    self.lead(&inner, path, ask, text);
                }
            }
            _ => {
                if let Some(inner) = self.source(value, columns) {
                    self.lead(&inner, path, ask, text);
                }
            }
        }
    }

    fn lead_path(
        &mut self,
        written: &Path,
        columns: &Columns,
        path: &[String],
        ask: &mut dyn FnMut(&mut Cell, &[String]),
        text: &str,
    ) {
        let mut steps: Vec<String> = Vec::new();
        for step in &written.steps {
            let (StepKind::Member(key) | StepKind::Index(key)) = &step.kind;
            match &key.kind {
                ExpressionKind::Name(name) => steps.push(name.text.clone()),
                ExpressionKind::Literal(Literal::String(name)) => steps.push(name.text.clone()),
                ExpressionKind::Literal(Literal::Long(index)) => {
                    steps.push(format!("#{}", index.value().copied().unwrap_or(0)));
                }
                _ => return,
            }
        }
        // `split(x, "/")[2]` and `parse_url(x).Host` are led back as texts, not as members.
        if let ExpressionKind::Call(call) = &written.base.kind
            && let Some(whole) = self.whole(call, &steps, text)
            && let Some(inner) = call
                .arguments
                .first()
                .and_then(|argument| self.source(argument, columns))
        {
            self.assign(&inner, &whole);
            return;
        }
        steps.extend(path.iter().cloned());
        let inner = match &written.base.kind {
            ExpressionKind::Name(name) => columns.get(&name.text),
            _ => self.source(&written.base, columns),
        };
        if let Some(inner) = inner {
            self.lead(&inner, &steps, ask, text);
        }
    }

    /// The text of which a part is taken, where it is known how.
    fn whole(&self, call: &Call, steps: &[String], text: &str) -> Option<String> {
        let first = steps.first()?;
        match call.name.text.as_str() {
            "split" => {
                let separator = self.known(call.arguments.get(1)?)?.text()?;
                let asked = call.arguments.get(2).and_then(|index| self.known(index)?.number());
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "an index in a query"
                )]
                let index: usize = match asked {
                    Some(index) => index.max(0.0) as usize,
                    None => first.strip_prefix('#')?.parse().unwrap_or(1),
                };
                let mut pieces = vec!["part".to_owned(); index.min(16)];
                pieces.push(text.to_owned());
                pieces.push("rest".to_owned());
                Some(pieces.join(&separator))
            }
            "parse_url" => Some(match first.as_str() {
                "Host" => format!("https://{text}/path"),
                "Path" => format!("https://host.example.com{text}"),
                _ => return None,
            }),
            "parse_path" => Some(match first.as_str() {
                "Filename" => format!("C:\\folder\\{text}"),
                _ => return None,
            }),
            "extract_all" => matching(&self.known(call.arguments.first()?)?.text()?, Some(text)),
            _ => None,
        }
    }

    fn lead_call(
        &mut self,
        call: &Call,
        columns: &Columns,
        path: &[String],
        ask: &mut dyn FnMut(&mut Cell, &[String]),
        text: &str,
    ) {
        let name = call.name.text.as_str();
        // A piece of a text that was split earlier.
        if let Some(whole) = self.whole(call, path, text)
            && let Some(inner) = call
                .arguments
                .first()
                .and_then(|argument| self.source(argument, columns))
        {
            return self.assign(&inner, &whole);
        }
        match name {
            "extract" => {
                let expression = call.arguments.first().and_then(|argument| self.known(argument)?.text());
                let whole = expression.and_then(|expression| matching(&expression, Some(text)));
                let inner = call
                    .arguments
                    .get(2)
                    .and_then(|argument| self.source(argument, columns));
                if let (Some(whole), Some(inner)) = (whole, inner) {
                    self.assign(&inner, &whole);
                }
            }
            "iff" | "iif" | "case" => self.choose(call, columns, text),
            "extractjson" | "extract_json" => {
                let place = call.arguments.first().and_then(|argument| self.known(argument)?.text());
                let steps: Vec<String> = place
                    .unwrap_or_default()
                    .trim_start_matches("$.")
                    .split('.')
                    .map(str::to_owned)
                    .collect();
                if let Some(inner) = call
                    .arguments
                    .get(1)
                    .and_then(|argument| self.source(argument, columns))
                {
                    self.lead(&inner, &steps, ask, text);
                }
            }
            "trim" | "trim_start" | "trim_end" | "replace_regex" | "replace" => {
                let last = call
                    .arguments
                    .last()
                    .and_then(|argument| self.source(argument, columns));
                if let Some(inner) = last {
                    self.lead(&inner, path, ask, text);
                }
            }
            "column_ifexists" | "columnifexists" => {
                let column = call.arguments.first().and_then(|argument| self.known(argument)?.text());
                if let Some(inner) = column.and_then(|column| columns.get(&column)) {
                    self.lead(&inner, path, ask, text);
                }
            }
            _ => {
                let inner = call
                    .arguments
                    .iter()
                    .find_map(|argument| self.source(argument, columns));
                if let Some(inner) = inner {
                    self.lead(&inner, path, ask, text);
                }
            }
        }
    }

    /// The branch that gives a text is taken.
    fn choose(&mut self, call: &Call, columns: &Columns, text: &str) {
        let mut arguments = call.arguments.as_slice();
        while let [condition, value, rest @ ..] = arguments {
            let gives = self.known(value).and_then(|value| value.text());
            if gives.is_some_and(|gives| gives.eq_ignore_ascii_case(text)) {
                return self.require(condition, true, columns);
            }
            arguments = rest;
        }
        let first = call.arguments.first();
        let otherwise = call.arguments.last().and_then(|value| self.known(value)?.text());
        if let (Some(first), Some(otherwise)) = (first, otherwise)
            && otherwise.eq_ignore_ascii_case(text)
        {
            self.require(first, false, columns);
        }
    }

    /// Makes a number or a time lie so.
    pub(super) fn compare(&mut self, source: &Source, value: &Known, way: Way) {
        if let (Source::Aggregated { call, columns }, Some(number)) = (source, value.number()) {
            return self.counted(call, columns, number, way);
        }
        if let (Some((call, columns)), Some(number)) = (self.counting(source), value.number()) {
            return self.counted(&call, &columns, number, way);
        }
        match value {
            Known::Time(time) => {
                let time = match way {
                    Way::Equal => *time,
                    Way::Below => time - MINUTE_NANOSECONDS,
                    Way::Above => (time + MINUTE_NANOSECONDS).max(usual()),
                };
                self.lead(source, &[], &mut |cell, _| cell.at(time), "");
            }
            Known::Number(number) => {
                let number = match way {
                    Way::Equal => *number,
                    Way::Below => number - 1.0,
                    Way::Above => number + 1.0,
                };
                self.assign(source, &number.to_string());
            }
            other => {
                if let (Some(text), Way::Equal) = (other.text(), way) {
                    self.assign(source, &text);
                }
            }
        }
    }

    /// `array_length(make_set(x))` and its like, which count.
    fn counting(&mut self, source: &Source) -> Option<(Rc<Call>, Rc<Columns>)> {
        let Source::Computed { value, columns } = source else {
            return None;
        };
        let ExpressionKind::Call(call) = &value.kind else {
            return None;
        };
        if !matches!(
            call.name.text.as_str(),
            "array_length" | "toint" | "tolong" | "todouble"
        ) {
            return None;
        }
        match self.source(call.arguments.first()?, columns)? {
            Source::Aggregated { call, columns } => Some((call, columns)),
            _ => None,
        }
    }

    /// An aggregation that must reach a number, or stay below it.
    fn counted(&mut self, call: &Call, columns: &Columns, number: f64, way: Way) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "held at the bound"
        )]
        let wanted = match way {
            Way::Equal => number,
            Way::Above => number + 1.0,
            Way::Below => return,
        }
        .clamp(1.0, MOST_COUNTED)
        .ceil() as usize;
        let argument = call.arguments.first();
        match call.name.text.as_str() {
            "count" => self.repeat(columns, wanted),
            "countif" => {
                argument
                    .into_iter()
                    .for_each(|condition| self.require(condition, true, columns));
                self.repeat(columns, wanted);
            }
            "dcount" | "dcountif" | "make_set" | "makeset" | "make_list" | "makelist" | "count_distinct" => {
                let source = argument.and_then(|argument| self.source(argument, columns));
                match source.and_then(|source| self.base(&source)) {
                    Some((row, column)) => {
                        if let Some(row) = self.rows.get_mut(row) {
                            row.vary(&column, wanted);
                        }
                        self.repeat(columns, wanted);
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

    fn repeat(&mut self, columns: &Columns, copies: usize) {
        for row in columns.rows().into_iter().take(1) {
            if let Some(row) = self.rows.get_mut(row) {
                row.repeat(copies);
            }
        }
    }

    /// The one cell that a value comes from.
    fn base(&mut self, source: &Source) -> Option<(usize, String)> {
        match source {
            Source::Base { row, column } => Some((*row, column.clone())),
            Source::Computed { value, columns } => {
                let inner = match &value.kind {
                    ExpressionKind::Call(call) => call
                        .arguments
                        .iter()
                        .find_map(|argument| self.source(argument, columns)),
                    ExpressionKind::Path(path) => self.source(&path.base, columns),
                    _ => None,
                }?;
                self.deeper(|solver| solver.base(&inner))
            }
            _ => None,
        }
    }

    /// A key of groups has one value in all copies of a row.
    pub(super) fn pin(&mut self, key: &Expression, columns: &Columns) {
        let Some((row, column)) = self.source(key, columns).and_then(|source| self.base(&source)) else {
            return;
        };
        if matches!(column.as_str(), "Timestamp" | "TimeGenerated") {
            return;
        }
        let fresh = self.fresh(&column);
        if let Some(row) = self.rows.get_mut(row) {
            let cell = row.cell(&column);
            if cell.is_free() {
                cell.is(&fresh);
            }
        }
    }

    /// Gives two values one text: what is asked of one of them, else a new one.
    pub(super) fn unify(&mut self, left: &Source, right: &Source) {
        let text = self.text_of(left).or_else(|| self.text_of(right));
        let text = match text {
            Some(text) => text,
            None => {
                let column = self.base(left).map(|(_, column)| column).unwrap_or_default();
                self.fresh(&column)
            }
        };
        self.assign(left, &text);
        self.assign(right, &text);
    }

    fn text_of(&mut self, source: &Source) -> Option<String> {
        match source {
            Source::Constant(texts) => texts.first().cloned(),
            Source::Base { row, column } => self.rows.get(*row)?.cells.get(column)?.text(),
            other => {
                let (row, column) = self.base(other)?;
                self.rows.get(row)?.cells.get(&column)?.text()
            }
        }
    }
}

fn prefixed(step: &str, path: &[String]) -> Vec<String> {
    std::iter::once(step.to_owned()).chain(path.iter().cloned()).collect()
}

/// The time that rows have of which nothing is said.
fn usual() -> i64 {
    crate::hunting::tables::NOW_NANOSECONDS - 10 * MINUTE_NANOSECONDS
}
