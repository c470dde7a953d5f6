//! The values of an answer in the order in which they are drawn.

use std::collections::HashMap;

use whotalks_kql_values::{KustoType, Value, convert};

use super::columns::Parts;
use super::{Chart, ChartKind, Stacking};
use crate::{Answer, Column};

/// The most places along the axis; more of them could be told apart on no screen.
const MOST_PLACES: usize = 100_000;
/// The most series; more of them could be told apart on no screen.
const MOST_SERIES: usize = 1_000;
/// Ticks of a second.
const TICKS_PER_SECOND: f64 = 1e7;

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What goes along the axis, one place after the other.
    pub axis: Axis,
    /// The name of the column that goes along the axis.
    pub along: String,
    /// What is drawn.
    pub series: Vec<Series>,
    /// Whether the values are lengths of time, in seconds.
    pub in_seconds: bool,
}

/// What stands along the axis.
#[derive(Debug, Clone, PartialEq)]
pub enum Axis {
    /// Names, in the order of the rows.
    Names(Vec<String>),
    /// Numbers, rising.
    Numbers(Vec<f64>),
    /// Times, rising, in ticks of 100 ns since the year 1.
    Times(Vec<i64>),
}

/// One line, one colour of bars, one set of points.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// Its value at each place of the axis; none where it has none there.
    pub values: Vec<Option<f64>>,
}

/// Why nothing is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undrawable {
    /// Rows as a table are no picture.
    Table,
    /// Pictures of that kind are not drawn.
    Kind(String),
    /// There is no row.
    NoRows,
    /// No column holds numbers to draw.
    NoNumbers,
    /// There are more places along the axis than can be drawn.
    TooManyPlaces(usize),
    /// There are more series than can be drawn.
    TooManySeries(usize),
    /// Parts of a whole cannot be negative.
    NegativeParts,
}

impl Axis {
    /// How many places there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Names(names) => names.len(),
            Self::Numbers(numbers) => numbers.len(),
            Self::Times(times) => times.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Picture {
    /// What is drawn of an answer.
    ///
    /// # Errors
    ///
    /// Why nothing is.
    pub fn of(answer: &Answer, chart: &Chart) -> Result<Self, Undrawable> {
        match &chart.kind {
            ChartKind::Table => return Err(Undrawable::Table),
            ChartKind::Other(word) => return Err(Undrawable::Kind(word.clone())),
            _ if answer.row_count() == 0 => return Err(Undrawable::NoRows),
            ChartKind::Card => return card(answer),
            _ => {}
        }
        let parts = Parts::of(&answer.columns, chart).ok_or(Undrawable::NoNumbers)?;
        let mut points = Points::new(&answer.columns, &parts);
        answer.for_each_row(|row| points.row(row));
        let mut picture = points.picture()?;
        picture.finish(chart)?;
        Ok(picture)
    }

    fn finish(&mut self, chart: &Chart) -> Result<(), Undrawable> {
        if chart.kind == ChartKind::Parts {
            let negative = self.values().any(|value| value < 0.0);
            return if negative {
                Err(Undrawable::NegativeParts)
            } else {
                Ok(())
            };
        }
        if chart.accumulates {
            self.series.iter_mut().for_each(Series::accumulate);
        }
        if chart.stacking == Stacking::Shares {
            self.share();
        }
        Ok(())
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        self.series
            .iter()
            .flat_map(|series| series.values.iter().flatten().copied())
    }

    /// Each value as percent of its place.
    fn share(&mut self) {
        for place in 0..self.axis.len() {
            let at = |series: &Series| series.values.get(place).copied().flatten();
            let whole: f64 = self.series.iter().filter_map(at).sum();
            for value in self.series.iter_mut().filter_map(|series| series.values.get_mut(place)) {
                *value = value.filter(|_| whole > 0.0).map(|value| value / whole * 100.0);
            }
        }
    }

    /// The least and the greatest value, 0 among them; of what is stacked the height of the stack.
    pub fn bounds(&self, chart: &Chart) -> (f64, f64) {
        let sums = |positive: bool| {
            let of_sign = move |value: &f64| (*value > 0.0) == positive;
            (0..self.axis.len()).map(move |place| {
                let at = self
                    .series
                    .iter()
                    .filter_map(|series| series.values.get(place).copied().flatten());
                at.filter(of_sign).sum::<f64>()
            })
        };
        let (least, greatest) = match chart.stacking {
            Stacking::Apart => (self.values().fold(0.0, f64::min), self.values().fold(0.0, f64::max)),
            _ => (sums(false).fold(0.0, f64::min), sums(true).fold(0.0, f64::max)),
        };
        (chart.least.unwrap_or(least), chart.greatest.unwrap_or(greatest))
    }
}

impl Series {
    fn accumulate(&mut self) {
        let mut sum = 0.0;
        for value in self.values.iter_mut().flatten() {
            sum += *value;
            *value = sum;
        }
    }
}

/// Each value of the first row under the name of its column.
fn card(answer: &Answer) -> Result<Picture, Undrawable> {
    let mut values = Vec::new();
    answer.for_each_row(|row| {
        if values.is_empty() {
            values = row.iter().map(|value| convert::to_text(value).into_owned()).collect();
        }
    });
    let series = answer.columns.iter().map(|column| Series {
        name: column.name.clone(),
        values: Vec::new(),
    });
    Ok(Picture {
        axis: Axis::Names(values),
        along: String::new(),
        series: series.collect(),
        in_seconds: false,
    })
}

/// A place along the axis: its value, and how often its series had it before, so that no row hides another.
type PlaceKey = (Place, usize);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Place {
    Name(String),
    /// The bits of a number.
    Number(u64),
    Time(i64),
}

/// One series as it is gathered.
struct Gathered {
    name: String,
    /// Its values by the places of the axis.
    values: HashMap<usize, f64>,
    /// How often it had each place so far.
    seen: HashMap<Place, usize>,
}

/// Values as they are gathered row by row.
struct Points<'a> {
    columns: &'a [Column],
    parts: &'a Parts,
    places: HashMap<PlaceKey, usize>,
    order: Vec<Place>,
    names: HashMap<String, usize>,
    series: Vec<Gathered>,
}

