//! Cells of tables about packets, for people.

use whotalks_packets::compare::Comparison;
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

    /// How much is known of programs in a comparison of these captures; without a case, how to know it.
    pub fn compared_programs(&self, comparison: &Comparison, [before, after]: [&str; 2]) -> String {
        self.text(&match comparison.attributed {
            None => PacketMessage::CompareNoCase {
                command: case_command(before, after),
            },
            Some([before, after]) => PacketMessage::CompareAttributed {
                before_known: before.known,
                before_all: before.conversations,
                after_known: after.known,
                after_all: after.conversations,
                unknown: before.unknown() + after.unknown(),
            },
        })
    }

    /// A capture as a whole: `1,204 packets · 1.1 MB · 2026-11-20 10:02:11 – 10:14:50 +09:00 (12 min 39 s)`.
    pub fn capture_totals(&self, totals: &Totals) -> String {
        let count = totals.volume.packets;
        self.text(&PacketMessage::Totals {
            packets: self.text(&UnitMessage::Packets { count }),
            size: self.size(totals.volume.bytes),
            period: self.period_and_length(totals.began(), totals.end),
        })
    }
}

/// What makes a case of two captures; the user adds logs and listings.
fn case_command(before: &str, after: &str) -> String {
    format!("whotalks investigate {before} {after} EVIDENCE… --case DIR")
}

/// With three decimals, rounded to the nearest.
fn decimal(time: Nanoseconds, unit: i64) -> String {
    let value = time.0 as f64 / unit as f64;
    format!("{value:.3}")
}
