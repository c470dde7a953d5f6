//! What can stand at a place of a query: tables, columns of the stage, operators, functions, each with a line about it.

mod place;

use std::collections::BTreeSet;

use whotalks_kql_functions::Function;
use whotalks_kql_syntax::{STRING_OPERATORS, Span};
use whotalks_kql_values::{DateTime, KustoType};

use crate::documentation::{OPERATORS, PLUGINS, Support, aggregations};
use crate::source::Tables;
use crate::{Column, Embedded, Parameter, Question};
use place::Place;

/// What `render` draws.
const CHARTS: [&str; 11] = [
    "anomalychart",
    "areachart",
    "barchart",
    "card",
    "columnchart",
    "linechart",
    "piechart",
    "scatterchart",
    "stackedareachart",
    "table",
    "timechart",
];

/// Words that a query can begin with, besides tables.
const BEGINNINGS: [&str; 8] = ["datatable", "find", "let", "print", "range", "search", "set", "union"];

/// Operators in which aggregations can be called.
const AGGREGATING: [&str; 5] = ["summarize", "make-series", "top-nested", "partition", "mv-apply"];

/// Operators that take a table behind them.
const TAKING_TABLES: [&str; 3] = ["join", "lookup", "union"];

/// Something that can stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What is written.
    pub text: String,
    /// What it is.
    pub kind: CandidateKind,
    /// A sentence about it in English; empty where there is none, and for tables and columns, which their declaration describes.
    pub summary: &'static str,
    /// How it is called, for functions.
    pub syntax: Option<String>,
}

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CandidateKind {
    /// A column of the stage, with its type.
    Column(KustoType),
    /// A table.
    Table,
    /// A tabular operator.
    Operator,
    /// An aggregation.
    Aggregation,
    /// A function.
    Function,
    /// A plugin of `evaluate`.
    Plugin,
    /// What `render` draws.
    Chart,
    /// A word between operands, or one that a statement begins with.
    Word,
    /// A name that a statement or a parameter gave.
    Variable,
}

/// What can stand at a place, and which part of the text it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// The word that is replaced.
    pub span: Span,
    /// The candidates, in the order in which they are useful, then by name.
    pub candidates: Vec<Candidate>,
    /// The table at the beginning of the pipeline, whose declaration describes its columns; none where it is not just named.
    pub table: Option<String>,
}

/// Says what can stand at a place.
#[derive(Debug, Clone, Copy)]
pub struct Completer<'e> {
    /// Binds what stands before the place.
    pub engine: &'e Embedded,
    /// The tables; their rows are never read, unless something must be known beforehand.
    pub tables: &'e dyn Tables,
    /// Names that the query can use.
    pub parameters: &'e [Parameter],
}

impl Completer<'_> {
    /// What can stand at a byte of a text.
    pub fn at(&self, text: &str, cursor: usize) -> Completions {
        let nothing = Completions {
            span: Span {
                start: cursor,
                end: cursor,
            },
            candidates: Vec::new(),
            table: None,
        };
        let Some(place) = Place::of(text, cursor) else {
            return nothing;
        };
        let mut candidates = self.candidates(&place);
        let wanted = place.word.to_ascii_lowercase();
        candidates.retain(|candidate| candidate.text.to_ascii_lowercase().starts_with(&wanted));
        candidates.sort_by(|one, two| rank(one).cmp(&rank(two)).then_with(|| one.text.cmp(&two.text)));
        candidates.dedup_by(|one, two| one.text == two.text);
        Completions {
            span: Span {
                start: cursor.saturating_sub(place.word.len()),
                end: cursor,
            },
            candidates,
            table: place.before.and_then(first_name),
        }
    }

    fn candidates(&self, place: &Place<'_>) -> Vec<Candidate> {
        let stage = place.stage.trim();
        let Some(before) = place.before.filter(|_| !place.wants_table) else {
            return self.without_rows(place, stage);
        };
        let operator = stage.split_whitespace().next().unwrap_or_default();
        match operator {
            "" => operators().collect(),
            "render" => words(&CHARTS, CandidateKind::Chart).collect(),
            "evaluate" => plugins().collect(),
            _ => self.operands(place, before, operator),
        }
    }

    /// Where no table stands before: a table, or what stands behind `print`, `union` and their like.
    fn without_rows(&self, place: &Place<'_>, stage: &str) -> Vec<Candidate> {
        if stage.is_empty() || place.wants_table {
            return self.beginnings(place);
        }
        let first = stage.split_whitespace().next().unwrap_or_default();
        let tables = self
            .tables
            .names()
            .into_iter()
            .filter(|_| TAKING_TABLES.contains(&first));
        let tables = tables.map(|name| plain(name, CandidateKind::Table));
        functions().chain(self.variables(place)).chain(tables).collect()
    }

    fn beginnings(&self, place: &Place<'_>) -> Vec<Candidate> {
        let tables = self
            .tables
            .names()
            .into_iter()
            .map(|name| plain(name, CandidateKind::Table));
        let beginnings = BEGINNINGS.iter().map(|word| Candidate {
            summary: summary_of(word),
            ..plain((*word).to_owned(), CandidateKind::Word)
        });
        tables.chain(beginnings).chain(self.variables(place)).collect()
    }

    fn operands(&self, place: &Place<'_>, before: &str, operator: &str) -> Vec<Candidate> {
        let columns = self.columns(place.statements, before).into_iter();
        let columns = columns.map(|column| plain(column.name, CandidateKind::Column(column.kusto_type)));
        let mut candidates: Vec<Candidate> = columns.chain(self.variables(place)).collect();
        if AGGREGATING.contains(&operator) {
            candidates.extend(
                aggregations()
                    .into_iter()
                    .flatten()
                    .map(|name| plain((*name).to_owned(), CandidateKind::Aggregation)),
            );
        }
        if TAKING_TABLES.contains(&operator) {
            candidates.extend(
                self.tables
                    .names()
                    .into_iter()
                    .map(|name| plain(name, CandidateKind::Table)),
            );
        }
        candidates.extend(functions());
        candidates.extend(words(&STRING_OPERATORS, CandidateKind::Word));
        candidates.extend(words(&["by", "on", "asc", "desc"], CandidateKind::Word));
        candidates
    }

    /// The columns behind a table and operators; where the last of those is not understood, those before it.
    fn columns(&self, statements: &str, before: &str) -> Vec<Column> {
        let mut pipeline = before;
        loop {
            let text = format!("{statements}{pipeline}");
            let question = Question {
                text: &text,
                parameters: self.parameters,
                now: DateTime::UNIX_EPOCH,
            };
            if let Ok(columns) = self.engine.columns(&question, self.tables) {
                return columns;
            }
            match pipeline.rsplit_once('|') {
                Some((shorter, _)) => pipeline = shorter,
                None => return Vec::new(),
            }
        }
    }

    fn variables(&self, place: &Place<'_>) -> impl Iterator<Item = Candidate> {
        let parameters = self.parameters.iter().map(|parameter| parameter.name.clone());
        let names: BTreeSet<String> = parameters.chain(variables(place.statements)).collect();
        names.into_iter().map(|name| plain(name, CandidateKind::Variable))
    }
}

