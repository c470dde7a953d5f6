//! How a query asks for its rows to be drawn: `render`, and what is to be drawn of an answer.
//!
//! | file | what it holds |
//! |---|---|
//! | `picture` | [`Picture`]: the values of an answer in the order in which they are drawn |
//! | `columns` | which column of an answer has which part in a picture |

mod columns;
mod picture;

pub use picture::{Axis, Picture, Series, Undrawable};

use whotalks_kql_syntax::tree::operator::Render;
use whotalks_kql_syntax::tree::{
    Expression, ExpressionKind, Literal, OperatorKind, ParameterValue, Script, StatementKind,
};

/// What `render` says.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The kind of picture.
    pub kind: ChartKind,
    /// Whether series stand on each other (`stacked`), fill the whole (`stacked100`), or stand side by side.
    pub stacking: Stacking,
    /// The title, where one is given.
    pub title: Option<String>,
    /// The column along which the picture goes, where it is named.
    pub x_column: Option<String>,
    /// The columns whose values are drawn, where they are named.
    pub y_columns: Vec<String>,
    /// The columns that keep series apart, where they are named.
    pub series: Vec<String>,
    /// What stands along the axis of `x_column`.
    pub x_title: Option<String>,
    /// What stands along the axis of values.
    pub y_title: Option<String>,
    /// Whether each value is added to those before it.
    pub accumulates: bool,
    /// Whether the axis of values is logarithmic.
    pub logarithmic: bool,
    /// Whether the series are named beside the picture.
    pub legend: bool,
    /// The least value of the axis of values, where it is given.
    pub least: Option<f64>,
    /// Its greatest value.
    pub greatest: Option<f64>,
}

/// The kinds of pictures of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChartKind {
    /// `table`, `list`: no picture.
    Table,
    /// `card`: single values.
    Card,
    /// `barchart`: bars that lie.
    Bars,
    /// `columnchart`: bars that stand.
    Columns,
    /// `piechart`: parts of a whole.
    Parts,
    /// `linechart`, `timechart`, `anomalychart`.
    Lines,
    /// `areachart`, `stackedareachart`.
    Areas,
    /// `scatterchart`.
    Points,
    /// Any other one, which is not drawn.
    Other(String),
}

/// How several series stand to each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stacking {
    /// Each for itself.
    #[default]
    Apart,
    /// One on the other.
    Stacked,
    /// One on the other, each as its share of the whole.
    Shares,
}

impl Chart {
    /// What the last operator of the last query of a script says, where it is `render`.
    pub(crate) fn of(script: &Script) -> Option<Self> {
        let queries = script
            .statements
            .iter()
            .rev()
            .find_map(|statement| match &statement.kind {
                StatementKind::Query(query) => Some(query),
                _ => None,
            });
        match &queries?.kind {
            ExpressionKind::Pipeline(pipeline) => match &pipeline.operators.last()?.kind {
                OperatorKind::Render(render) => Some(Self::written(render)),
                _ => None,
            },
            _ => None,
        }
    }

    fn written(render: &Render) -> Self {
        let said = Said(render);
        let kind = kind(&render.chart.text);
        Self {
            stacking: stacking(&render.chart.text, &kind, said.word("kind").as_deref()),
            kind,
            title: said.word("title"),
            x_column: said.word("xcolumn"),
            y_columns: said.names("ycolumns"),
            series: said.names("series"),
            x_title: said.word("xtitle"),
            y_title: said.word("ytitle"),
            accumulates: said.word("accumulate").as_deref() == Some("true"),
            logarithmic: said.word("yaxis").as_deref() == Some("log"),
            legend: said.word("legend").as_deref() != Some("hidden"),
            least: said.number("ymin"),
            greatest: said.number("ymax"),
        }
    }
}

/// The parameters of `render`, in either of their forms.
struct Said<'r>(&'r Render);