impl<'a> Points<'a> {
    fn new(columns: &'a [Column], parts: &'a Parts) -> Self {
        Self {
            columns,
            parts,
            places: HashMap::new(),
            order: Vec::new(),
            names: HashMap::new(),
            series: Vec::new(),
        }
    }

    fn row(&mut self, row: &[Value<'_>]) {
        let Some(x) = row.get(self.parts.x) else { return };
        let apart: Vec<String> = self
            .parts
            .series
            .iter()
            .filter_map(|place| row.get(*place))
            .map(|value| convert::to_text(value).into_owned())
            .collect();
        for y in &self.parts.ys {
            let (Some(value), Some(column)) = (row.get(*y), self.columns.get(*y)) else {
                continue;
            };
            let name = series_name(&apart, &column.name, self.parts.ys.len());
            match (elements(x), elements(value)) {
                (Some(xs), Some(ys)) => xs.iter().zip(&ys).for_each(|(x, y)| self.point(&name, x, y)),
                _ => self.point(&name, x, value),
            }
        }
    }

    fn point(&mut self, name: &str, x: &Value<'_>, y: &Value<'_>) {
        let Some(place) = place(x) else { return };
        let series = self.series_of(name);
        let Some(Gathered { values, seen, .. }) = self.series.get_mut(series) else {
            return;
        };
        let times = seen.entry(place.clone()).or_default();
        let key = (place.clone(), *times);
        *times = times.saturating_add(1);
        let order = &mut self.order;
        let index = *self.places.entry(key).or_insert_with(|| {
            order.push(place);
            order.len().saturating_sub(1)
        });
        if let Some(number) = number(y) {
            values.insert(index, number);
        }
    }

    fn series_of(&mut self, name: &str) -> usize {
        if let Some(known) = self.names.get(name) {
            return *known;
        }
        let index = self.series.len();
        self.names.insert(name.to_owned(), index);
        self.series.push(Gathered {
            name: name.to_owned(),
            values: HashMap::new(),
            seen: HashMap::new(),
        });
        index
    }

    fn picture(self) -> Result<Picture, Undrawable> {
        if self.order.len() > MOST_PLACES {
            return Err(Undrawable::TooManyPlaces(self.order.len()));
        }
        if self.series.len() > MOST_SERIES {
            return Err(Undrawable::TooManySeries(self.series.len()));
        }
        if self.series.iter().all(|series| series.values.is_empty()) {
            return Err(Undrawable::NoNumbers);
        }
        let (axis, order) = ordered(&self.order);
        let series = self.series.into_iter().map(|Gathered { name, values, .. }| Series {
            name,
            values: order.iter().map(|index| values.get(index).copied()).collect(),
        });
        let spans = |place: &usize| {
            self.columns
                .get(*place)
                .is_some_and(|it| it.kusto_type == KustoType::TimeSpan)
        };
        Ok(Picture {
            axis,
            along: self
                .columns
                .get(self.parts.x)
                .map(|column| column.name.clone())
                .unwrap_or_default(),
            series: series.collect(),
            in_seconds: self.parts.ys.iter().all(spans),
        })
    }
}

/// The axis, and where each of its places was met.
fn ordered(places: &[Place]) -> (Axis, Vec<usize>) {
    let mut order: Vec<usize> = (0..places.len()).collect();
    let at = |index: &usize| places.get(*index);
    let times: Option<Vec<i64>> = places
        .iter()
        .map(|place| match place {
            Place::Time(ticks) => Some(*ticks),
            _ => None,
        })
        .collect();
    let numbers: Option<Vec<f64>> = places
        .iter()
        .map(|place| match place {
            Place::Number(bits) => Some(f64::from_bits(*bits)),
            _ => None,
        })
        .collect();
    if let Some(times) = times {
        order.sort_by_key(|index| times.get(*index).copied());
        let sorted = order.iter().filter_map(|index| times.get(*index).copied());
        return (Axis::Times(sorted.collect()), order);
    }
    if let Some(numbers) = numbers {
        let value = |index: &usize| numbers.get(*index).copied().unwrap_or_default();
        order.sort_by(|one, two| value(one).total_cmp(&value(two)));
        return (Axis::Numbers(order.iter().map(value).collect()), order);
    }
    (
        Axis::Names(order.iter().filter_map(at).map(place_name).collect()),
        order,
    )
}

fn place_name(place: &Place) -> String {
    match place {
        Place::Name(name) => name.clone(),
        Place::Number(bits) => f64::from_bits(*bits).to_string(),
        Place::Time(ticks) => whotalks_kql_values::DateTime::from_ticks(*ticks)
            .map(|time| time.to_string())
            .unwrap_or_default(),
    }
}

/// What a series is called: by what keeps it apart, and by its column where there are several or nothing else.
fn series_name(apart: &[String], column: &str, columns: usize) -> String {
    let apart = apart.join(", ");
    match (apart.is_empty(), columns) {
        (true, _) => column.to_owned(),
        (false, 1) => apart,
        (false, _) => format!("{apart}: {column}"),
    }
}

/// Null has no place along the axis of times or numbers, but is a name like others.
fn place(value: &Value<'_>) -> Option<Place> {
    Some(match value.unpacked() {
        Value::DateTime(time) => Place::Time(time.ticks()),
        Value::Null => Place::Name(String::new()),
        Value::String(text) => Place::Name(text.into_owned()),
        Value::TimeSpan(span) => Place::Number((span.ticks() as f64 / TICKS_PER_SECOND).to_bits()),
        other => match number(&other) {
            Some(number) => Place::Number(number.to_bits()),
            None if other.kusto_type().is_some_and(KustoType::is_number) => return None,
            None => Place::Name(convert::to_text(&other).into_owned()),
        },
    })
}

/// What can be drawn: finite numbers, and lengths of time in seconds.
fn number(value: &Value<'_>) -> Option<f64> {
    let number = match value.unpacked() {
        Value::Int(value) => f64::from(value),
        Value::Long(value) => value as f64,
        Value::Real(value) => value,
        Value::TimeSpan(span) => span.ticks() as f64 / TICKS_PER_SECOND,
        Value::Decimal(_) => convert::to_real(value)?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

fn elements<'v>(value: &'v Value<'_>) -> Option<Vec<Value<'v>>> {
    let elements = value.view()?.elements()?;
    Some(elements.map(|element| element.to_value()).collect())
}
