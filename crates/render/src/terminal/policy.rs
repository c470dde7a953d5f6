//! What is against a policy.

use whotalks_packets::statistics::Totals;

use super::{Face, sheet};
use crate::messages::PacketMessage as M;
use crate::sheet::Sheet;

pub(super) fn write(face: &Face, totals: &Totals, rules: u64, table: &Sheet) -> String {
    let mut page = face.page();
    page.line(0, &face.ink.plain(&face.words.capture_totals(totals)));
    let streams = table.rows.len() as u64 + table.left_out;
    let summary = if streams == 0 {
        M::PolicyNoMatch { rules }
    } else {
        M::PolicySummary { rules, streams }
    };
    page.line(0, &face.ink.plain(&face.words.text(&summary)));
    if streams > 0 {
        sheet::write(face, &mut page, table);
    }
    page.finish()
}
