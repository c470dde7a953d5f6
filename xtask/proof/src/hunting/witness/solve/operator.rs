//! What each operator makes of the columns.

use std::rc::Rc;

use whotalks_kql_syntax::tree::operator::{Expanded, MakeSeries, MvApply, Parse, ParsePart, SeriesRange, Summarize};
use whotalks_kql_syntax::tree::{
    Call, Expression, ExpressionKind, Names, Operator, OperatorKind, Pipeline, StepKind, TypeName,
};

use super::super::demand::Test;
use super::super::source::{Columns, Source};
use super::super::step::{Layout, Part, Step};
use super::{Meaning, Solver};

/// The table that `search` without one finds its words in.
const SEARCHED: &str = "DeviceEvents";
/// What stands in a column of texts of `parse` of which nothing is asked.
const ANY_TEXT: &str = "value";

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
            (OperatorKind::Search(search), columns) => {
                return self.search(columns, &search.tables, &search.predicate);
            }
            (OperatorKind::Find(find), columns) => return self.search(columns, &find.tables, &find.predicate),
            (_, columns) => columns?,
        };
        Some(match &operator.kind {
            OperatorKind::Where(condition) => {
                self.require(&condition.predicate, true, &columns);
                columns
            }
            OperatorKind::Extend(written) | OperatorKind::ProjectRename(written) => {
                let before = Rc::new(columns.clone());
                self.named(columns, &before, written)
            }
            OperatorKind::Project(written) => self.chosen(&columns, written),
            OperatorKind::Distinct(distinct) => {
                let all = distinct
                    .columns
                    .iter()
                    .any(|column| matches!(column.kind, ExpressionKind::Star));
                if all {
                    columns
                } else {
                    self.chosen(&columns, &distinct.columns)
                }
            }
            OperatorKind::Summarize(summarize) => self.summarize(&columns, summarize),
            OperatorKind::MakeSeries(series) => self.make_series(&columns, series),
            OperatorKind::Join(join) => self.join(columns, join),
            OperatorKind::Lookup(lookup) => {
                let right = self.table(&lookup.right)?;
                self.keys(&columns, &right, &lookup.on);
                let mut columns = columns;
                columns.join(right);
                columns
            }
            OperatorKind::MvExpand(expand) => self.expanded(&columns, &expand.columns),
            OperatorKind::MvApply(apply) => self.applied(&columns, apply)?,
            OperatorKind::Parse(parse) => self.parse(columns, parse),
            OperatorKind::Invoke(call) => self.invoke(columns, call),
            OperatorKind::Evaluate(evaluate) if evaluate.call.name.text == "bag_unpack" => {
                let mut columns = columns;
                let bag = evaluate.call.arguments.first();
                let bag = bag.and_then(|bag| self.source(bag, &columns));
                bag.into_iter().for_each(|bag| columns.unpack(bag));
                columns
            }
            OperatorKind::As(named) => {
                let meaning = Meaning::Columns(Rc::new(columns.clone()));
                self.names.insert(named.name.text.clone(), meaning);
                columns
            }
            _ => columns,
        })
    }

    /// Columns that are worked out of others, besides those that are there.
    fn named(&mut self, mut columns: Columns, before: &Rc<Columns>, written: &[Expression]) -> Columns {
        for expression in written {
            let (name, value) = name_and_value(expression);
            let Some(name) = name else {
                continue;
            };
            let source = self
                .source(value, before)
                .unwrap_or_else(|| match self.constant(value, before) {
                    Some(value) => Source::Value(value),
                    None => Source::Computed {
                        value: Rc::new(value.clone()),
                        columns: Rc::clone(before),
                    },
                });
            columns.set(&name, source);
        }
        columns
    }

    /// Only the columns that are written.
    fn chosen(&mut self, before: &Columns, written: &[Expression]) -> Columns {
        self.named(Columns::chosen_from(before), &Rc::new(before.clone()), written)
    }

    fn summarize(&mut self, columns: &Columns, summarize: &Summarize) -> Columns {
        let before = Rc::new(columns.clone());
        summarize.by.iter().for_each(|key| self.pin(key, columns));
        let whole = summarize.aggregations.iter().any(keeps_all);
        let grouped = if whole {
            columns.clone()
        } else {
            Columns::chosen_from(columns)
        };
        let mut grouped = self.named(grouped, &before, &summarize.by);
        for aggregation in &summarize.aggregations {
            self.aggregated(&mut grouped, &before, aggregation);
        }
        grouped
    }

    /// A column that aggregates, or the columns of the row that `arg_max` takes.
    fn aggregated(&mut self, grouped: &mut Columns, before: &Rc<Columns>, aggregation: &Expression) {
        let (names, value) = match &aggregation.kind {
            ExpressionKind::Named(named) => match &named.names {
                Names::One(name) => (vec![name.text.clone()], &named.value),
                Names::Several(names) => (names.iter().map(|name| name.text.clone()).collect(), &named.value),
            },
            _ => (Vec::new(), aggregation),
        };
        let ExpressionKind::Call(call) = &value.kind else {
            let name = names.into_iter().next();
            let source = self.source(value, before);
            if let Some((name, source)) = name.zip(source) {
                grouped.set(&name, source);
            }
            return;
        };
        if matches!(
            call.name.text.as_str(),
            "arg_max" | "arg_min" | "take_any" | "argmax" | "argmin"
        ) {
            for (place, argument) in call.arguments.iter().enumerate() {
                let name = names.get(place).cloned().or_else(|| name_and_value(argument).0);
                if let Some((name, source)) = name.zip(self.source(argument, before)) {
                    grouped.set(&name, source);
                }
            }
            return;
        }
        let source = Source::Aggregated {
            call: Rc::new(call.clone()),
            columns: Rc::clone(before),
        };
        let name = names.into_iter().next();
        grouped.set(&name.unwrap_or_else(|| aggregated_name(call)), source);
    }

    fn make_series(&mut self, columns: &Columns, series: &MakeSeries) -> Columns {
        let before = Rc::new(columns.clone());
        series.by.iter().for_each(|key| self.pin(key, columns));
        let mut grouped = self.named(Columns::chosen_from(columns), &before, &series.by);
        for written in &series.series {
            self.aggregated(&mut grouped, &before, &written.aggregation);
        }
        if let SeriesRange::Steps(steps) = &series.range {
            self.step_of(&mut grouped, &before, &series.on, &steps.step);
        }
        grouped
    }

    /// The axis of a series as the step of time that `bin` would give.
    fn step_of(&mut self, grouped: &mut Columns, before: &Rc<Columns>, on: &Expression, step: &Expression) {
        let (Some(name), on) = name_and_value(on) else {
            return;
        };
        let bin = Call {
            name: whotalks_kql_syntax::tree::Name::new("bin"),
            arguments: vec![on.clone(), step.clone()],
        };
        let value = Rc::new(Expression {
            kind: ExpressionKind::Call(bin),
            span: on.span,
        });
        let columns = Rc::clone(before);
        grouped.set(&name, Source::Computed { value, columns });
    }

    fn expanded(&mut self, columns: &Columns, expanded: &[Expanded]) -> Columns {
        let mut next = columns.clone();
        for expanded in expanded {
            let (name, value) = name_and_value(&expanded.array);
            if let Some((name, source)) = name.zip(self.source(value, columns)) {
                let element = Source::Made {
                    of: Rc::new(source),
                    step: Step::Member("#0".to_owned()),
                };
                next.set(&name, element);
            }
        }
        next
    }

    fn applied(&mut self, columns: &Columns, apply: &MvApply) -> Option<Columns> {
        let next = self.expanded(columns, &apply.columns);
        match &apply.query.kind {
            ExpressionKind::Pipeline(inner) if inner.source.is_none() => inner
                .operators
                .iter()
                .try_fold(next, |columns, operator| self.operator(Some(columns), operator)),
            _ => Some(next),
        }
    }

    /// Rows of one of several tables for which a condition holds, in which words stand in any column.
    fn search(&mut self, columns: Option<Columns>, tables: &[Expression], predicate: &Expression) -> Option<Columns> {
        let columns = match tables.first() {
            Some(table) => self.table(table)?,
            None => columns
                .filter(|columns| !columns.rows().is_empty())
                .unwrap_or_else(|| self.new_row(SEARCHED)),
        };
        self.require(predicate, true, &columns);
        Some(columns)
    }

    fn parse(&mut self, mut columns: Columns, parse: &Parse) -> Columns {
        let Some(source) = self.source(&parse.subject, &columns) else {
            return columns;
        };
        let part = |part: &ParsePart| match part {
            ParsePart::Skip => Part::Skip,
            ParsePart::Text(literal) => Part::Text(literal.text.clone()),
            ParsePart::Column { kind, .. } => Part::Column(usual(kind.as_ref()).to_owned()),
        };
        let layout = Rc::new(Layout::Parse(parse.pattern.iter().map(part).collect()));
        let of = Rc::new(source);
        let names = parse.pattern.iter().filter_map(|part| match part {
            ParsePart::Column { name, kind } => Some((name.text.clone(), usual(kind.as_ref()))),
            _ => None,
        });
        for (place, (name, usual)) in names.enumerate() {
            let piece = Source::Made {
                of: Rc::clone(&of),
                step: Step::Piece(Rc::clone(&layout), place),
            };
            // The text fits the pattern whatever is asked of its pieces later.
            if let Some(trail) = self.trail(&piece) {
                let test = match usual {
                    ANY_TEXT => Test::Filled,
                    other => Test::Is(other.to_owned()),
                };
                self.put(&trail, &test, true, true);
            }
            columns.set(&name, piece);
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

/// The name of a column that is worked out, and the expression.
fn name_and_value(expression: &Expression) -> (Option<String>, &Expression) {
    match &expression.kind {
        ExpressionKind::Named(named) => match &named.names {
            Names::One(name) => (Some(name.text.clone()), &named.value),
            Names::Several(names) => (names.first().map(|name| name.text.clone()), &named.value),
        },
        ExpressionKind::Name(name) => (Some(name.text.clone()), expression),
        ExpressionKind::Parenthesized(inner) => name_and_value(inner),
        ExpressionKind::Path(path) => match path.steps.last().map(|step| &step.kind) {
            Some(StepKind::Member(member)) => (name_and_value(member).0, expression),
            _ => (None, expression),
        },
        ExpressionKind::Call(call) => {
            let inner = call.arguments.first().map(name_and_value).and_then(|(name, _)| name);
            let keeps = matches!(
                call.name.text.as_str(),
                "bin"
                    | "tostring"
                    | "tolower"
                    | "parse_json"
                    | "todynamic"
                    | "floor"
                    | "startofday"
                    | "toint"
                    | "tolong"
            );
            (inner.filter(|_| keeps), expression)
        }
        _ => (None, expression),
    }
}

/// How a column is called that holds an aggregation without a name.
fn aggregated_name(call: &Call) -> String {
    let argument = call.arguments.first().map(name_and_value).and_then(|(name, _)| name);
    let prefix = match call.name.text.as_str() {
        "make_set" | "makeset" => "set",
        "make_list" | "makelist" => "list",
        other => other,
    };
    format!("{prefix}_{}", argument.unwrap_or_default())
}

/// Whether an aggregation keeps all columns: `arg_max(Timestamp, *)`.
fn keeps_all(aggregation: &Expression) -> bool {
    let value = match &aggregation.kind {
        ExpressionKind::Named(named) => &named.value,
        _ => aggregation,
    };
    match &value.kind {
        ExpressionKind::Call(call) => call
            .arguments
            .iter()
            .any(|argument| matches!(argument.kind, ExpressionKind::Star)),
        _ => false,
    }
}

/// What stands in a column of `parse` of which nothing is asked.
fn usual(kind: Option<&TypeName>) -> &'static str {
    match kind.map(|kind| kind.text.as_str()) {
        None | Some("string") => ANY_TEXT,
        Some("datetime" | "date") => "2023-11-14T12:00:00Z",
        Some(_) => "1",
    }
}
