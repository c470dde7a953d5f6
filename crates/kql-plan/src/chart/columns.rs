//! Which column of an answer has which part in a picture.
//!
//! The rules are those of the language: the first column goes along the axis (of lines the first one of times, else of numbers),
//! columns of numbers are drawn, and texts between them keep series apart.

use whotalks_kql_values::KustoType;

use super::{Chart, ChartKind};
use crate::Column;

/// The places of columns in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// What goes along the axis.
    pub(super) x: usize,
    /// What is drawn.
    pub(super) ys: Vec<usize>,
    /// What keeps series apart.
    pub(super) series: Vec<usize>,
}

impl Parts {
    /// None where there is nothing to draw, or nothing to draw it along.
    pub(super) fn of(columns: &[Column], chart: &Chart) -> Option<Self> {
        let named = |name: &String| columns.iter().position(|column| column.name == *name);
        let x = chart
            .x_column
            .as_ref()
            .and_then(named)
            .or_else(|| along(columns, &chart.kind))?;
        let mut series: Vec<usize> = chart.series.iter().filter_map(named).collect();
        let ys: Vec<usize> = match chart.y_columns.iter().filter_map(named).collect::<Vec<_>>() {
            said if !said.is_empty() => said,
            _ => (0..columns.len())
                .filter(|place| *place != x && !series.contains(place) && is_drawn(columns, *place))
                .collect(),
        };
        if series.is_empty() {
            series = (0..columns.len())
                .filter(|place| *place != x && !ys.contains(place) && keeps_apart(columns, *place))
                .collect();
        }
        (!ys.is_empty()).then_some(Self { x, ys, series })
    }
}

fn along(columns: &[Column], kind: &ChartKind) -> Option<usize> {
    let of = |test: fn(KustoType) -> bool| columns.iter().position(|column| test(column.kusto_type));
    match kind {
        ChartKind::Lines | ChartKind::Areas | ChartKind::Points => of(|it| it == KustoType::DateTime)
            .or_else(|| series_of_times(columns))
            .or_else(|| of(|it| it.is_number() || it == KustoType::TimeSpan))
            .or(Some(0)),
        _ => (!columns.is_empty()).then_some(0),
    }
}

/// The arrays of `make-series`: the last of them holds the times.
fn series_of_times(columns: &[Column]) -> Option<usize> {
    let arrays = |column: &Column| column.kusto_type == KustoType::Dynamic;
    (columns.iter().filter(|column| arrays(column)).count() > 1).then(|| columns.iter().rposition(arrays))?
}

fn is_drawn(columns: &[Column], place: usize) -> bool {
    columns.get(place).is_some_and(|column| {
        column.kusto_type.is_number() || matches!(column.kusto_type, KustoType::TimeSpan | KustoType::Dynamic)
    })
}

fn keeps_apart(columns: &[Column], place: usize) -> bool {
    columns
        .get(place)
        .is_some_and(|column| matches!(column.kusto_type, KustoType::String | KustoType::Bool | KustoType::Guid))
}

#[cfg(test)]
mod tests {
    use whotalks_kql_syntax::parse;

    use super::*;

    fn parts(render: &str, columns: &[(&str, KustoType)]) -> Option<Parts> {
        let chart = Chart::of(&parse(&format!("T | render {render}")).tree).unwrap();
        let columns: Vec<Column> = columns.iter().map(|(name, it)| Column::new(*name, *it)).collect();
        Parts::of(&columns, &chart)
    }

    const T: KustoType = KustoType::DateTime;
    const S: KustoType = KustoType::String;
    const N: KustoType = KustoType::Long;

    #[test]
    fn lines_go_along_time_wherever_it_stands() {
        let found = parts("timechart", &[("host", S), ("time", T), ("sent", N), ("received", N)]).unwrap();
        assert_eq!((found.x, found.ys, found.series), (1, vec![2, 3], vec![0]));
    }

    #[test]
    fn bars_go_along_the_first_column() {
        let found = parts("barchart", &[("name", S), ("count_", N)]).unwrap();
        assert_eq!((found.x, found.ys, found.series), (0, vec![1], vec![]));
        assert_eq!(parts("barchart", &[("name", S)]), None);
    }

    #[test]
    fn what_is_said_comes_first() {
        let columns = [("a", N), ("b", N), ("c", N), ("d", S)];
        let found = parts("columnchart with (xcolumn=b, ycolumns=c, series=d)", &columns).unwrap();
        assert_eq!((found.x, found.ys, found.series), (1, vec![2], vec![3]));
    }

    #[test]
    fn arrays_of_make_series_go_along_the_last_one() {
        let found = parts(
            "timechart",
            &[
                ("name", S),
                ("count_", KustoType::Dynamic),
                ("time", KustoType::Dynamic),
            ],
        );
        let found = found.unwrap();
        assert_eq!((found.x, found.ys, found.series), (2, vec![1], vec![0]));
    }
}
