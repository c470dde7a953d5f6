//! What `render` draws, as a picture for a page: bars, columns, lines, areas, points.

use maud::{Markup, html};
use whotalks_case::kql::chart::{Axis, Chart, ChartKind, Picture, Series, Stacking};
use whotalks_case::kql::values::DateTime;

use crate::format::{cut_end, number};
use crate::messages::HuntMessage as M;
use crate::words::Words;

/// The looks of series, in turn: classes of the style sheet.
const LOOKS: [&str; 8] = ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"];
/// The most names that bars are drawn for; the table below has the rest.
const MOST_BARS: usize = 200;
/// Width of a picture in units of its own.
const WIDTH: f64 = 1_100.0;
/// Room for names at the left of bars.
const NAMES: f64 = 260.0;
/// Room for values at the left of columns.
const LEFT: f64 = 90.0;
/// The right end of the picture, with room for a value behind a bar.
const RIGHT: f64 = 990.0;
/// Where columns begin and end.
const TOP: f64 = 12.0;
const BOTTOM: f64 = 300.0;
/// Height of a bar, and room between names.
const BAR: f64 = 16.0;
const BETWEEN: f64 = 8.0;
/// Characters of a name that fit beside bars.
const NAME_COLUMNS: usize = 36;
/// Values that stand along an axis.
const TICKS: usize = 5;
/// Times that stand along an axis.
const TIMES: usize = 4;

/// Single values under their names.
pub(super) fn card(picture: &Picture) -> Markup {
    let Axis::Names(values) = &picture.axis else {
        return html! {};
    };
    html! {
        div class="tiles" {
            @for (series, value) in picture.series.iter().zip(values) {
                div class="tile" { span class="number" { (value) } span class="what" { (series.name) } }
            }
        }
    }
}

/// A picture with its legend.
pub(super) fn chart(words: &Words, chart: &Chart, picture: &Picture) -> Markup {
    let drawing = Drawing::new(chart, picture);
    let lies = matches!(chart.kind, ChartKind::Bars | ChartKind::Parts);
    let omitted = (picture.axis.len().saturating_sub(MOST_BARS)) as u64;
    html! {
        figure class="chart" {
            @if lies { (drawing.bars()) } @else { (drawing.plane()) }
            figcaption {
                @if chart.legend && picture.series.len() > 1 {
                    @for (index, series) in picture.series.iter().enumerate() {
                        span class={ "key " (look(index)) } { "■ " (series.name) }
                    }
                }
                @for title in [&chart.x_title, &chart.y_title].into_iter().flatten() { span { (title) } }
                @if chart.logarithmic && !drawing.logarithmic { span { (words.text(&M::ChartNotLogarithmic)) } }
                @if lies && omitted > 0 { span { (words.text(&M::ChartPlacesOmitted { count: omitted })) } }
            }
        }
    }
}

fn look(series: usize) -> &'static str {
    LOOKS.get(series % LOOKS.len()).copied().unwrap_or_default()
}

struct Drawing<'a> {
    chart: &'a Chart,
    picture: &'a Picture,
    least: f64,
    greatest: f64,
    logarithmic: bool,
}

impl<'a> Drawing<'a> {
    fn new(chart: &'a Chart, picture: &'a Picture) -> Self {
        let (least, greatest) = picture.bounds(chart);
        let values = || {
            picture
                .series
                .iter()
                .flat_map(|series| series.values.iter().flatten().copied())
        };
        let logarithmic = chart.logarithmic && chart.stacking == Stacking::Apart && values().all(|value| value > 0.0);
        let smallest = values().fold(f64::INFINITY, f64::min);
        let floor = 10f64.powf(smallest.log10().floor());
        Self {
            chart,
            picture,
            least: if logarithmic { floor } else { least },
            greatest,
            logarithmic,
        }
    }

