//! Statistics of captures.

use whotalks_packets::statistics::Statistics;

use super::page::Page;
use super::{Face, sheet};
use crate::messages::{PacketMessage, UnitMessage};
use crate::sheet::Sheet;

pub(super) fn write(face: &Face, statistics: &Statistics, selected: Option<(&str, u64)>, sheets: &[Sheet]) -> String {
    let mut page = face.page();
    page.line(0, &face.ink.plain(&face.words.capture_totals(&statistics.totals)));
    if let Some((filter, packets)) = selected {
        let filter = filter.to_owned();
        let packets = face.words.text(&UnitMessage::Packets { count: packets });
        let of_all = PacketMessage::OnlySelected { filter, packets };
        page.line(0, &face.ink.plain(&face.words.text(&of_all)));
    }
    for table in sheets {
        sheet::write(face, &mut page, table);
    }
    let (left_out, unread) = (statistics.left_out, statistics.unread);
    loss(
        face,
        &mut page,
        left_out,
        &PacketMessage::ListWasFull { count: left_out },
    );
    loss(face, &mut page, unread, &PacketMessage::ContentUnread { count: unread });
    page.finish()
}

/// Says what was lost to a bound.
fn loss(face: &Face, page: &mut Page, count: u64, message: &PacketMessage) {
    if count > 0 {
        page.gap();
        page.line(0, &face.ink.plain(&face.words.text(message)));
    }
}
