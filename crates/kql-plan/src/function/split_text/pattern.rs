//! The pattern of `parse`: fixed texts and columns between them, as one regular expression.

use regex::Regex;
use serde::{Deserialize, Serialize};
use whotalks_kql_values::{KustoType, Value, convert};

use super::Parts;

/// How strictly a text must fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum PatternKind {
    /// Every fixed text is there and every column can be converted.
    Simple,
    /// A column that cannot be converted is null.
    Relaxed,
    /// Fixed texts are regular expressions.
    Regex,
}

/// A part of the pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum PatternPart {
    /// `*`.
    Skip,
    /// A text, or a regular expression.
    Text(String),
    /// A column of a type.
    Column(KustoType),
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Pattern {
    /// How strictly a text must fit.
    pub(crate) kind: PatternKind,
    /// Flags of the regular expression, such as `i` and `U`.
    pub(crate) flags: String,
    /// The parts in their order.
    pub(crate) parts: Vec<PatternPart>,
}

impl Pattern {
    /// The regular expression with one group for each column.
    pub(crate) fn expression(&self) -> Result<Regex, regex::Error> {
        let mut expression = match (self.kind, self.flags.as_str()) {
            (PatternKind::Regex, "") => String::new(),
            (PatternKind::Regex, flags) => format!("(?{flags})"),
            _ => "(?s)".to_owned(),
        };
        expression.push('^');
        self.parts.iter().for_each(|part| expression.push_str(&self.part(part)));
        if let Some(PatternPart::Column(_)) = self.parts.last() {
            expression.push('$');
        }
        Regex::new(&expression)
    }

    fn part(&self, part: &PatternPart) -> String {
        let regex = self.kind == PatternKind::Regex;
        let anything = if regex { ".*" } else { ".*?" };
        match part {
            PatternPart::Skip => anything.to_owned(),
            PatternPart::Text(text) if regex => format!("(?:{text})"),
            PatternPart::Text(text) => regex::escape(text),
            PatternPart::Column(kusto_type) => match (number(*kusto_type), self.kind) {
                (Some(number), PatternKind::Relaxed) => format!("({number}|{anything})"),
                (Some(number), _) => format!("({number})"),
                (None, _) => format!("({anything})"),
            },
        }
    }

    /// Takes texts apart.
    pub(super) fn splitter(&self) -> Result<impl Fn(&str) -> Parts + '_, regex::Error> {
        let expression = self.expression()?;
        let groups = self.groups();
        Ok(move |text: &str| {
            let captures = expression.captures(text)?;
            let found = groups
                .iter()
                .map(|group| captures.get(*group).map(|part| part.as_str().to_owned()));
            let found: Vec<_> = found.collect();
            self.fits(&found).then_some(found)
        })
    }

    /// The numbers of the groups that columns take; groups inside of regular expressions are passed over.
    fn groups(&self) -> Vec<usize> {
        let mut next = 1;
        let mut groups = Vec::new();
        for part in &self.parts {
            match part {
                PatternPart::Skip => {}
                PatternPart::Column(_) => {
                    groups.push(next);
                    next += 1;
                }
                PatternPart::Text(text) if self.kind == PatternKind::Regex => {
                    next += Regex::new(text).map_or(0, |inner| inner.captures_len().saturating_sub(1));
                }
                PatternPart::Text(_) => {}
            }
        }
        groups
    }

    /// Whether every column can be converted, where that is asked for.
    fn fits(&self, found: &[Option<String>]) -> bool {
        let types = self.parts.iter().filter_map(|part| match part {
            PatternPart::Column(kusto_type) => Some(*kusto_type),
            _ => None,
        });
        self.kind != PatternKind::Simple
            || types
                .zip(found)
                .all(|(kusto_type, text)| converts(text.as_deref().unwrap_or_default(), kusto_type))
    }
}

fn converts(text: &str, kusto_type: KustoType) -> bool {
    kusto_type == KustoType::String || !convert::cast(&Value::String(text.into()), kusto_type).is_null()
}

/// What a number looks like.
fn number(kusto_type: KustoType) -> Option<&'static str> {
    match kusto_type {
        KustoType::Int | KustoType::Long => Some(r"[-+]?\d+"),
        KustoType::Real | KustoType::Decimal => Some(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?"),
        _ => None,
    }
}