    /// The part of the axis of values below a value.
    fn share(&self, value: f64) -> f64 {
        let (least, greatest, value) = if self.logarithmic {
            (self.least.log10(), self.greatest.log10(), value.max(self.least).log10())
        } else {
            (self.least, self.greatest, value)
        };
        let range = greatest - least;
        if range > 0.0 {
            ((value - least) / range).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }

    fn zero(&self) -> f64 {
        if self.logarithmic { 0.0 } else { self.share(0.0) }
    }

    fn value(&self, value: f64) -> String {
        let text = number(value);
        match (self.picture.in_seconds, self.chart.stacking) {
            (_, Stacking::Shares) => format!("{text} %"),
            (true, _) => format!("{text} s"),
            _ => text,
        }
    }

    fn stacked(&self) -> bool {
        self.chart.stacking != Stacking::Apart
    }

    /// Where what is drawn of a series at a place begins and ends on the axis of values.
    fn reach(&self, series: usize, place: usize) -> Option<(f64, f64)> {
        let at = |series: &Series| series.values.get(place).copied().flatten();
        let value = self.picture.series.get(series).and_then(at)?;
        if !self.stacked() {
            return Some((self.zero(), self.share(value)));
        }
        let same_sign = |other: &f64| (*other < 0.0) == (value < 0.0);
        let below: f64 = self
            .picture
            .series
            .iter()
            .take(series)
            .filter_map(at)
            .filter(same_sign)
            .sum();
        Some((self.share(below), self.share(below + value)))
    }

    fn names(&self) -> Vec<String> {
        match &self.picture.axis {
            Axis::Names(names) => names.clone(),
            Axis::Numbers(numbers) => numbers.iter().map(|value| number(*value)).collect(),
            Axis::Times(times) => times.iter().map(|ticks| time(*ticks)).collect(),
        }
    }

    /// Bars that lie, one below another.
    fn bars(&self) -> Markup {
        let names = self.names();
        let lanes = if self.stacked() {
            1
        } else {
            self.picture.series.len().max(1)
        };
        let step = lanes as f64 * BAR + BETWEEN;
        let height = names.len().min(MOST_BARS) as f64 * step + BETWEEN;
        let whole: f64 = self
            .picture
            .series
            .iter()
            .flat_map(|series| series.values.iter().flatten())
            .sum();
        html! {
            svg viewBox={ "0 0 " (WIDTH) " " (short(height)) } role="img" {
                @for (place, name) in names.iter().take(MOST_BARS).enumerate() {
                    @let y = BETWEEN + place as f64 * step;
                    text x=(NAMES - 8.0) y=(short(y + BAR * 0.75)) text-anchor="end" {
                        (cut_end(name, NAME_COLUMNS)) title { (name) }
                    }
                    @for index in 0..self.picture.series.len() { (self.bar(index, place, y, whole)) }
                }
                line class="axis" x1=(self.bar_x(self.zero())) x2=(self.bar_x(self.zero())) y1="0" y2=(short(height)) {}
            }
        }
    }

    fn bar_x(&self, share: f64) -> f64 {
        short(NAMES + (RIGHT - NAMES) * share)
    }

    fn bar(&self, series: usize, place: usize, y: f64, whole: f64) -> Markup {
        let (Some((from, to)), Some(value)) = (self.reach(series, place), self.at(series, place)) else {
            return html! {};
        };
        let lane = if self.stacked() { 0.0 } else { series as f64 * BAR };
        let (left, right) = (self.bar_x(from.min(to)), self.bar_x(from.max(to)));
        let text = match self.chart.kind {
            ChartKind::Parts if whole > 0.0 => format!("{} · {:.1} %", self.value(value), value / whole * 100.0),
            _ => self.value(value),
        };
        let last = !self.stacked() || series.saturating_add(1) == self.picture.series.len();
        html! {
            rect class=(look(series)) x=(left) y=(short(y + lane)) width=(short((right - left).max(0.5))) height=(BAR - 2.0) {
                title { (self.name(series)) " · " (text) }
            }
            @if last {
                text class="scale" x=(right + 6.0) y=(short(y + lane + BAR * 0.75)) { (text) }
            }
        }
    }

    fn at(&self, series: usize, place: usize) -> Option<f64> {
        self.picture.series.get(series)?.values.get(place).copied().flatten()
    }

    fn name(&self, series: usize) -> &str {
        self.picture
            .series
            .get(series)
            .map(|series| series.name.as_str())
            .unwrap_or_default()
    }

    /// Columns, lines, areas or points along an axis.
    fn plane(&self) -> Markup {
        let along = Along::of(&self.picture.axis);
        html! {
            svg viewBox={ "0 0 " (WIDTH) " " (BOTTOM + 40.0) } role="img" {
                (self.scale())
                @for index in 0..self.picture.series.len() {
                    g class=(look(index)) {
                        title { (self.name(index)) }
                        @match self.chart.kind {
                            ChartKind::Lines => (self.line(index, &along)),
                            ChartKind::Areas => (self.area(index, &along)),
                            ChartKind::Points => (self.points(index, &along)),
                            _ => (self.columns(index, &along)),
                        }
                    }
                }
                line class="axis" x1=(LEFT) x2=(RIGHT) y1=(self.y(self.zero())) y2=(self.y(self.zero())) {}
                (self.along(&along))
            }
        }
    }

    fn y(&self, share: f64) -> f64 {
        short(BOTTOM - (BOTTOM - TOP) * share)
    }

    fn scale(&self) -> Markup {
        let value = |tick: usize| {
            let part = tick as f64 / (TICKS - 1) as f64;
            let value = if self.logarithmic {
                10f64.powf(self.least.log10() + (self.greatest.log10() - self.least.log10()) * part)
            } else {
                self.least + (self.greatest - self.least) * part
            };
            (self.y(part), value)
        };
        html! {
            @for (y, value) in (0..TICKS).map(value) {
                line class="grid" x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) {}
                text class="scale" x=(LEFT - 8.0) y=(y + 4.0) text-anchor="end" { (self.value(value)) }
            }
        }
    }

    fn along(&self, along: &Along) -> Markup {
        let names = self.names();
        let count = names.len();
        let places: Vec<usize> = match &self.picture.axis {
            Axis::Names(_) => (0..count).collect(),
            _ => spread(count),
        };
        let room = match &self.picture.axis {
            Axis::Names(_) => (150.0 / count.max(1) as f64) as usize,
            _ => NAME_COLUMNS,
        };
        html! {
            @for place in places {
                text class="scale" x=(along.x(place)) y=(BOTTOM + 18.0) text-anchor="middle" {
                    (cut_end(names.get(place).map(String::as_str).unwrap_or_default(), room))
                    title { (names.get(place).map(String::as_str).unwrap_or_default()) }
                }
            }
        }
    }

