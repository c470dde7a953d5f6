//! `reduce`: texts that are alike under one pattern. Texts are cut into terms; a term that is rarer than the threshold counts as a
//! blank, and texts of one pattern are counted.

use std::collections::HashMap;

use whotalks_kql_syntax::tree::OperatorParameters;
use whotalks_kql_syntax::tree::operator::Reduce;
use whotalks_kql_values::{KustoType, Value, convert};

use super::data_table::table_of_rows;
use super::held::whole_only;
use super::over_rows;
use super::project::{Assigned, projected};
use crate::bind::{Binder, Expressions, Row};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};
use whotalks_kql_syntax::tree::ParameterValue;

/// The part of all texts that must have a term, where nothing is said.
const THRESHOLD: f64 = 0.1;
/// What texts without a term in common are called.
const OTHERS: &str = "others";

impl Binder<'_> {
    pub(super) fn reduce(&mut self, input: Relation, reduce: &Reduce) -> Result<Relation> {
        whole_only(&input, "reduce")?;
        if let Some(kind) = reduce.parameters.word("kind") {
            return Err(
                PlanProblem::unsupported(Phrase::code(format!("`reduce kind={}`", kind.text)), None).at(kind.span),
            );
        }
        let threshold = match self.parameter(&reduce.with, "threshold")? {
            Some(value) => convert::to_real(&value).filter(|share| (0.0..=1.0).contains(share)),
            None => Some(THRESHOLD),
        };
        let threshold = threshold.ok_or_else(|| PlanProblem::NotConstant(Phrase::ParameterOf("reduce".to_owned())))?;
        let characters = match self.parameter(&reduce.with, "characters")? {
            Some(value) => convert::to_text(&value).into_owned(),
            None => String::new(),
        };
        let (input, value) = over_rows(self, input, |expressions| expressions.bind(&reduce.by))?;
        let value = crate::bind::convert(value, KustoType::String)?;
        let texts = projected(
            input,
            vec![Assigned {
                name: "text".to_owned(),
                value,
            }],
        )?;
        let rows = self.held(&texts, "reduce")?;
        let texts: Vec<_> = rows
            .iter()
            .filter_map(|row| row.first().map(convert::to_text))
            .collect();
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        table(&patterns(&texts, threshold, &characters))
    }

    fn parameter(&mut self, parameters: &OperatorParameters, name: &str) -> Result<Option<Value<'static>>> {
        let Some(ParameterValue::One(written)) = parameters.get(name).map(|parameter| &parameter.value) else {
            return Ok(None);
        };
        let value = Expressions::new(self, Row::None).constant(written, Phrase::ParameterOf("reduce".to_owned()))?;
        Ok(Some(value.0))
    }
}

/// A pattern, how many texts it fits, and one of them.
struct Pattern {
    text: String,
    count: i64,
    representative: String,
}

fn table(patterns: &[Pattern]) -> Result<Relation> {
    let columns = [
        ("Pattern", KustoType::String),
        ("Count", KustoType::Long),
        ("Representative", KustoType::String),
    ];
    let rows: Vec<_> = patterns
        .iter()
        .map(|pattern| {
            vec![
                Value::String(pattern.text.clone().into()),
                Value::Long(pattern.count),
                Value::String(pattern.representative.clone().into()),
            ]
        })
        .collect();
    table_of_rows(
        columns.map(|(name, kusto_type)| Column::new(name, kusto_type)).to_vec(),
        &rows,
    )
}

/// The patterns of texts, those of the most texts first.
fn patterns(texts: &[&str], threshold: f64, characters: &str) -> Vec<Pattern> {
    let separates = |sign: char| sign.is_ascii() && !sign.is_ascii_alphanumeric() || characters.contains(sign);
    let mut frequency: HashMap<&str, usize> = HashMap::new();
    for text in texts {
        let mut terms: Vec<&str> = text.split(separates).filter(|term| !term.is_empty()).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
            .into_iter()
            .for_each(|term| *frequency.entry(term).or_default() += 1);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of rows that are held in memory")]
    let least = threshold * texts.len() as f64;
    #[expect(clippy::cast_precision_loss, reason = "a count of rows that are held in memory")]
    let frequent = |term: &str| frequency.get(term).is_some_and(|count| *count as f64 > least);
    let mut found: Vec<Pattern> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for text in texts {
        let pattern = pattern(text, separates, frequent);
        let place = *places.entry(pattern.clone()).or_insert_with(|| {
            let representative = if pattern == OTHERS { "" } else { text };
            found.push(Pattern {
                text: pattern,
                count: 0,
                representative: representative.to_owned(),
            });
            found.len() - 1
        });
        if let Some(pattern) = found.get_mut(place) {
            pattern.count += 1;
        }
    }
    found.sort_by_key(|pattern| (pattern.text == OTHERS, -pattern.count));
    found
}

/// A text with `*` for its rare terms and what stands around them.
fn pattern<'t>(text: &'t str, separates: impl Fn(char) -> bool, frequent: impl Fn(&'t str) -> bool) -> String {
    let mut pattern = String::new();
    let mut between = "";
    let mut rest = text;
    let mut any = false;
    while !rest.is_empty() {
        let end = rest.find(&separates).unwrap_or(rest.len());
        let (term, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let next = behind.find(|sign| !separates(sign)).unwrap_or(behind.len());
        let (separator, behind) = behind.split_at_checked(next).unwrap_or((behind, ""));
        if !term.is_empty() && !frequent(term) {
            if !pattern.ends_with('*') {
                pattern.push('*');
            }
            between = "";
        } else {
            any |= !term.is_empty();
            pattern.push_str(between);
            pattern.push_str(term);
            between = separator;
        }
        rest = behind;
    }
    pattern.push_str(between);
    if any { pattern } else { OTHERS.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_terms_become_blanks() {
        let texts: Vec<String> = (0..10).map(|number| format!("foo{number}-bar: {number} end")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = patterns(&texts, 0.1, "");
        assert_eq!(found.len(), 1);
        assert_eq!(found.first().map(|pattern| pattern.text.as_str()), Some("*bar*end"));
        let alone = patterns(&["a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8", "i9", "j10"], 0.1, "");
        assert_eq!(alone.first().map(|pattern| pattern.text.as_str()), Some(OTHERS));
    }
}
