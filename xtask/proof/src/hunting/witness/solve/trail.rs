//! Values led back to the cells that they come from.

use std::rc::Rc;

use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind, Literal, Path, StepKind};

use super::super::nested::XML;
use super::super::pattern::RegularExpression;
use super::super::source::{Columns, Source};
use super::super::step::{Layout, Step};
use super::{Meaning, Solver};

/// Functions of which nobody can say what they were given.
const OPAQUE: [&str; 7] = [
    "hash",
    "hash_md5",
    "hash_sha1",
    "hash_sha256",
    "indexof",
    "countof",
    "array_length",
];

/// The cell that a value comes from, and what is made of it.
#[derive(Debug, Clone)]
pub(super) struct Trail {
    pub(super) row: usize,
    pub(super) column: String,
    /// The member of the cell.
    pub(super) path: Vec<String>,
    /// What is made of it, in order.
    pub(super) steps: Vec<Step>,
}

impl Solver {
    /// Where the value of an expression comes from; none where it needs no row.
    pub(super) fn source(&mut self, expression: &Expression, columns: &Columns) -> Option<Source> {
        match &expression.kind {
            ExpressionKind::Parenthesized(inner) => self.source(inner, columns),
            ExpressionKind::Named(named) => self.source(&named.value, columns),
            ExpressionKind::Name(name) => self.source_of_name(&name.text, columns),
            ExpressionKind::ToScalar(query) => self.table(&query.query)?.first(),
            ExpressionKind::Literal(_) | ExpressionKind::Star | ExpressionKind::Missing => None,
            _ => Some(Source::Computed {
                value: Rc::new(expression.clone()),
                columns: Rc::new(columns.clone()),
            }),
        }
    }

    fn source_of_name(&mut self, name: &str, columns: &Columns) -> Option<Source> {
        let found = match columns.known(name) {
            Some(known) => Some(known),
            None => match self.names.get(name).cloned() {
                Some(Meaning::Expression(value)) => {
                    let source = self.deeper(|solver| solver.source(&value, columns));
                    source.inspect(|source| {
                        // The one value of a table is the same wherever it is named.
                        if matches!(value.kind, ExpressionKind::ToScalar(_)) {
                            self.names
                                .insert(name.to_owned(), Meaning::Source(Rc::new(source.clone())));
                        }
                    })
                }
                Some(Meaning::Source(source)) => Some(source.as_ref().clone()),
                Some(Meaning::Value(_)) => None,
                _ => columns.get(name),
            },
        };
        match found? {
            Source::Computed { value, columns } if matches!(value.kind, ExpressionKind::Name(_)) => {
                self.deeper(|solver| solver.source(&value, &columns))
            }
            other => Some(other),
        }
    }

    /// The cell that a value comes from.
    pub(super) fn trail(&mut self, source: &Source) -> Option<Trail> {
        self.follow(source, Vec::new())
    }

    /// Follows a source to its cell; `steps` holds what is made of its value, the last step first.
    fn follow(&mut self, source: &Source, mut steps: Vec<Step>) -> Option<Trail> {
        match source {
            Source::Base { row, column } => Some(ended(*row, column, steps)),
            Source::Made { of, step } => {
                steps.push(step.clone());
                self.follow(of, steps)
            }
            Source::Aggregated { call, columns } => {
                // An element of a set of values is a value.
                steps.pop_if(|step| matches!(step, Step::Member(name) if name.starts_with('#')));
                let mut arguments = call.arguments.iter();
                let inner = arguments.find_map(|argument| self.source(argument, columns))?;
                self.deeper(|solver| solver.follow(&inner, steps))
            }
            Source::Computed { value, columns } => {
                self.deeper(|solver| solver.follow_expression(value, columns, steps))
            }
            Source::Listed(_) | Source::Value(_) => None,
        }
    }

    fn follow_expression(&mut self, value: &Expression, columns: &Columns, mut steps: Vec<Step>) -> Option<Trail> {
        match &value.kind {
            ExpressionKind::Path(path) => {
                steps.extend(self.members(path, columns)?.into_iter().rev().map(Step::Member));
                self.follow_operand(&path.base, columns, steps)
            }
            ExpressionKind::Call(call) => self.follow_call(call, columns, steps),
            ExpressionKind::Arithmetic(arithmetic) => {
                let rest = arithmetic.rest.iter().map(|(_, operand)| operand);
                let mut operands = std::iter::once(&arithmetic.first).chain(rest);
                let inner = operands.find_map(|operand| self.source(operand, columns))?;
                self.follow(&inner, steps)
            }
            ExpressionKind::Parenthesized(_) | ExpressionKind::Named(_) | ExpressionKind::Name(_) => {
                self.follow_operand(value, columns, steps)
            }
            _ => None,
        }
    }

