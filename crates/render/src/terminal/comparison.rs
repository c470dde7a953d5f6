//! What changed from one capture to another.

use whotalks_packets::compare::Comparison;

use super::ink::Role;
use super::{Face, sheet};
use crate::messages::PacketMessage as M;
use crate::sheet::Sheet;

pub(super) fn write(face: &Face, comparison: &Comparison, captures: [&str; 2], sheets: &[Sheet]) -> String {
    let mut page = face.page();
    let programs = face.words.compared_programs(comparison, captures);
    let [before, after] = captures.map(str::to_owned);
    let lines = [
        M::CompareBefore {
            capture: before,
            whole: face.words.capture_totals(&comparison.before),
        },
        M::CompareAfter {
            capture: after,
            whole: face.words.capture_totals(&comparison.after),
        },
    ];
    for line in &lines {
        page.line(0, &face.ink.plain(&face.words.text(line)));
    }
    for table in sheets {
        sheet::write(face, &mut page, table);
    }
    page.gap();
    let count = comparison.unchanged;
    let notes = [M::CompareUnchanged { count }, M::CompareRates].map(|note| face.words.text(&note));
    for note in notes.iter().chain([&programs]) {
        page.line(0, &face.ink.paint(Role::Muted, note));
    }
    page.finish()
}
