//! Programs → names → addresses as bands.

use maud::{Markup, html};
use whotalks_report::EndpointRow;

use super::Report;
use super::cite::{limited, verdict_class};
use crate::format::cut_middle;
use crate::messages::ReportMessage as Message;

/// The most endpoints drawn; more bands cannot be followed by eye.
const MOST_ROWS: usize = 20;

/// The picture in units of its own.
const WIDTH: f64 = 1_100.0;
const NODE: f64 = 10.0;
const COLUMNS: [f64; 3] = [210.0, 500.0, 850.0];
const GAP: f64 = 12.0;
const TOP: f64 = 12.0;

/// A label needs this much height.
const LEAST_NODE: f64 = 18.0;

/// Characters that a label has room for.
const LABEL_COLUMNS: usize = 28;

/// A program, name or address.
struct Node {
    label: String,
    /// Summed thickness of its bands.
    bands: f64,
    top: f64,
}

/// One column of nodes.
#[derive(Default)]
struct Column {
    nodes: Vec<Node>,
}

/// A row's way through the three columns.
struct Band<'a> {
    row: &'a EndpointRow,
    nodes: [usize; 3],
    thickness: f64,
}

impl Report<'_> {
    pub(super) fn flow(&self) -> Markup {
        let (rows, more) = limited(&self.overview.endpoints, MOST_ROWS);
        if rows.is_empty() {
            return html! {};
        }
        let content = html! {
            figure class="flow" {
                (self.flow_picture(rows))
                figcaption {
                    (self.text(&Message::FlowDescription { rows: rows.len() as u64 }))
                    @if more > 0 { " " (self.text(&Message::FlowMore { count: more })) }
                }
            }
        };
        self.section("flow", &Message::SectionFlow, &content)
    }

    fn flow_picture(&self, rows: &[EndpointRow]) -> Markup {
        let (columns, bands) = self.lay_out(rows);
        let height = columns.iter().map(Column::height).fold(0.0, f64::max) + TOP;
        html! {
            svg viewBox={ "0 0 " (WIDTH) " " (height.ceil()) } role="img" aria-labelledby="flow-title flow-description" {
                title id="flow-title" { (self.text(&Message::FlowTitle)) }
                desc id="flow-description" { (self.text(&Message::FlowDescription { rows: rows.len() as u64 })) }
                (self.bands(&columns, &bands))
                @for (place, column) in columns.iter().enumerate() { (nodes(place, column)) }
            }
        }
    }

    fn lay_out<'r>(&self, rows: &'r [EndpointRow]) -> ([Column; 3], Vec<Band<'r>>) {
        let mut columns: [Column; 3] = Default::default();
        let mut bands = Vec::new();
        for row in rows {
            let name = row.name.as_ref().map(|name| self.words.name(name));
            let name = name.unwrap_or_else(|| self.text(&Message::FlowNoName));
            let labels = [self.words.program(&row.program), name, row.remote.to_string()];
            let thickness = thickness(row);
            let mut nodes = [0; 3];
            for ((column, label), node) in columns.iter_mut().zip(labels).zip(&mut nodes) {
                *node = column.add(label, thickness);
            }
            bands.push(Band { row, nodes, thickness });
        }
        let tallest = columns.iter().map(Column::stack_height).fold(0.0, f64::max);
        columns.iter_mut().for_each(|column| column.place(tallest));
        (columns, bands)
    }

    fn bands(&self, columns: &[Column; 3], bands: &[Band<'_>]) -> Markup {
        let mut used = [vec![0.0; bands.len()], vec![0.0; bands.len()], vec![0.0; bands.len()]];
        let mut paths = Vec::new();
        for band in bands {
            let mut tops = [0.0; 3];
            for (((top, column), node), used) in tops.iter_mut().zip(columns).zip(band.nodes).zip(&mut used) {
                *top = column.take(node, band.thickness, used);
            }
            let [program, name, address] = tops;
            let [first, second, third] = COLUMNS;
            let d = [
                ribbon(first + NODE, program, second, name, band.thickness),
                ribbon(second + NODE, name, third, address, band.thickness),
            ];
            paths.push((
                d.concat(),
                verdict_class(&band.row.explanation),
                self.band_text(band.row),
            ));
        }
        html! {
            g class="bands" {
                @for (d, class, text) in paths { path class={ "band verdict-" (class) } d=(d) { title { (text) } } }
            }
        }
    }

    fn band_text(&self, row: &EndpointRow) -> String {
        let words = &self.words;
        let (sent, received) = (
            words.size_or_nothing(row.sent_bytes),
            words.size_or_nothing(row.received_bytes),
        );
        let way = [words.program(&row.program), words.row_name(row), row.remote.to_string()].join(" → ");
        format!(
            "{way} · ↑ {sent} ↓ {received} · {}",
            words.explanation(&row.explanation)
        )
    }
}

