//! Cells of tables about packets, for people.

use whotalks_packets::statistics::Totals;
use whotalks_record::Nanoseconds;

use super::{NOTHING, Words};
use crate::format::grouped;
use crate::messages::{PacketMessage, UnitMessage};
use crate::sheet::Cell;

impl Words {
    /// What people read in a cell; a bar is drawn by the face.
    pub fn sheet_cell(&self, cell: &Cell) -> String {
        match cell {
            Cell::Empty => NOTHING.to_owned(),
            Cell::Bar(_) => String::new(),
            Cell::Text(text) | Cell::Tree(_, text) => text.clone(),
            Cell::Word(_, message) => self.text(message),
            Cell::Identifier(number) => number.to_string(),
            Cell::Count(count) => grouped(*count),
            Cell::Size(bytes) => self.size(*bytes),
            Cell::Seconds(time) => decimal(*time, 1_000_000_000),
            Cell::Milliseconds(time) => decimal(*time, 1_000_000),
            Cell::Percent(percent) => format!("{percent:.2}"),
            Cell::Rate(rate) => format!("{rate:.4}"),
            Cell::Decimal(number) => format!("{number:.1}"),
            Cell::Factor(factor) => format!("×{factor:.2}"),
        }
    }

    /// A capture as a whole: `1,204 packets · 1.1 MB · 2026-11-20 10:02:11 – 10:14:50 +09:00 (12 min 39 s)`.
    pub fn capture_totals(&self, totals: &Totals) -> String {
        let count = totals.volume.packets;
        self.text(&PacketMessage::Totals {
            packets: self.text(&UnitMessage::Packets { count }),
            size: self.size(totals.volume.bytes),
            period: self.period_and_length(totals.start, totals.end),
        })
    }
}

/// With three decimals, rounded to the nearest.
fn decimal(time: Nanoseconds, unit: i64) -> String {
    let value = time.0 as f64 / unit as f64;
    format!("{value:.3}")
}
