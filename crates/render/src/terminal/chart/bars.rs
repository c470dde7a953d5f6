//! Bars that lie: one for each name and series, or one for each name in which series follow each other.

use whotalks_case::kql::chart::{Axis, ChartKind, Stacking};

use super::{Drawing, Page, time};
use crate::format::{self, cut_end, display_width};
use crate::messages::HuntMessage as M;
use crate::sanitize;
use crate::terminal::ink::{Painted, Role};

/// Names that a screenful has room for.
const MOST_PLACES: usize = 40;
/// The widest name.
const MOST_NAME_COLUMNS: usize = 40;
/// The widest name of a series.
const MOST_SERIES_COLUMNS: usize = 20;
/// Blanks between two parts of a line.
const GAP: usize = 2;
/// The narrowest room for bars.
const LEAST_BAR_COLUMNS: usize = 10;
/// Ends of bars, by the eighths of a column that they fill.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
/// What fills the parts of a bar.
const FILLS: [char; 8] = ['█', '▓', '▒', '░', '#', '=', '+', '·'];

pub(super) fn write(drawing: &Drawing<'_>, page: &mut Page) {
    let names = names(&drawing.picture.axis);
    let shown = drawing.face.shown(names.len(), MOST_PLACES);
    let layout = Layout::of(drawing, names.get(..shown).unwrap_or(&names));
    for (place, name) in names.iter().enumerate().take(shown) {
        if is_stacked(drawing) {
            page.verbatim(&layout.stacked(drawing, place, name));
        } else {
            layout.apart(drawing, place, name, page);
        }
    }
    if is_stacked(drawing) && drawing.chart.legend {
        legend(drawing, page);
    }
    let omitted = names.len().saturating_sub(shown) as u64;
    if omitted > 0 {
        page.line(
            0,
            &drawing.muted(&drawing.text(&M::ChartPlacesOmitted { count: omitted })),
        );
    }
}

fn is_stacked(drawing: &Drawing<'_>) -> bool {
    drawing.chart.stacking != Stacking::Apart && drawing.series.len() > 1
}

fn names(axis: &Axis) -> Vec<String> {
    let names: Vec<String> = match axis {
        Axis::Names(names) => names.clone(),
        Axis::Numbers(numbers) => numbers.iter().map(|number| format::number(*number)).collect(),
        Axis::Times(times) => times.iter().map(|ticks| time(*ticks)).collect(),
    };
    names.iter().map(|name| sanitize::terminal(name)).collect()
}

/// Columns of the parts of a line.
struct Layout {
    name: usize,
    series: usize,
    bar: usize,
    /// The sum of all values, of which parts are told as shares.
    whole: Option<f64>,
}

impl Layout {
    fn of(drawing: &Drawing<'_>, names: &[String]) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = usize>, most: usize| texts.max().unwrap_or(0).min(most);
        let name = widest(&mut names.iter().map(|name| display_width(name)), MOST_NAME_COLUMNS);
        let several = drawing.series.len() > 1 && !is_stacked(drawing);
        let series = if several {
            let widths = drawing
                .series
                .iter()
                .map(|series| display_width(&sanitize::terminal(&series.name)));
            widest(&mut widths.into_iter(), MOST_SERIES_COLUMNS).saturating_add(GAP)
        } else {
            0
        };
        let all = drawing
            .picture
            .series
            .iter()
            .flat_map(|series| series.values.iter().flatten());
        let whole = (drawing.chart.kind == ChartKind::Parts).then(|| all.sum());
        let values = drawing.series.iter().flat_map(|series| series.values.iter().flatten());
        let mut layout = Self {
            name,
            series,
            bar: 0,
            whole,
        };
        let value = widest(
            &mut values.map(|value| display_width(&layout.value(drawing, *value))),
            usize::MAX,
        );
        let taken = name
            .saturating_add(series)
            .saturating_add(value)
            .saturating_add(2 * GAP);
        layout.bar = drawing.face.width.saturating_sub(taken).max(LEAST_BAR_COLUMNS);
        layout
    }

