//! What each operator makes of the columns.

use std::rc::Rc;

use whotalks_kql_syntax::tree::operator::{Join, JoinCondition, ParsePart};
use whotalks_kql_syntax::tree::{
    ComparisonOperator, Expression, ExpressionKind, Names, Operator, OperatorKind, Pipeline, StepKind,
};

use super::super::source::{Columns, Source};
use super::{Meaning, Solver};

impl Solver {
    pub(super) fn pipeline(&mut self, pipeline: &Pipeline) -> Option<Columns> {
        let mut columns = match &pipeline.source {
            Some(source) => self.table(source),
            None => Some(Columns::default()),
        };
        for operator in &pipeline.operators {
            columns = self.operator(columns, operator);
        }
        columns
    }

    fn operator(&mut self, columns: Option<Columns>, operator: &Operator) -> Option<Columns> {
        let columns = match (&operator.kind, columns) {
            (OperatorKind::Union(union), columns) => {
                let mut first = columns.filter(|columns| !columns.rows().is_empty());
                for table in &union.tables {
                    let found = self.table(table);
                    first = first.or(found);
                }
                return first;
            }
            (_, columns) => columns?,
        };
        Some(match &operator.kind {
            OperatorKind::Where(condition) => {
                self.require(&condition.predicate, true, &columns);
                columns
            }
            OperatorKind::Extend(written) | OperatorKind::Project(written) => self.named(columns, written, false),
            OperatorKind::ProjectRename(written) => self.named(columns, written, false),
            OperatorKind::Summarize(summarize) => {
                let pinned = self.named(columns.clone(), &summarize.by, false);
                for key in &summarize.by {
                    self.pin(key, &columns);
                }
                self.named_over(pinned, &columns, &summarize.aggregations, true)
            }
            OperatorKind::Join(join) => self.join(columns, join),
            OperatorKind::Lookup(lookup) => {
                let right = self.table(&lookup.right)?;
                self.keys(&columns, &right, &lookup.on);
                let mut columns = columns;
                columns.join(right);
                columns
            }
            OperatorKind::MvExpand(expand) => {
                let mut next = columns.clone();
                for expanded in &expand.columns {
                    let (name, value) = name_and_value(&expanded.array);
                    if let (Some(name), Some(source)) = (name, self.source(value, &columns)) {
                        next.set(&name, Source::Element(Rc::new(source)));
                    }
                }
                next
            }
            OperatorKind::MvApply(apply) => {
                let mut next = columns.clone();
                for expanded in &apply.columns {
                    let (name, value) = name_and_value(&expanded.array);
                    if let (Some(name), Some(source)) = (name, self.source(value, &columns)) {
                        next.set(&name, Source::Element(Rc::new(source)));
                    }
                }
                match &apply.query.kind {
                    ExpressionKind::Pipeline(inner) if inner.source.is_none() => inner
                        .operators
                        .iter()
                        .try_fold(next, |columns, operator| self.operator(Some(columns), operator))?,
                    _ => next,
                }
            }
            OperatorKind::Parse(parse) => self.parse(columns, &parse.subject, &parse.pattern),
            OperatorKind::Invoke(call) => self.invoke(columns, call),
            _ => columns,
        })
    }

    fn named(&mut self, columns: Columns, written: &[Expression], aggregated: bool) -> Columns {
        let before = columns.clone();
        self.named_over(columns, &before, written, aggregated)
    }

    /// Columns that are worked out of others.
    fn named_over(
        &mut self,
        mut columns: Columns,
        before: &Columns,
        written: &[Expression],
        aggregated: bool,
    ) -> Columns {
        let before = Rc::new(before.clone());
        for expression in written {
            let (name, value) = name_and_value(expression);
            let call = match &value.kind {
                ExpressionKind::Call(call) if aggregated => Some(Rc::new(call.clone())),
                _ => None,
            };
            if let Some(call) = &call
                && matches!(call.name.text.as_str(), "arg_max" | "arg_min" | "take_any" | "any")
            {
                continue;
            }
            let Some(name) = name.or_else(|| call.as_ref().map(|call| aggregated_name(call))) else {
                continue;
            };
            let source = match (call, self.source(value, &before)) {
                (Some(call), _) => Source::Aggregated {
                    call,
                    columns: Rc::clone(&before),
                },
                (None, Some(source)) => source,
                (None, None) => Source::Computed {
                    value: Rc::new(value.clone()),
                    columns: Rc::clone(&before),
                },
            };
            columns.set(&name, source);
        }
        columns
    }

