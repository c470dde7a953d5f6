//! `parse`, `parse-where`, `parse-kv`: columns out of a text.

use datafusion::logical_expr::LogicalPlanBuilder;
use whotalks_kql_syntax::tree::operator::{Parse, ParseKv, ParsePart};
use whotalks_kql_syntax::tree::{
    Expression, ExpressionKind, Literal, OperatorParameter, OperatorParameters, ParameterValue, TypeName,
};
use whotalks_kql_values::{KustoType, Value};

use super::data_table::declared_columns;
use super::extend::extended;
use super::over_rows;
use super::project::{Assigned, select};
use crate::bind::{Binder, Bound, convert, kusto_type, reference, same};
use crate::error::{PlanProblem, Result};
use crate::function::{KeyValue, Pattern, PatternKind, PatternPart, Split, call, constant, operate};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};

/// The column that holds the parts of a text; no query can write its name.
const PARTS: &str = "$parts";

impl Binder<'_> {
    pub(super) fn parse(&mut self, input: Relation, parse: &Parse) -> Result<Relation> {
        let pattern = pattern(parse)?;
        let columns = pattern_columns(parse)?;
        let invalid = |error: regex::Error| PlanProblem::Argument {
            function: "parse".to_owned(),
            reason: Phrase::NoExpression(error.to_string()),
        };
        pattern.expression().map_err(invalid)?;
        let kept = parse.only_matching;
        self.split(input, &parse.subject, Split::Pattern(pattern), columns, kept)
    }

    pub(super) fn parse_kv(&mut self, input: Relation, parse: &ParseKv) -> Result<Relation> {
        let columns = declared_columns(&parse.keys)?;
        let names = columns.iter().map(|column| column.name.clone()).collect();
        let split = Split::KeyValue(key_value(names, &parse.properties)?);
        self.split(input, &parse.subject, split, columns, false)
    }

    /// A column for each part of a text; with `only_matching`, rows whose text does not fit are left out.
    fn split(
        &mut self,
        input: Relation,
        subject: &Expression,
        split: Split,
        columns: Vec<Column>,
        only_matching: bool,
    ) -> Result<Relation> {
        let visible = input.columns.clone();
        let (input, text) = over_rows(self, input, |expressions| {
            let bound = expressions.bind(subject)?;
            call("tostring", vec![bound])
        })?;
        let mut values: Vec<_> = input.columns.iter().map(same).collect();
        values.push(split.call(text.expression).alias(PARTS));
        values.extend(input.carried_expressions());
        let mut plan = LogicalPlanBuilder::new(input.plan.clone()).project(values)?;
        if only_matching {
            plan = plan.filter(reference(PARTS).is_not_null())?;
        }
        let mut with_parts = visible.clone();
        with_parts.push(Column::new(PARTS, KustoType::Dynamic));
        let plan = plan.build()?;
        let assigned = columns
            .into_iter()
            .zip(0i64..)
            .map(|(column, index)| part(column, index))
            .collect::<Result<Vec<_>>>()?;
        let output = extended(input.with_plan(plan, with_parts), assigned)?;
        let kept = output
            .columns
            .iter()
            .filter(|column| column.name != PARTS)
            .cloned()
            .collect();
        select(output, kept)
    }
}

/// The part of an index, converted to the type of its column.
fn part(column: Column, index: i64) -> Result<Assigned> {
    let parts = Bound::computed(reference(PARTS), KustoType::Dynamic);
    let value = operate("[]", vec![parts, constant(Value::Long(index), KustoType::Long)])?;
    let text = call("tostring", vec![value])?;
    Ok(Assigned {
        value: convert(text, column.kusto_type)?,
        name: column.name,
    })
}

fn pattern(parse: &Parse) -> Result<Pattern> {
    let kind = match parse.parameters.word("kind").map(|word| word.text.as_str()) {
        None | Some("simple") => PatternKind::Simple,
        Some("relaxed") => PatternKind::Relaxed,
        Some("regex") => PatternKind::Regex,
        Some(other) => {
            return Err(PlanProblem::unsupported(Phrase::code(format!("`parse kind={other}`")), None).into());
        }
    };
    let flags = parse
        .parameters
        .word("flags")
        .map(|word| word.text.clone())
        .unwrap_or_default();
    let mut parts = Vec::new();
    for part in &parse.pattern {
        parts.push(match part {
            ParsePart::Skip => PatternPart::Skip,
            ParsePart::Text(text) => PatternPart::Text(text.text.clone()),
            ParsePart::Column { kind, .. } => PatternPart::Column(column_type(kind.as_ref())?),
        });
    }
    if parts
        .windows(2)
        .any(|pair| matches!(pair, [PatternPart::Column(KustoType::String), PatternPart::Column(_)]))
    {
        let reason = Phrase::TwoPartsWithoutText;
        return Err(PlanProblem::Argument {
            function: "parse".to_owned(),
            reason,
        }
        .into());
    }
    Ok(Pattern { kind, flags, parts })
}

fn pattern_columns(parse: &Parse) -> Result<Vec<Column>> {
    let columns = parse.pattern.iter().filter_map(|part| match part {
        ParsePart::Column { name, kind } => Some(column_type(kind.as_ref()).map(|kind| Column::new(&name.text, kind))),
        _ => None,
    });
    columns.collect()
}

fn column_type(kind: Option<&TypeName>) -> Result<KustoType> {
    let Some(name) = kind else {
        return Ok(KustoType::String);
    };
    let unknown = || PlanProblem::unsupported(Phrase::TheType(name.text.clone()), None).at(name.span);
    name.scalar().map(kusto_type).ok_or_else(unknown)
}

fn key_value(names: Vec<String>, properties: &OperatorParameters) -> Result<KeyValue> {
    let text = |name: &str| properties.get(name).and_then(text_value);
    let quotes = text("quote").and_then(|quotes| {
        let mut signs = quotes.chars();
        let open = signs.next()?;
        Some((open, signs.next().unwrap_or(open)))
    });
    let expression = text("regex");
    if let Some(Err(error)) = expression.as_deref().map(regex::Regex::new) {
        let reason = Phrase::NoExpression(error.to_string());
        return Err(PlanProblem::Argument {
            function: "parse-kv".to_owned(),
            reason,
        }
        .into());
    }
    Ok(KeyValue {
        names,
        pair_delimiter: text("pair_delimiter").filter(|text| !text.is_empty()),
        value_delimiter: text("kv_delimiter").filter(|text| !text.is_empty()),
        quotes,
        escape: text("escape").and_then(|escape| escape.chars().next()),
        greedy: properties.get("greedy").is_some_and(is_true),
        expression,
    })
}

fn text_value(parameter: &OperatorParameter) -> Option<String> {
    match &parameter.value {
        ParameterValue::One(Expression {
            kind: ExpressionKind::Literal(Literal::String(text)),
            ..
        }) => Some(text.text.clone()),
        _ => None,
    }
}

/// Whether a parameter is `true`.
pub(super) fn is_true(parameter: &OperatorParameter) -> bool {
    match &parameter.value {
        ParameterValue::One(Expression { kind, .. }) => match kind {
            ExpressionKind::Literal(Literal::Bool(value)) => value.value() == Some(&true),
            ExpressionKind::Name(name) => name.text == "true",
            _ => false,
        },
        ParameterValue::Names(_) => false,
    }
}