impl Said<'_> {
    fn value(&self, name: &str) -> Option<&ParameterValue> {
        let properties = self.0.properties.get(name);
        properties
            .or_else(|| self.0.parameters.get(name))
            .map(|parameter| &parameter.value)
    }

    fn word(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            ParameterValue::One(expression) => text(expression),
            ParameterValue::Names(names) => names.first().map(|name| name.text.clone()),
        }
    }

    fn names(&self, name: &str) -> Vec<String> {
        match self.value(name) {
            Some(ParameterValue::Names(names)) => names.iter().map(|name| name.text.clone()).collect(),
            Some(ParameterValue::One(expression)) => text(expression).into_iter().collect(),
            None => Vec::new(),
        }
    }

    fn number(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            ParameterValue::One(expression) => number(expression),
            ParameterValue::Names(_) => None,
        }
    }
}

fn text(expression: &Expression) -> Option<String> {
    match &expression.kind {
        ExpressionKind::Name(name) => Some(name.text.clone()),
        ExpressionKind::Literal(Literal::String(text)) => Some(text.text.clone()),
        ExpressionKind::Literal(Literal::Bool(written)) => Some(written.value()?.to_string()),
        ExpressionKind::Parenthesized(inner) => text(inner),
        _ => None,
    }
}

fn number(expression: &Expression) -> Option<f64> {
    match &expression.kind {
        ExpressionKind::Literal(Literal::Real(written)) => written.value().copied(),
        ExpressionKind::Literal(Literal::Long(written)) => written.value().map(|value| *value as f64),
        ExpressionKind::Sign(sign) => number(&sign.operand).map(|value| if sign.minus { -value } else { value }),
        ExpressionKind::Parenthesized(inner) => number(inner),
        _ => None,
    }
}

fn kind(word: &str) -> ChartKind {
    match word {
        "table" | "list" => ChartKind::Table,
        "card" => ChartKind::Card,
        "barchart" => ChartKind::Bars,
        "columnchart" => ChartKind::Columns,
        "piechart" => ChartKind::Parts,
        "linechart" | "timechart" | "anomalychart" => ChartKind::Lines,
        "areachart" | "stackedareachart" => ChartKind::Areas,
        "scatterchart" => ChartKind::Points,
        other => ChartKind::Other(other.to_owned()),
    }
}

/// Areas are stacked by their name or where it is asked for; lines and points never are.
fn stacking(word: &str, kind: &ChartKind, asked: Option<&str>) -> Stacking {
    match (kind, asked) {
        (ChartKind::Bars | ChartKind::Columns | ChartKind::Areas, Some("stacked")) => Stacking::Stacked,
        (ChartKind::Bars | ChartKind::Columns | ChartKind::Areas, Some("stacked100")) => Stacking::Shares,
        (ChartKind::Areas, None) if word == "stackedareachart" => Stacking::Stacked,
        _ => Stacking::Apart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(text: &str) -> Option<Chart> {
        Chart::of(&whotalks_kql_syntax::parse(text).tree)
    }

    #[test]
    fn both_forms_of_parameters_are_read() {
        let chart = chart("T | render timechart with (title='Bytes', xcolumn=Timestamp, ycolumns=Sent, Received, series=Host, ymin=-5, legend=hidden, yaxis=log)").unwrap();
        assert_eq!(chart.kind, ChartKind::Lines);
        assert_eq!(chart.title.as_deref(), Some("Bytes"));
        assert_eq!(chart.x_column.as_deref(), Some("Timestamp"));
        assert_eq!(chart.y_columns, ["Sent", "Received"]);
        assert_eq!(chart.series, ["Host"]);
        assert_eq!((chart.least, chart.greatest), (Some(-5.0), None));
        assert!(chart.logarithmic && !chart.legend);
        let older = super::Chart::of(&whotalks_kql_syntax::parse("T | render barchart kind=default title='x'").tree);
        assert_eq!(older.unwrap().title.as_deref(), Some("x"));
    }

    #[test]
    fn only_the_last_operator_of_the_last_query_draws() {
        assert_eq!(chart("T | count"), None);
        assert_eq!(chart("let a = 1; T | render piechart").unwrap().kind, ChartKind::Parts);
        let kind = chart("T | render columnchart with (kind=stacked100)").unwrap();
        assert_eq!((kind.kind, kind.stacking), (ChartKind::Columns, Stacking::Shares));
        assert_eq!(
            chart("T | render treemap").unwrap().kind,
            ChartKind::Other("treemap".to_owned())
        );
    }
}