    fn join(&mut self, mut columns: Columns, join: &Join) -> Columns {
        let kind = join
            .parameters
            .word("kind")
            .map(|word| word.text.as_str())
            .unwrap_or_default();
        let without = matches!(kind, "leftanti" | "anti" | "leftantisemi");
        let rows = self.rows.len();
        let Some(right) = self.table(&join.right) else {
            return columns;
        };
        if without {
            // What must not be there is not made.
            self.rows.truncate(rows);
            self.external.retain(|(_, row)| *row < rows);
            return columns;
        }
        if let Some(JoinCondition::On(on)) = &join.condition {
            self.keys(&columns, &right, on);
        }
        columns.join(right);
        columns
    }

    /// Gives the keys of two tables values in common.
    fn keys(&mut self, left: &Columns, right: &Columns, on: &[Expression]) {
        for key in on {
            let pair = match &key.kind {
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

    fn parse(&mut self, mut columns: Columns, subject: &Expression, pattern: &[ParsePart]) -> Columns {
        let Some(source) = self.source(subject, &columns) else {
            return columns;
        };
        let mut text = String::new();
        let mut marks = Vec::new();
        for part in pattern {
            match part {
                ParsePart::Skip => text.push_str(if text.is_empty() { "" } else { " and more " }),
                ParsePart::Text(literal) => text.push_str(&literal.text),
                ParsePart::Column { name, .. } => {
                    let mark = format!("Value{}", name.text);
                    text.push_str(&mark);
                    marks.push((name.text.clone(), mark));
                }
            }
        }
        self.assign(&source, &text);
        let within = Rc::new(source);
        for (name, mark) in marks {
            let within = Rc::clone(&within);
            columns.set(&name, Source::Marked { within, mark });
        }
        columns
    }

    fn invoke(&mut self, columns: Columns, call: &Expression) -> Columns {
        let ExpressionKind::Call(call) = &call.kind else {
            return columns;
        };
        let Some(Meaning::Function(function)) = self.names.get(&call.name.text).cloned() else {
            return columns;
        };
        let arguments: Vec<&Expression> = call.arguments.iter().collect();
        let input = Rc::new(columns.clone());
        self.call_table(&function, Some(input), &arguments).unwrap_or(columns)
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
        _ => None,
    }
}

/// The name of a column that is worked out, and the expression.
fn name_and_value(expression: &Expression) -> (Option<String>, &Expression) {
    match &expression.kind {
        ExpressionKind::Named(named) => match &named.names {
            Names::One(name) => (Some(name.text.clone()), &named.value),
            Names::Several(names) => (names.first().map(|name| name.text.clone()), &named.value),
        },
        ExpressionKind::Name(name) => (Some(name.text.clone()), expression),
        ExpressionKind::Call(call) => {
            let inner = call.arguments.first().map(name_and_value).and_then(|(name, _)| name);
            let keeps = matches!(
                call.name.text.as_str(),
                "bin" | "tostring" | "tolower" | "parse_json" | "todynamic"
            );
            (inner.filter(|_| keeps), expression)
        }
        _ => (None, expression),
    }
}

/// How a column is called that holds an aggregation without a name.
fn aggregated_name(call: &whotalks_kql_syntax::tree::Call) -> String {
    let argument = call.arguments.first().map(name_and_value).and_then(|(name, _)| name);
    let prefix = match call.name.text.as_str() {
        "make_set" | "makeset" => "set",
        "make_list" | "makelist" => "list",
        other => other,
    };
    format!("{prefix}_{}", argument.unwrap_or_default())
}