    fn columns(&self, series: usize, along: &Along) -> Markup {
        let lanes = if self.stacked() {
            1.0
        } else {
            self.picture.series.len().max(1) as f64
        };
        let width = along.width / lanes;
        let lane = if self.stacked() { 0.0 } else { series as f64 };
        let mut path = String::new();
        for place in 0..self.picture.axis.len() {
            let Some((from, to)) = self.reach(series, place) else {
                continue;
            };
            let left = short(along.x(place) - along.width / 2.0 + lane * width);
            let (top, bottom) = (self.y(from.max(to)), self.y(from.min(to)));
            let (width, height) = (short((width * 0.9).max(0.5)), short((bottom - top).max(0.5)));
            path.push_str(&format!("M{left} {top}h{width}v{height}h-{width}z"));
        }
        html! { path d=(path) {} }
    }

    /// Lines break where there is no value.
    fn line(&self, series: usize, along: &Along) -> Markup {
        let mut path = String::new();
        let mut is_open = false;
        for place in 0..self.picture.axis.len() {
            let Some((_, to)) = self.reach(series, place) else {
                is_open = false;
                continue;
            };
            let sign = if is_open { 'L' } else { 'M' };
            path.push_str(&format!("{sign}{} {}", along.x(place), self.y(to)));
            is_open = true;
        }
        html! { path class="line" d=(path) {} @if self.picture.axis.len() <= MOST_BARS { (self.points(series, along)) } }
    }

    fn area(&self, series: usize, along: &Along) -> Markup {
        let reaches = (0..self.picture.axis.len()).filter_map(|place| {
            let (from, to) = self.reach(series, place)?;
            Some((along.x(place), self.y(from), self.y(to)))
        });
        let reaches: Vec<(f64, f64, f64)> = reaches.collect();
        let mut path = String::new();
        for (index, (x, _, to)) in reaches.iter().enumerate() {
            let sign = if index == 0 { 'M' } else { 'L' };
            path.push_str(&format!("{sign}{x} {to}"));
        }
        for (x, from, _) in reaches.iter().rev() {
            path.push_str(&format!("L{x} {from}"));
        }
        if !path.is_empty() {
            path.push('z');
        }
        html! { path class="area" d=(path) {} }
    }

    fn points(&self, series: usize, along: &Along) -> Markup {
        let names = self.names();
        html! {
            @for place in 0..self.picture.axis.len() {
                @if let (Some((_, to)), Some(value)) = (self.reach(series, place), self.at(series, place)) {
                    circle cx=(along.x(place)) cy=(self.y(to)) r="2.5" {
                        title { (names.get(place).map(String::as_str).unwrap_or_default()) " · " (self.name(series)) " · " (self.value(value)) }
                    }
                }
            }
        }
    }
}

/// Where the places of an axis lie in the picture.
struct Along {
    places: Vec<f64>,
    /// The width of what is drawn at a place.
    width: f64,
}

impl Along {
    fn of(axis: &Axis) -> Self {
        let values: Vec<f64> = match axis {
            Axis::Names(names) => (0..names.len()).map(|place| place as f64).collect(),
            Axis::Numbers(numbers) => numbers.clone(),
            Axis::Times(times) => times.iter().map(|ticks| *ticks as f64).collect(),
        };
        let first = values.first().copied().unwrap_or(0.0);
        let range = values.last().copied().unwrap_or(0.0) - first;
        let distances = values.windows(2).filter_map(|pair| match pair {
            [one, two] => Some(two - one).filter(|distance| *distance > 0.0),
            _ => None,
        });
        let least = distances.fold(f64::INFINITY, f64::min);
        let slots = if least.is_finite() { range / least + 1.0 } else { 1.0 };
        let width = ((RIGHT - LEFT) / slots).clamp(1.0, 80.0);
        let room = RIGHT - LEFT - width;
        let place = |value: &f64| {
            let share = if range > 0.0 { (value - first) / range } else { 0.5 };
            short(LEFT + width / 2.0 + room * share)
        };
        Self {
            places: values.iter().map(place).collect(),
            width,
        }
    }

    fn x(&self, place: usize) -> f64 {
        self.places.get(place).copied().unwrap_or(LEFT)
    }
}

/// The first place, the last one and some between them.
fn spread(count: usize) -> Vec<usize> {
    let last = count.saturating_sub(1);
    let mut places: Vec<usize> = (0..=TIMES).map(|tick| last * tick / TIMES).collect();
    places.dedup();
    places.truncate(count);
    places
}

fn time(ticks: i64) -> String {
    let text = DateTime::from_ticks(ticks)
        .map(|time| time.to_string())
        .unwrap_or_default();
    text.replace(".0000000Z", "Z").replace('T', " ")
}

/// Two decimals are enough for a picture.
fn short(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
