//! Rows that published queries look for: out of the conditions of each query, a row of its table that fulfils them as far as their
//! form tells.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use whotalks_kql_syntax::parse;
use whotalks_kql_syntax::tree::{
    Comparison, ComparisonOperator, Expression, ExpressionKind, Json, LetValue, Literal, LogicalOperator, Membership,
    MembershipOperator, OperatorKind, Pipeline, Script, Statement, StatementKind, StepKind, TextOperator, TextTest,
};

/// A row: the table, and the text of each cell that a condition speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Witness {
    /// The table.
    pub(super) table: String,
    /// Cells by column.
    pub(super) cells: BTreeMap<String, String>,
    /// Names in the query, which may be members of the details of an event.
    pub(super) names: Rc<BTreeSet<String>>,
}

impl Witness {
    /// Details of an event, as JSON, with every name that the query speaks of and what it asks of it.
    pub(super) fn details(&self, is_column: &dyn Fn(&str) -> bool) -> String {
        let value = |name: &String| self.cells.get(name).cloned().unwrap_or_else(|| format!("{name} of it"));
        let members = self
            .names
            .iter()
            .filter(|name| !is_column(name))
            .map(|name| (name.clone(), serde_json::Value::from(value(name))));
        serde_json::Value::Object(members.collect()).to_string()
    }
}

/// The rows that a query looks for, one for each table that a pipeline in it begins with.
pub(super) fn of(text: &str) -> Vec<Witness> {
    let words = text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
    let names = words.filter(|word| word.len() > 1 && word.starts_with(|sign: char| sign.is_ascii_alphabetic()));
    let mut seeker = Seeker {
        names: Rc::new(names.map(str::to_owned).collect()),
        ..Seeker::default()
    };
    seeker.script(&parse(text).tree);
    seeker.found
}

#[derive(Default)]
struct Seeker {
    /// Texts that `let` gave a name, the first of a list.
    texts: HashMap<String, String>,
    /// Tables that `let` gave a name, with what their conditions ask.
    tables: HashMap<String, Witness>,
    found: Vec<Witness>,
    names: Rc<BTreeSet<String>>,
}

