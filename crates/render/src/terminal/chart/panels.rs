//! Bars that stand along times or numbers: a panel for each series, all of one height and one scale.

use whotalks_case::kql::chart::{Axis, ChartKind, Series, Stacking};

use super::{Drawing, Page, time};
use crate::format::{self, display_width};
use crate::messages::HuntMessage as M;
use crate::terminal::ink::{Painted, Role};

/// Lines of a panel that stands alone, of one of a few, and of one of many.
const HEIGHTS: [usize; 3] = [10, 5, 3];
/// A bar by the eighths of a line that it fills.
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The most slots that are looked at for their width.
const MOST_SLOTS: f64 = 1e6;

pub(super) fn write(drawing: &Drawing<'_>, page: &mut Page) {
    let lines = height(drawing.series.len());
    let labels = [drawing.greatest, drawing.least].map(|value| drawing.value(value));
    let label = labels.iter().map(|label| display_width(label)).max().unwrap_or(0);
    let room = drawing.face.width.saturating_sub(label.saturating_add(2)).max(1);
    let places = Places::of(&drawing.picture.axis, room);
    for (index, series) in drawing.series.iter().enumerate() {
        if drawing.picture.series.len() > 1 {
            page.gap();
            page.line(0, &drawing.face.ink.paint(Role::Heading, &series.name));
        }
        panel(
            drawing,
            &places,
            series,
            drawing.role(index),
            lines,
            (label, &labels),
            page,
        );
    }
    ends(drawing, label, places.columns, page);
    if places.most_in_a_column > 1 {
        let count = places.most_in_a_column as u64;
        page.line(0, &drawing.muted(&drawing.text(&M::ChartColumnsJoined { count })));
    }
    if drawing.chart.stacking == Stacking::Stacked && drawing.series.len() > 1 {
        page.line(0, &drawing.muted(&drawing.text(&M::ChartNotStacked)));
    }
    if drawing.chart.kind == ChartKind::Lines {
        page.line(0, &drawing.muted(&drawing.text(&M::ChartLinesAsColumns)));
    }
}

fn height(series: usize) -> usize {
    let [alone, few, many] = HEIGHTS;
    match series {
        0 | 1 => alone,
        2 | 3 => few,
        _ => many,
    }
}

/// Where the places of an axis stand on the screen.
struct Places {
    /// The column of each place.
    columns_of: Vec<usize>,
    /// How wide a bar is.
    bar: usize,
    /// How many columns there are.
    columns: usize,
    /// How many places the fullest column holds.
    most_in_a_column: usize,
}

impl Places {
    fn of(axis: &Axis, room: usize) -> Self {
        let values: Vec<f64> = match axis {
            Axis::Times(times) => times.iter().map(|ticks| *ticks as f64).collect(),
            Axis::Numbers(numbers) => numbers.clone(),
            Axis::Names(names) => (0..names.len()).map(|place| place as f64).collect(),
        };
        let first = values.first().copied().unwrap_or(0.0);
        let range = values.last().copied().unwrap_or(0.0) - first;
        let slots = slots(&values, range);
        let (bar, columns) = if slots <= room as f64 {
            let bar = (room as f64 / slots).floor().max(1.0);
            (bar as usize, (slots * bar) as usize)
        } else {
            (1, room)
        };
        let last = columns.saturating_sub(bar);
        let column = |value: &f64| {
            let share = if range > 0.0 { (value - first) / range } else { 0.0 };
            ((share * last as f64).round() as usize).min(last)
        };
        let columns_of: Vec<usize> = values.iter().map(column).collect();
        Self {
            most_in_a_column: most_in_a_row(&columns_of),
            columns_of,
            bar,
            columns,
        }
    }
}

/// How many bars of the width of the least distance fill the axis.
fn slots(values: &[f64], range: f64) -> f64 {
    let distances = values.windows(2).filter_map(|pair| match pair {
        [one, two] => Some(two - one).filter(|distance| *distance > 0.0),
        _ => None,
    });
    let least = distances.fold(f64::INFINITY, f64::min);
    if least.is_finite() && least > 0.0 {
        (range / least + 1.0).ceil().min(MOST_SLOTS)
    } else {
        1.0
    }
}

