//! Points: each series with a sign of its own.

use whotalks_case::kql::chart::Axis;

use super::{Drawing, Page, panels};
use crate::format::display_width;
use crate::messages::HuntMessage as M;
use crate::terminal::ink::{Painted, Role};

/// Lines of the picture.
const LINES: usize = 16;
/// The signs of series, in turn.
const SIGNS: [char; 8] = ['•', '+', '×', '○', '◆', '△', '□', '*'];
/// Where points of several series meet.
const SEVERAL: char = '※';

pub(super) fn write(drawing: &Drawing<'_>, page: &mut Page) {
    let labels = [drawing.greatest, drawing.least].map(|value| drawing.value(value));
    let label = labels.iter().map(|label| display_width(label)).max().unwrap_or(0);
    let columns = drawing.face.width.saturating_sub(label.saturating_add(2)).max(1);
    let grid = grid(drawing, columns);
    let ink = drawing.face.ink;
    for (line, signs) in grid.iter().enumerate() {
        let head = match line {
            0 => labels.first(),
            _ if line.saturating_add(1) == LINES => labels.last(),
            _ => None,
        };
        let head = head.map(String::as_str).unwrap_or_default();
        let blanks = Painted::blanks(label.saturating_sub(display_width(head)));
        let text: String = signs.iter().collect();
        let line = blanks
            .then(&ink.paint(Role::Muted, head))
            .tab(label.saturating_add(1), 0, &ink.paint(Role::Muted, "│"))
            .then(&ink.paint(Role::Note, &text));
        page.verbatim(&line);
    }
    panels::ends(drawing, label, columns, page);
    if drawing.picture.series.len() > 1 {
        legend(drawing, page);
    }
}

fn grid(drawing: &Drawing<'_>, columns: usize) -> Vec<Vec<char>> {
    let places: Vec<f64> = match &drawing.picture.axis {
        Axis::Times(times) => times.iter().map(|ticks| *ticks as f64).collect(),
        Axis::Numbers(numbers) => numbers.clone(),
        Axis::Names(_) => Vec::new(),
    };
    let first = places.first().copied().unwrap_or(0.0);
    let range = places.last().copied().unwrap_or(0.0) - first;
    let mut grid = vec![vec![' '; columns]; LINES];
    for (index, series) in drawing.series.iter().enumerate() {
        for (value, place) in series.values.iter().zip(&places) {
            let Some(value) = value else { continue };
            let share = if range > 0.0 { (place - first) / range } else { 0.0 };
            let column = (share * columns.saturating_sub(1) as f64).round() as usize;
            let line = ((1.0 - drawing.height(*value)) * LINES.saturating_sub(1) as f64).round() as usize;
            if let Some(cell) = grid.get_mut(line).and_then(|line| line.get_mut(column)) {
                *cell = if *cell == ' ' || *cell == sign(index) {
                    sign(index)
                } else {
                    SEVERAL
                };
            }
        }
    }
    grid
}

fn sign(series: usize) -> char {
    SIGNS.get(series % SIGNS.len()).copied().unwrap_or('•')
}

fn legend(drawing: &Drawing<'_>, page: &mut Page) {
    let ink = drawing.face.ink;
    let mut keys: Vec<Painted> = drawing
        .series
        .iter()
        .enumerate()
        .map(|(index, series)| ink.plain(&format!("{} {}", sign(index), series.name)))
        .collect();
    keys.push(ink.plain(&format!("{SEVERAL} {}", drawing.text(&M::ChartSeveralPoints))));
    page.line(0, &Painted::join(&keys, "   "));
}