    fn follow_operand(&mut self, operand: &Expression, columns: &Columns, steps: Vec<Step>) -> Option<Trail> {
        let inner = self.source(operand, columns)?;
        self.follow(&inner, steps)
    }

    fn members(&mut self, path: &Path, columns: &Columns) -> Option<Vec<String>> {
        let member = |step: &whotalks_kql_syntax::tree::Step| {
            let (StepKind::Member(key) | StepKind::Index(key)) = &step.kind;
            match (&step.kind, &key.kind) {
                (StepKind::Member(_), ExpressionKind::Name(name)) => Some(name.text.clone()),
                (_, ExpressionKind::Literal(Literal::String(name))) => Some(name.text.clone()),
                (_, ExpressionKind::Literal(Literal::Long(index))) => Some(format!("#{}", index.value()?)),
                // An index from the end: the only element is the last one, too.
                (_, ExpressionKind::Sign(_)) => Some("#0".to_owned()),
                _ => self.constant(key, columns)?.text(),
            }
        };
        path.steps.iter().map(member).collect()
    }

    fn follow_call(&mut self, call: &Call, columns: &Columns, mut steps: Vec<Step>) -> Option<Trail> {
        match call.name.text.as_str() {
            "strcat" => self.follow_joined(call, columns, steps),
            "column_ifexists" | "columnifexists" => {
                let name = self.constant(call.arguments.first()?, columns)?.text()?;
                self.follow(&columns.get(&name)?, steps)
            }
            "trim" | "trim_start" | "trim_end" | "iff" | "iif" | "case" => {
                let mut arguments = call.arguments.iter().rev();
                let inner = arguments.find_map(|argument| self.source(argument, columns))?;
                self.follow(&inner, steps)
            }
            "split"
            | "extract"
            | "extract_all"
            | "parse_url"
            | "parse_path"
            | "parse_xml"
            | "extractjson"
            | "extract_json"
            | "geo_info_from_ip_address" => {
                let operand = self.taken_apart(call, columns, &mut steps)?;
                self.follow_operand(operand, columns, steps)
            }
            "tolower" | "toupper" | "strlen" | "string_size" | "replace_string" | "replace_regex" | "replace"
            | "substring" => {
                let operand = self.altered(call, columns, &mut steps)?;
                self.follow_operand(operand, columns, steps)
            }
            _ => self.follow_other(call, columns, steps),
        }
    }