/// The longest run of one column; equal columns stand side by side, since places rise.
fn most_in_a_row(columns: &[usize]) -> usize {
    let mut most = usize::from(!columns.is_empty());
    let mut run = 1;
    for pair in columns.windows(2) {
        let same = matches!(pair, [one, two] if one == two);
        run = if same { run + 1 } else { 1 };
        most = most.max(run);
    }
    most
}

/// The value that each column shows: the one furthest from zero of those in it.
fn shown(series: &Series, places: &Places) -> Vec<Option<f64>> {
    let mut shown: Vec<Option<f64>> = vec![None; places.columns];
    for (value, column) in series.values.iter().zip(&places.columns_of) {
        let Some(value) = value else { continue };
        for cell in shown.iter_mut().skip(*column).take(places.bar) {
            let further = cell.is_none_or(|known| value.abs() > known.abs());
            if further {
                *cell = Some(*value);
            }
        }
    }
    shown
}

fn panel(
    drawing: &Drawing<'_>,
    places: &Places,
    series: &Series,
    role: Role,
    lines: usize,
    (label, labels): (usize, &[String; 2]),
    page: &mut Page,
) {
    let shown = shown(series, places);
    let ink = drawing.face.ink;
    for line in 0..lines {
        let head = match line {
            0 => labels.first(),
            _ if line.saturating_add(1) == lines => labels.last(),
            _ => None,
        };
        let head = head.map(String::as_str).unwrap_or_default();
        let offset = label.saturating_sub(display_width(head));
        let bottom = lines.saturating_sub(line).saturating_sub(1);
        let cells: String = shown.iter().map(|value| cell(drawing, *value, bottom, lines)).collect();
        let axis = ink.paint(Role::Muted, "│");
        let line = Painted::blanks(offset)
            .then(&ink.paint(Role::Muted, head))
            .tab(label.saturating_add(1), 0, &axis)
            .then(&ink.paint(role, &cells));
        page.verbatim(&line);
    }
}

/// What of a bar lies in a line, counted from the bottom.
fn cell(drawing: &Drawing<'_>, value: Option<f64>, line: usize, lines: usize) -> char {
    let Some(value) = value else { return ' ' };
    let zero = if drawing.logarithmic {
        0.0
    } else {
        drawing.height(0.0) * lines as f64
    };
    let end = drawing.height(value) * lines as f64;
    let (low, high) = (zero.min(end), zero.max(end));
    let (bottom, top) = (line as f64, line as f64 + 1.0);
    let filled = (high.min(top) - low.max(bottom)).max(0.0);
    if value < 0.0 {
        // A bar that hangs from zero fills its last line from above, for which there are only whole and half signs.
        return if filled > 0.75 {
            '█'
        } else if filled > 0.25 {
            '▀'
        } else {
            ' '
        };
    }
    let is_foot = bottom <= zero && zero < top;
    // A value that is there leaves a trace, however small it is.
    let eighths = ((filled * 8.0).round() as usize).max(usize::from(is_foot && value > 0.0));
    EIGHTHS.get(eighths.min(8)).copied().unwrap_or(' ')
}

/// The ends of the axis below the panels.
pub(super) fn ends(drawing: &Drawing<'_>, label: usize, columns: usize, page: &mut Page) {
    let (first, last) = match &drawing.picture.axis {
        Axis::Times(times) => (times.first().map(|it| time(*it)), times.last().map(|it| time(*it))),
        Axis::Numbers(numbers) => (
            numbers.first().map(|it| format::number(*it)),
            numbers.last().map(|it| format::number(*it)),
        ),
        Axis::Names(names) => (names.first().cloned(), names.last().cloned()),
    };
    let ink = drawing.face.ink;
    let start = label.saturating_add(1);
    let rule = format!("└{}", "─".repeat(columns));
    page.verbatim(&Painted::blanks(start).then(&ink.paint(Role::Muted, &rule)));
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    let mut line = Painted::blanks(start.saturating_add(1)).then(&ink.paint(Role::Muted, &first));
    if first != last {
        let end = start.saturating_add(1).saturating_add(columns);
        line = line.tab(
            end.saturating_sub(display_width(&last)),
            2,
            &ink.paint(Role::Muted, &last),
        );
    }
    page.verbatim(&line);
}
