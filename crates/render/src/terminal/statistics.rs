//! Statistics of captures.

use whotalks_packets::statistics::Totals;

use super::page::Page;
use super::{Face, sheet};
use crate::messages::{PacketMessage, UnitMessage};
use crate::sheet::Sheet;

pub(super) fn write(face: &Face, totals: &Totals, packets_left_out: u64, sheets: &[Sheet]) -> String {
    let mut page = face.page();
    page.line(0, &face.ink.plain(&whole(face, totals)));
    for table in sheets {
        sheet::write(face, &mut page, table);
    }
    left_out(face, &mut page, packets_left_out);
    page.finish()
}

/// `1,204 packets · 1.1 MB · 2026-11-20 10:02:11 – 10:14:50 +09:00 (12 min 39 s)`
fn whole(face: &Face, totals: &Totals) -> String {
    let count = totals.volume.packets;
    face.words.text(&PacketMessage::Totals {
        packets: face.words.text(&UnitMessage::Packets { count }),
        size: face.words.size(totals.volume.bytes),
        period: face.words.period_and_length(totals.start, totals.end),
    })
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
