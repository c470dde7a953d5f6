//! What `render` draws, for a terminal: bars that lie for names, bars that stand along times and numbers, points, single values.
//!
//! Shapes tell everything that colours tell, so that nothing is lost where there are none.

mod bars;
mod panels;
mod points;

use whotalks_case::kql::chart::{Axis, Chart, ChartKind, Picture, Series, Stacking};
use whotalks_case::kql::values::DateTime;

use super::ink::{Painted, Role};
use super::{Face, Page};
use crate::format;
use crate::messages::{HuntMessage as M, Message};

/// The most series of one picture on a screenful; eight looks can be told apart.
const MOST_SERIES: usize = 8;

/// The looks of series, in turn.
const ROLES: [Role; 4] = [Role::Note, Role::Caution, Role::Alarm, Role::Command];

/// Writes a picture, and says what of it is not drawn.
pub(super) fn write(face: &Face, page: &mut Page, chart: &Chart, picture: &Picture) {
    if let Some(title) = &chart.title {
        page.line(0, &face.ink.paint(Role::Heading, title));
        page.gap();
    }
    if chart.kind == ChartKind::Card {
        return card(face, page, picture);
    }
    let drawing = Drawing::new(face, chart, picture);
    match (&chart.kind, &picture.axis) {
        (ChartKind::Points, Axis::Times(_) | Axis::Numbers(_)) => points::write(&drawing, page),
        (ChartKind::Parts | ChartKind::Bars, _) | (_, Axis::Names(_)) => bars::write(&drawing, page),
        _ => panels::write(&drawing, page),
    }
    drawing.say(page, picture);
}

/// Single values under their names.
fn card(face: &Face, page: &mut Page, picture: &Picture) {
    let Axis::Names(values) = &picture.axis else { return };
    for (series, value) in picture.series.iter().zip(values) {
        page.line(0, &face.ink.paint(Role::Muted, &series.name));
        page.line(2, &face.ink.paint(Role::Heading, value));
    }
}

/// A picture with what its parts share.
struct Drawing<'a> {
    face: &'a Face,
    chart: &'a Chart,
    picture: &'a Picture,
    /// The series that are drawn: those with the greatest sums, in the order of the answer.
    series: Vec<&'a Series>,
    least: f64,
    greatest: f64,
    /// Whether the axis of values is logarithmic, which only positive values can be.
    logarithmic: bool,
}

impl<'a> Drawing<'a> {
    fn new(face: &'a Face, chart: &'a Chart, picture: &'a Picture) -> Self {
        let (least, greatest) = picture.bounds(chart);
        let positive = picture
            .series
            .iter()
            .all(|series| series.values.iter().flatten().all(|value| *value > 0.0));
        Self {
            face,
            chart,
            picture,
            series: greatest_series(&picture.series, face.shown(picture.series.len(), MOST_SERIES)),
            least,
            greatest,
            logarithmic: chart.logarithmic && positive,
        }
    }

    fn role(&self, series: usize) -> Role {
        if self.series.len() < 2 {
            return Role::Note;
        }
        ROLES.get(series % ROLES.len()).copied().unwrap_or(Role::Plain)
    }

    /// The part of the axis of values that lies below a value, between 0 and 1.
    fn height(&self, value: f64) -> f64 {
        let (least, greatest, value) = if self.logarithmic {
            (self.floor().log10(), self.greatest.log10(), value.log10())
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

    /// Where a logarithmic axis begins: at the power of ten below the least value.
    fn floor(&self) -> f64 {
        let values = self.series.iter().flat_map(|series| series.values.iter().flatten());
        let least = values.fold(f64::INFINITY, |least, value| least.min(*value));
        10f64.powf(least.log10().floor() - 1.0)
    }

    fn value(&self, value: f64) -> String {
        let text = format::number(value);
        match (self.picture.in_seconds, self.chart.stacking) {
            (_, Stacking::Shares) => format!("{text} %"),
            (true, _) => format!("{text} s"),
            _ => text,
        }
    }

    fn text(&self, message: &impl Message) -> String {
        self.face.words.text(message)
    }

    fn muted(&self, text: &str) -> Painted {
        self.face.ink.paint(Role::Muted, text)
    }

    /// What is not drawn as asked.
    fn say(&self, page: &mut Page, picture: &Picture) {
        let omitted = picture.series.len().saturating_sub(self.series.len()) as u64;
        if omitted > 0 {
            page.line(0, &self.muted(&self.text(&M::ChartSeriesOmitted { count: omitted })));
        }
        if self.chart.logarithmic {
            let said = if self.logarithmic {
                M::ChartLogarithmic
            } else {
                M::ChartNotLogarithmic
            };
            page.line(0, &self.muted(&self.text(&said)));
        }
    }
}

/// The series with the greatest sums, in the order of the answer.
fn greatest_series(series: &[Series], most: usize) -> Vec<&Series> {
    let sum = |series: &Series| series.values.iter().flatten().map(|value| value.abs()).sum::<f64>();
    let mut order: Vec<usize> = (0..series.len()).collect();
    order.sort_by(|one, two| {
        let of = |index: &usize| series.get(*index).map_or(0.0, sum);
        of(two).total_cmp(&of(one)).then(one.cmp(two))
    });
    order.truncate(most);
    order.sort_unstable();
    order.into_iter().filter_map(|index| series.get(index)).collect()
}

/// A time as charts write it: without fractions that say nothing.
fn time(ticks: i64) -> String {
    let text = DateTime::from_ticks(ticks)
        .map(|time| time.to_string())
        .unwrap_or_default();
    text.replace(".0000000Z", "Z").replace('T', " ")
}