    /// A function that takes a part of a text, as a step; its operand.
    fn taken_apart<'c>(&self, call: &'c Call, columns: &Columns, steps: &mut Vec<Step>) -> Option<&'c Expression> {
        let argument = |place: usize| call.arguments.get(place);
        match call.name.text.as_str() {
            "split" => {
                let separator = self.text(argument(1)?, columns)?;
                let taken = element(steps);
                let index = argument(2).and_then(|index| self.index(index, columns)).or(taken);
                steps.push(match index {
                    Some(index) => Step::Piece(Rc::new(Layout::Split(separator)), index),
                    None => Step::Pieces(separator),
                });
                argument(0)
            }
            "extract" => {
                let group = self.index(argument(1)?, columns)?;
                steps.push(Step::Group(self.expression(argument(0)?, columns)?, group));
                argument(2)
            }
            "extract_all" => {
                let expression = self.expression(argument(0)?, columns)?;
                element(steps);
                let group = match expression.groups() {
                    0 => 0,
                    1 => 1,
                    _ => element(steps).unwrap_or_default() + 1,
                };
                steps.push(Step::Group(expression, group));
                call.arguments.last()
            }
            "parse_xml" => {
                steps.push(Step::Member(XML.to_owned()));
                argument(0)
            }
            "parse_url" | "parse_path" | "geo_info_from_ip_address" => {
                let Some(Step::Member(part)) = steps.pop_if(|step| matches!(step, Step::Member(_))) else {
                    return None;
                };
                steps.push(match call.name.text.as_str() {
                    "parse_url" => Step::OfAddress(part),
                    "geo_info_from_ip_address" => Step::OfPlace(part),
                    _ => Step::OfPath(part),
                });
                argument(0)
            }
            _ => {
                let place = self.text(argument(0)?, columns)?;
                let names = place.trim_start_matches('$').trim_start_matches('.').split('.');
                steps.extend(names.rev().map(|name| Step::Member(name.to_owned())));
                argument(1)
            }
        }
    }

    /// A function that changes a text, as a step; its operand.
    fn altered<'c>(&self, call: &'c Call, columns: &Columns, steps: &mut Vec<Step>) -> Option<&'c Expression> {
        let argument = |place: usize| call.arguments.get(place);
        let text = |place: usize| self.text(argument(place)?, columns);
        let (step, operand) = match call.name.text.as_str() {
            "tolower" => (Step::Lower, 0),
            "toupper" => (Step::Upper, 0),
            "replace_string" => (Step::Replaced(text(1)?, text(2)?), 0),
            "replace_regex" => (
                Step::ReplacedMatches(self.expression(argument(1)?, columns)?, text(2)?),
                0,
            ),
            "replace" => (
                Step::ReplacedMatches(self.expression(argument(0)?, columns)?, text(1)?),
                2,
            ),
            "substring" => {
                let start = self.index(argument(1)?, columns).unwrap_or_default();
                let length = argument(2).and_then(|length| self.index(length, columns));
                (Step::Substring(start, length), 0)
            }
            _ => (Step::Length, 0),
        };
        steps.push(step);
        argument(operand)
    }

    fn text(&self, argument: &Expression, columns: &Columns) -> Option<String> {
        self.constant(argument, columns)?.text()
    }

    fn expression(&self, argument: &Expression, columns: &Columns) -> Option<RegularExpression> {
        RegularExpression::new(&self.text(argument, columns)?)
    }

    fn index(&self, argument: &Expression, columns: &Columns) -> Option<usize> {
        whole(self.constant(argument, columns)?.number()?)
    }

    /// Texts one behind the other: the last one that is not written out, between what is written out around it.
    fn follow_joined(&mut self, call: &Call, columns: &Columns, mut steps: Vec<Step>) -> Option<Trail> {
        let mut last = None;
        let (mut before, mut after) = (String::new(), String::new());
        for argument in &call.arguments {
            match self.constant(argument, columns).and_then(|value| value.text()) {
                Some(text) if last.is_none() => before.push_str(&text),
                Some(text) => after.push_str(&text),
                None => {
                    before = if last.is_none() { before } else { String::new() };
                    after = String::new();
                    last = Some(argument);
                }
            }
        }
        steps.push(Step::Between(before, after));
        self.follow_operand(last?, columns, steps)
    }

    /// A function that a `let` names, or one that leaves its first operand much as it is.
    fn follow_other(&mut self, call: &Call, columns: &Columns, steps: Vec<Step>) -> Option<Trail> {
        if let Some((body, columns)) = self.inlined(call, columns) {
            return self.follow_operand(&body, &columns, steps);
        }
        if OPAQUE.contains(&call.name.text.as_str()) {
            return None;
        }
        let inner = call
            .arguments
            .iter()
            .find_map(|argument| self.source(argument, columns))?;
        self.follow(&inner, steps)
    }

    /// What a function of the query gives for its arguments: its expression, over columns with the names of its parameters.
    pub(super) fn inlined(&mut self, call: &Call, columns: &Columns) -> Option<(Expression, Columns)> {
        let Some(Meaning::Function(function)) = self.names.get(&call.name.text).cloned() else {
            return None;
        };
        let body = function.body.result.clone()?;
        let mut inner = columns.clone();
        for (parameter, argument) in function.parameters.iter().zip(&call.arguments) {
            let source = match self.constant(argument, columns) {
                Some(value) => Source::Value(value),
                None => self.source(argument, columns)?,
            };
            inner.set(&parameter.name.text, source);
        }
        Some((body, inner))
    }
}

/// The index of the element that the next step takes, which is taken off.
fn element(steps: &mut Vec<Step>) -> Option<usize> {
    let step = steps.pop_if(|step| matches!(step, Step::Member(name) if name.starts_with('#')))?;
    match step {
        Step::Member(name) => name.strip_prefix('#')?.parse().ok(),
        _ => None,
    }
}

/// A number in a query as an index.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index in a query, which is cut off where it is none"
)]
fn whole(number: f64) -> Option<usize> {
    (number >= 0.0).then_some(number as usize)
}

/// The end of a trail: members that are taken first are the path within the cell.
fn ended(row: usize, column: &str, mut steps: Vec<Step>) -> Trail {
    let mut path = Vec::new();
    while let Some(Step::Member(name)) = steps.pop_if(|step| matches!(step, Step::Member(_))) {
        path.push(name);
    }
    steps.reverse();
    Trail {
        row,
        column: column.to_owned(),
        path,
        steps,
    }
}