/// How thick a row's band is: logarithmic, since a download is a million times a query.
fn thickness(row: &EndpointRow) -> f64 {
    let bytes = row
        .sent_bytes
        .unwrap_or(0)
        .saturating_add(row.received_bytes.unwrap_or(0));
    short(3.0 + 2.4 * (1.0 + bytes as f64 / 1_000.0).log10())
}

impl Column {
    /// The node with this label, made where there is none.
    fn add(&mut self, label: String, thickness: f64) -> usize {
        let known = self.nodes.iter().position(|node| node.label == label);
        let place = known.unwrap_or_else(|| {
            self.nodes.push(Node {
                label,
                bands: 0.0,
                top: 0.0,
            });
            self.nodes.len() - 1
        });
        if let Some(node) = self.nodes.get_mut(place) {
            node.bands += thickness;
        }
        place
    }

    fn stack_height(&self) -> f64 {
        self.nodes.iter().map(|node| node.height() + GAP).sum()
    }

    fn height(&self) -> f64 {
        self.nodes
            .iter()
            .map(|node| node.top + node.height() + GAP)
            .fold(0.0, f64::max)
    }

    /// Spreads the nodes over the height of the tallest column.
    fn place(&mut self, tallest: f64) {
        let spare = (tallest - self.stack_height()) / (self.nodes.len() as f64 + 1.0);
        let mut top = TOP;
        for node in &mut self.nodes {
            top += spare;
            node.top = short(top);
            top += node.height() + GAP;
        }
    }

    /// Where the next band of a node begins.
    fn take(&self, node: usize, thickness: f64, used: &mut [f64]) -> f64 {
        let Some((node, used)) = self.nodes.get(node).zip(used.get_mut(node)) else {
            return TOP;
        };
        let centred = (node.height() - node.bands) / 2.0;
        let top = node.top + centred + *used;
        *used += thickness;
        short(top)
    }
}

impl Node {
    fn height(&self) -> f64 {
        self.bands.max(LEAST_NODE)
    }
}

fn nodes(place: usize, column: &Column) -> Markup {
    let x = COLUMNS.get(place).copied().unwrap_or_default();
    let (label_x, anchor) = if place == 0 {
        (x - 8.0, "end")
    } else {
        (x + NODE + 8.0, "start")
    };
    html! {
        g class="nodes" {
            @for node in &column.nodes {
                rect x=(x) y=(node.top) width=(NODE) height=(short(node.height())) rx="2" {}
                text x=(label_x) y=(short(node.top + node.height() / 2.0 + 4.0)) text-anchor=(anchor) {
                    (cut_middle(&node.label, LABEL_COLUMNS))
                    title { (node.label) }
                }
            }
        }
    }
}

/// A band between two nodes.
fn ribbon(x1: f64, y1: f64, x2: f64, y2: f64, thickness: f64) -> String {
    let middle = short((x1 + x2) / 2.0);
    let (low1, low2) = (short(y1 + thickness), short(y2 + thickness));
    format!("M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}V{low2}C{middle} {low2} {middle} {low1} {x1} {low1}Z")
}

/// Two decimals are enough for a picture.
fn short(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
