//! Queries walked through: each table becomes a row in the making, each condition is led back to it.

mod ask;
mod compare;
mod condition;
mod count;
mod join;
mod operator;
mod trail;

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use whotalks_kql_syntax::tree::{Expression, ExpressionKind, Function, LetValue, Script, Statement, StatementKind};

use super::Witness;
use super::draft::Draft;
use super::external::External;
use super::source::{Columns, Source};
use super::values::{Known, known};

/// Functions and tables in each other are followed at most so deep.
const DEEPEST: usize = 24;
/// The most rows in the making of one query.
const MOST_ROWS: usize = 200;

/// What a `let` gave a name.
#[derive(Clone)]
enum Meaning {
    Expression(Rc<Expression>),
    Function(Rc<Function>),
    Columns(Rc<Columns>),
    Source(Rc<Source>),
    Value(Known),
}

/// Walks through a query.
pub(super) struct Solver {
    names: HashMap<String, Meaning>,
    rows: Vec<Draft>,
    /// Files elsewhere, and which rows stand in them.
    external: Vec<(External, usize)>,
    /// What a database of places knows: the address, which part of its place, and what that is.
    places: Vec<(String, String, String)>,
    depth: usize,
    /// Which query it is, and how many values were made up for it: together they tell a value from all others.
    number: usize,
    fresh: usize,
}

impl Solver {
    pub(super) fn new(number: usize) -> Self {
        Self {
            names: HashMap::new(),
            rows: Vec::new(),
            external: Vec::new(),
            places: Vec::new(),
            depth: 0,
            number,
            fresh: 0,
        }
    }

    pub(super) fn script(&mut self, script: &Script) {
        script.statements.iter().for_each(|statement| self.statement(statement));
    }

    pub(super) fn witnesses(&self, names: &Rc<BTreeSet<String>>) -> Vec<Witness> {
        self.rows.iter().flat_map(|row| row.witnesses(names)).collect()
    }