    /// A value, and what part of the whole it is.
    fn value(&self, drawing: &Drawing<'_>, value: f64) -> String {
        match self.whole.filter(|whole| *whole > 0.0) {
            Some(whole) => format!("{}  {:.1} %", drawing.value(value), value / whole * 100.0),
            None => drawing.value(value),
        }
    }

    fn head(&self, drawing: &Drawing<'_>, name: &str) -> Painted {
        drawing.face.ink.plain(&cut_end(name, self.name))
    }

    /// A line for each series; the name stands in the first of them.
    fn apart(&self, drawing: &Drawing<'_>, place: usize, name: &str, page: &mut Page) {
        let ink = drawing.face.ink;
        let mut name = Some(name);
        for (index, series) in drawing.series.iter().enumerate() {
            let Some(value) = series.values.get(place).copied().flatten() else {
                continue;
            };
            let mut line = self.head(drawing, name.take().unwrap_or_default());
            if self.series > 0 {
                let label = cut_end(&sanitize::terminal(&series.name), self.series.saturating_sub(GAP));
                line = line.tab(self.name.saturating_add(GAP), 0, &ink.paint(Role::Muted, &label));
            }
            let start = self.name.saturating_add(self.series).saturating_add(GAP);
            let (blanks, bar) = self.bar(drawing, value);
            line = line.tab(start.saturating_add(blanks), 0, &ink.paint(drawing.role(index), &bar));
            let end = start.saturating_add(self.bar).saturating_add(GAP);
            page.verbatim(&line.tab(end, 0, &ink.plain(&self.value(drawing, value))));
        }
        if let Some(name) = name {
            // The name is there, and no series has a value.
            page.verbatim(&self.head(drawing, name));
        }
    }

    /// How many blanks stand before a bar, and the bar: from zero to the value.
    fn bar(&self, drawing: &Drawing<'_>, value: f64) -> (usize, String) {
        let room = self.bar as f64;
        let zero = if drawing.logarithmic {
            0.0
        } else {
            drawing.height(0.0) * room
        };
        let end = drawing.height(value) * room;
        if end < zero {
            let start = end.round() as usize;
            let columns = (zero.round() as usize).saturating_sub(start);
            return (start, "█".repeat(columns));
        }
        let eighths = ((end - zero) * 8.0).round() as usize;
        let rest = EIGHTHS.get(eighths % 8).copied().unwrap_or_default();
        (zero.round() as usize, format!("{}{rest}", "█".repeat(eighths / 8)))
    }

    /// One line in which the series follow each other.
    fn stacked(&self, drawing: &Drawing<'_>, place: usize, name: &str) -> Painted {
        let ink = drawing.face.ink;
        let mut line = self
            .head(drawing, name)
            .tab(self.name.saturating_add(GAP), 0, &Painted::default());
        let (mut sum, mut columns) = (0.0, 0usize);
        for (index, series) in drawing.series.iter().enumerate() {
            let value = series.values.get(place).copied().flatten().filter(|value| *value > 0.0);
            sum += value.unwrap_or(0.0);
            let end = (drawing.height(sum) * self.bar as f64).round() as usize;
            let part = fill(index).to_string().repeat(end.saturating_sub(columns));
            line = line.then(&ink.paint(drawing.role(index), &part));
            columns = columns.max(end);
        }
        let end = self.name.saturating_add(self.bar).saturating_add(2 * GAP);
        line.tab(end, 0, &ink.plain(&drawing.value(sum)))
    }
}

fn fill(series: usize) -> char {
    FILLS.get(series % FILLS.len()).copied().unwrap_or('█')
}

fn legend(drawing: &Drawing<'_>, page: &mut Page) {
    let ink = drawing.face.ink;
    let keys: Vec<Painted> = drawing
        .series
        .iter()
        .enumerate()
        .map(|(index, series)| {
            let mark = ink.paint(drawing.role(index), &fill(index).to_string());
            mark.then(&ink.plain(&format!(" {}", series.name)))
        })
        .collect();
    page.line(0, &Painted::join(&keys, "   "));
}