impl Seeker {
    fn script(&mut self, script: &Script) {
        script.statements.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Let(written) => match &written.value {
                LetValue::Expression(value) => self.named(&written.name.text, value),
                LetValue::Function(function) => {
                    function.body.statements.iter().for_each(|inner| self.statement(inner));
                    function
                        .body
                        .result
                        .iter()
                        .for_each(|result| self.named(&written.name.text, result));
                }
            },
            StatementKind::Query(query) => {
                self.table(query);
            }
            _ => {}
        }
    }

    fn named(&mut self, name: &str, value: &Expression) {
        if let Some(text) = self.text(value) {
            self.texts.insert(name.to_owned(), text);
        }
        if let Some(witness) = self.table(value) {
            self.tables.insert(name.to_owned(), witness);
        }
    }

    /// The row that a table expression looks for.
    fn table(&mut self, expression: &Expression) -> Option<Witness> {
        match &expression.kind {
            ExpressionKind::Parenthesized(inner) | ExpressionKind::Materialize(inner) => self.table(inner),
            ExpressionKind::Name(name) => self.tables.get(&name.text).cloned().or_else(|| {
                Some(Witness {
                    table: name.text.clone(),
                    cells: BTreeMap::new(),
                    names: Rc::clone(&self.names),
                })
            }),
            ExpressionKind::Pipeline(pipeline) => self.pipeline(pipeline),
            ExpressionKind::Call(call) => call.arguments.iter().find_map(|argument| self.table(argument)),
            ExpressionKind::ToScalar(query) => self.table(&query.query),
            _ => None,
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline) -> Option<Witness> {
        let mut witness = pipeline.source.as_ref().and_then(|source| self.table(source));
        for operator in &pipeline.operators {
            match &operator.kind {
                OperatorKind::Where(condition) => {
                    if let Some(witness) = &mut witness {
                        self.condition(&condition.predicate, &mut witness.cells);
                    }
                }
                OperatorKind::Join(join) => {
                    self.table(&join.right);
                }
                OperatorKind::Union(union) => union.tables.iter().for_each(|table| {
                    self.table(table);
                }),
                _ => {}
            }
        }
        self.found.extend(witness.clone());
        witness
    }

    /// Fills cells so that a condition is true.
    fn condition(&mut self, condition: &Expression, cells: &mut BTreeMap<String, String>) {
        match &condition.kind {
            ExpressionKind::Parenthesized(inner) => self.condition(inner, cells),
            ExpressionKind::Logical(logical) if logical.operator == LogicalOperator::And => {
                logical
                    .operands
                    .iter()
                    .for_each(|operand| self.condition(operand, cells));
            }
            ExpressionKind::Logical(logical) => logical
                .operands
                .iter()
                .take(1)
                .for_each(|operand| self.condition(operand, cells)),
            ExpressionKind::Comparison(comparison) => self.comparison(comparison, cells),
            ExpressionKind::Membership(membership) => self.membership(membership, cells),
            _ => {}
        }
    }

    fn comparison(&mut self, comparison: &Comparison, cells: &mut BTreeMap<String, String>) {
        let (Some(column), Some(text)) = (column(&comparison.left), self.text(&comparison.right)) else {
            return;
        };
        match comparison.operator {
            ComparisonOperator::Equal
            | ComparisonOperator::EqualCaseless
            | ComparisonOperator::GreaterOrEqual
            | ComparisonOperator::LessOrEqual => {
                cells.insert(column, text);
            }
            ComparisonOperator::Text(TextOperator {
                negated: false, test, ..
            }) => {
                let cell = cells.entry(column).or_default();
                *cell = match test {
                    TextTest::StartsWith => format!("{text} {cell}"),
                    _ => format!("{cell} {text}"),
                }
                .trim()
                .to_owned();
            }
            _ => {}
        }
    }

    fn membership(&mut self, membership: &Membership, cells: &mut BTreeMap<String, String>) {
        let Some(column) = column(&membership.operand) else {
            return;
        };
        let texts: Vec<String> = membership.items.iter().filter_map(|item| self.text(item)).collect();
        let text = match membership.operator {
            MembershipOperator::In | MembershipOperator::InCaseless | MembershipOperator::HasAny => {
                texts.into_iter().next()
            }
            MembershipOperator::HasAll => Some(texts.join(" ")),
            MembershipOperator::NotIn | MembershipOperator::NotInCaseless => None,
        };
        if let Some(text) = text {
            cells.insert(column, text);
        }
    }

    /// The text of a literal, of the first in a list, or of what a name stands for.
    fn text(&self, expression: &Expression) -> Option<String> {
        match &expression.kind {
            ExpressionKind::Parenthesized(inner) => self.text(inner),
            ExpressionKind::Name(name) => self.texts.get(&name.text).cloned(),
            ExpressionKind::Literal(literal) => literal_text(literal),
            ExpressionKind::Call(call)
                if matches!(
                    call.name.text.as_str(),
                    "tolower" | "toupper" | "dynamic" | "pack_array"
                ) =>
            {
                call.arguments.first().and_then(|argument| self.text(argument))
            }
            _ => None,
        }
    }
}

fn literal_text(literal: &Literal) -> Option<String> {
    match literal {
        Literal::String(text) => Some(text.text.clone()),
        Literal::Long(number) => number.value().map(i64::to_string),
        Literal::Bool(value) => value.value().map(bool::to_string),
        Literal::Dynamic(json) => match &**json {
            Json::Array(items) => items.iter().find_map(|item| match item {
                Json::Literal(literal) => literal_text(literal),
                _ => None,
            }),
            Json::Literal(literal) => literal_text(literal),
            _ => None,
        },
        _ => None,
    }
}

/// The column that an operand speaks of, through functions that keep its text.
fn column(expression: &Expression) -> Option<String> {
    match &expression.kind {
        ExpressionKind::Name(name) => Some(name.text.clone()),
        ExpressionKind::Parenthesized(inner) => column(inner),
        ExpressionKind::Path(path) => path.steps.last().and_then(|step| match &step.kind {
            StepKind::Member(member) | StepKind::Index(member) => match &member.kind {
                ExpressionKind::Name(name) => Some(name.text.clone()),
                ExpressionKind::Literal(Literal::String(text)) => Some(text.text.clone()),
                _ => None,
            },
        }),
        ExpressionKind::Call(call)
            if matches!(call.name.text.as_str(), "tolower" | "toupper" | "tostring" | "trim") =>
        {
            call.arguments.last().and_then(column)
        }
        _ => None,
    }
}