    /// The files that the query reads, with their contents.
    pub(super) fn files(&self, names: &Rc<BTreeSet<String>>) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = Vec::new();
        for (file, _) in &self.external {
            if files.iter().any(|(location, _)| location == file.location()) {
                continue;
            }
            let same = self
                .external
                .iter()
                .filter(|(other, _)| other.location() == file.location());
            let rows: Vec<&Draft> = same.filter_map(|(_, row)| self.rows.get(*row)).collect();
            files.push((file.location().to_owned(), file.content(&rows, names)));
        }
        files
    }

    /// What a database of places knows.
    pub(super) fn places(&self) -> Vec<(String, String, String)> {
        self.places.clone()
    }

    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Let(written) => {
                let meaning = match &written.value {
                    LetValue::Expression(value) => match self.known(value) {
                        Some(value) => Meaning::Value(value),
                        None => Meaning::Expression(Rc::new(value.clone())),
                    },
                    LetValue::Function(function) => Meaning::Function(Rc::new(function.clone())),
                };
                self.names.insert(written.name.text.clone(), meaning);
            }
            StatementKind::Query(query) => {
                self.table(query);
            }
            _ => {}
        }
    }

    /// The value of an expression that needs no row.
    fn known(&self, expression: &Expression) -> Option<Known> {
        known(expression, &|name| self.value(name))
    }

    /// The value of an expression that needs no row, where names may be columns.
    fn constant(&self, expression: &Expression, columns: &Columns) -> Option<Known> {
        known(expression, &|name| match columns.known(name) {
            Some(Source::Value(value)) => Some(value),
            Some(_) => None,
            None => self.value(name),
        })
    }

    fn value(&self, name: &str) -> Option<Known> {
        match self.names.get(name)? {
            Meaning::Value(value) => Some(value.clone()),
            _ => None,
        }
    }

    /// Walks something a level deeper.
    fn deeper<T>(&mut self, walk: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth >= DEEPEST || self.rows.len() >= MOST_ROWS {
            return None;
        }
        self.depth += 1;
        let found = walk(self);
        self.depth -= 1;
        found
    }

    /// The columns of a table.
    fn table(&mut self, expression: &Expression) -> Option<Columns> {
        self.deeper(|solver| solver.table_kind(expression))
    }

    fn table_kind(&mut self, expression: &Expression) -> Option<Columns> {
        match &expression.kind {
            ExpressionKind::Parenthesized(inner) | ExpressionKind::Materialize(inner) => self.table(inner),
            ExpressionKind::ToScalar(query) | ExpressionKind::ToTable(query) => self.table(&query.query),
            ExpressionKind::Name(name) => self.named_table(&name.text),
            ExpressionKind::Pipeline(pipeline) => self.pipeline(pipeline),
            ExpressionKind::Call(call) => match self.names.get(&call.name.text).cloned() {
                Some(Meaning::Function(function)) => {
                    let arguments: Vec<&Expression> = call.arguments.iter().collect();
                    self.call_table(&function, None, &arguments)
                }
                _ => call.arguments.first().and_then(|argument| self.table(argument)),
            },
            ExpressionKind::ExternalData(table) => {
                let file = External::of(table)?;
                self.rows.push(Draft::new("externaldata"));
                let row = self.rows.len() - 1;
                let mut columns = Columns::default();
                for column in file.columns() {
                    let column = column.to_owned();
                    columns.set(&column.clone(), Source::Base { row, column });
                }
                self.external.push((file, row));
                Some(columns)
            }
            ExpressionKind::DataTable(table) => {
                let width = table.schema.columns.len().max(1);
                let mut columns = Columns::default();
                for (place, column) in table.schema.columns.iter().enumerate() {
                    let values = table.values.iter().skip(place).step_by(width);
                    let texts = values.filter_map(|value| self.known(value)?.text()).collect();
                    columns.set(&column.name.text, Source::Listed(texts));
                }
                Some(columns)
            }
            _ => None,
        }
    }

    fn named_table(&mut self, name: &str) -> Option<Columns> {
        match self.names.get(name).cloned() {
            Some(Meaning::Expression(value)) => self.table(&value),
            Some(Meaning::Function(function)) => self.call_table(&function, None, &[]),
            Some(Meaning::Columns(columns)) => Some(columns.as_ref().clone()),
            Some(Meaning::Value(value)) => {
                let mut columns = Columns::default();
                columns.set("Value", Source::Listed(value.texts()));
                Some(columns)
            }
            Some(Meaning::Source(source)) => {
                let mut columns = Columns::default();
                columns.set("Value", source.as_ref().clone());
                Some(columns)
            }
            None => Some(self.new_row(name)),
        }
    }

    fn new_row(&mut self, table: &str) -> Columns {
        self.rows.push(Draft::new(table));
        Columns::of_row(self.rows.len() - 1, table)
    }

    /// The table that a function gives; the first parameter may be a table that is there already.
    fn call_table(
        &mut self,
        function: &Function,
        input: Option<Rc<Columns>>,
        arguments: &[&Expression],
    ) -> Option<Columns> {
        let outer = self.names.clone();
        let mut arguments = arguments.iter();
        let mut input = input;
        for parameter in &function.parameters {
            let meaning = match input.take() {
                Some(columns) => Some(Meaning::Columns(columns)),
                None => {
                    let argument = arguments.next().copied().or(parameter.default.as_ref());
                    argument.map(|argument| match self.known(argument) {
                        Some(value) => Meaning::Value(value),
                        None => Meaning::Expression(Rc::new(argument.clone())),
                    })
                }
            };
            if let Some(meaning) = meaning {
                self.names.insert(parameter.name.text.clone(), meaning);
            }
        }
        function
            .body
            .statements
            .iter()
            .for_each(|statement| self.statement(statement));
        let found = function.body.result.as_ref().and_then(|result| self.table(result));
        self.names = outer;
        found
    }

    /// A text that nothing else has, of the kind that a column holds.
    fn fresh(&mut self, column: &str) -> String {
        self.fresh += 1;
        let (query, count) = (self.number, self.fresh);
        let numbered = column.ends_with("Id") && !column.starts_with("Device") || column.ends_with("Port");
        match column {
            _ if column.ends_with("IP") => format!("198.{}.{}.{}", 18 + query / 250, query % 250, count % 250 + 1),
            _ if numbered => (100_000 + query * 100 + count).to_string(),
            _ if column.ends_with("Url") => format!("common{query}x{count}.example.com"),
            _ if column.ends_with("FileName") => format!("common{query}x{count}.exe"),
            _ => format!("common{query}x{count}"),
        }
    }
}