/// The names that `let` gives in statements.
fn variables(statements: &str) -> impl Iterator<Item = String> {
    statements.split(';').filter_map(|statement| {
        let rest = statement.trim_start().strip_prefix("let ")?;
        let (name, _) = rest.split_once('=')?;
        Some(name.trim().to_owned())
    })
}

/// The table that a pipeline begins with, where it is just named.
fn first_name(before: &str) -> Option<String> {
    let first = before.split('|').next()?.trim();
    let plain = first.chars().all(|sign| sign.is_alphanumeric() || sign == '_');
    (plain && !first.is_empty()).then(|| first.to_owned())
}

fn rank(candidate: &Candidate) -> u8 {
    match candidate.kind {
        CandidateKind::Variable => 0,
        CandidateKind::Column(_) | CandidateKind::Operator | CandidateKind::Chart | CandidateKind::Plugin => 1,
        CandidateKind::Table => 2,
        CandidateKind::Aggregation => 3,
        CandidateKind::Function => 4,
        CandidateKind::Word => 5,
    }
}

fn plain(text: String, kind: CandidateKind) -> Candidate {
    Candidate {
        text,
        kind,
        summary: "",
        syntax: None,
    }
}

fn words(words: &[&'static str], kind: CandidateKind) -> impl Iterator<Item = Candidate> {
    words.iter().map(move |word| plain((*word).to_owned(), kind))
}

/// The operators that are supported and can follow `|`.
fn operators() -> impl Iterator<Item = Candidate> {
    let follows = |name: &str| !matches!(name, "datatable" | "externaldata" | "print" | "range");
    let supported = OPERATORS
        .iter()
        .filter(move |operator| !matches!(operator.support, Support::Refused(_)) && follows(operator.name));
    supported.map(|operator| Candidate {
        summary: operator.summary,
        ..plain(operator.name.to_owned(), CandidateKind::Operator)
    })
}

fn plugins() -> impl Iterator<Item = Candidate> {
    let supported = PLUGINS
        .iter()
        .filter(|plugin| !matches!(plugin.support, Support::Refused(_)));
    supported.map(|plugin| Candidate {
        summary: plugin.summary,
        ..plain(plugin.name.to_owned(), CandidateKind::Plugin)
    })
}

fn functions() -> impl Iterator<Item = Candidate> {
    whotalks_kql_functions::all().map(|function: &'static Function| Candidate {
        summary: function.summary,
        syntax: Some(function.syntax()),
        ..plain(function.name.to_owned(), CandidateKind::Function)
    })
}

fn summary_of(operator: &str) -> &'static str {
    let known = OPERATORS.iter().find(|known| known.name == operator);
    known.map(|known| known.summary).unwrap_or_default()
}
