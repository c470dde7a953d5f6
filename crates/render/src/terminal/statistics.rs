//! Statistics of captures.

use whotalks_packets::statistics::Totals;

use super::page::Page;
use super::{Face, sheet};
use crate::messages::PacketMessage;
use crate::sheet::Sheet;

pub(super) fn write(face: &Face, totals: &Totals, packets_left_out: u64, sheets: &[Sheet]) -> String {
    let mut page = face.page();
    page.line(0, &face.ink.plain(&face.words.capture_totals(totals)));
    for table in sheets {
        sheet::write(face, &mut page, table);
    }
    left_out(face, &mut page, packets_left_out);
    page.finish()
}

fn left_out(face: &Face, page: &mut Page, count: u64) {
    if count > 0 {
        page.gap();
        page.line(
            0,
            &face.ink.plain(&face.words.text(&PacketMessage::ListWasFull { count })),
        );
    }
}
