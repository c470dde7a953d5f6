//! What is remarkable.

use whotalks_packets::statistics::{ExpertRow, Remark, Severity, Statistics};

use super::{Cell, Head, Sheet};
use crate::messages::PacketMessage as M;

pub(super) fn sheet(statistics: &Statistics) -> Sheet {
    let heads = vec![
        Head::text("severity", M::ColumnSeverity),
        Head::text("remark", M::ColumnRemark),
        Head::number("packets", M::ColumnPackets),
        Head::number("first_packet", M::ColumnFirstPacket),
    ];
    let row = |row: &ExpertRow| {
        vec![
            severity(row.remark.severity()),
            remark(row.remark),
            Cell::Count(row.packets),
            Cell::Identifier(row.first_packet),
        ]
    };
    let rows = &statistics.expert;
    Sheet::new("expert", M::Expert, heads).with(rows, rows.len(), row)
}

fn severity(severity: Severity) -> Cell {
    match severity {
        Severity::Error => Cell::Word("error", M::ExpertError),
        Severity::Warning => Cell::Word("warning", M::ExpertWarning),
        Severity::Note => Cell::Word("note", M::ExpertNote),
        Severity::Chat => Cell::Word("chat", M::ExpertChat),
    }
}

fn remark(remark: Remark) -> Cell {
    match remark {
        Remark::Malformed => Cell::Word("malformed", M::RemarkMalformed),
        Remark::CutShort => Cell::Word("cut_short", M::RemarkCutShort),
        Remark::Retransmission => Cell::Word("retransmission", M::RemarkRetransmission),
        Remark::FastRetransmission => Cell::Word("fast_retransmission", M::RemarkFastRetransmission),
        Remark::SpuriousRetransmission => Cell::Word("spurious_retransmission", M::RemarkSpuriousRetransmission),
        Remark::OutOfOrder => Cell::Word("out_of_order", M::RemarkOutOfOrder),
        Remark::LostSegment => Cell::Word("lost_segment", M::RemarkLostSegment),
        Remark::AckLostSegment => Cell::Word("ack_lost_segment", M::RemarkAckLostSegment),
        Remark::DuplicateAck => Cell::Word("duplicate_ack", M::RemarkDuplicateAck),
        Remark::ZeroWindow => Cell::Word("zero_window", M::RemarkZeroWindow),
        Remark::ZeroWindowProbe => Cell::Word("zero_window_probe", M::RemarkZeroWindowProbe),
        Remark::ZeroWindowProbeAck => Cell::Word("zero_window_probe_ack", M::RemarkZeroWindowProbeAck),
        Remark::WindowFull => Cell::Word("window_full", M::RemarkWindowFull),
        Remark::WindowUpdate => Cell::Word("window_update", M::RemarkWindowUpdate),
        Remark::KeepAlive => Cell::Word("keep_alive", M::RemarkKeepAlive),
        Remark::KeepAliveAck => Cell::Word("keep_alive_ack", M::RemarkKeepAliveAck),
        Remark::ReusedPorts => Cell::Word("reused_ports", M::RemarkReusedPorts),
        Remark::Reset => Cell::Word("reset", M::RemarkReset),
    }
}
