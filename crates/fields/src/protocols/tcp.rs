//! Transmission Control Protocol (RFC 9293).

use crate::declare::fields;
use whotalks_session::streams::{Analysis, Findings, Scale, TcpFrame};
use whotalks_wire::transport::tcp::{Flags, Header};

use crate::Value;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "tcp", protocol, "Transmission Control Protocol";
    SRCPORT: "tcp.srcport", u16, "Source Port";
    DSTPORT: "tcp.dstport", u16, "Destination Port";
    PORT: "tcp.port", u16, "Source or Destination Port";
    STREAM: "tcp.stream", u32, "Stream index" at Streams;
    COMPLETENESS: "tcp.completeness", u8, "Conversation completeness" at Streams;
    LEN: "tcp.len", u32, "TCP Segment Len";
    SEQ: "tcp.seq", u32, "Sequence Number" at Streams;
    SEQ_RAW: "tcp.seq_raw", u32, "Sequence Number (raw)";
    NXTSEQ: "tcp.nxtseq", u32, "Next Sequence Number" at Streams;
    ACK: "tcp.ack", u32, "Acknowledgment Number" at Streams;
    ACK_RAW: "tcp.ack_raw", u32, "Acknowledgment number (raw)";
    HDR_LEN: "tcp.hdr_len", u8, "Header Length";
    FLAGS: "tcp.flags", x16, "Flags";
    FLAGS_RES: "tcp.flags.res", boolean, "Reserved" labels "set";
    FLAGS_AE: "tcp.flags.ae", boolean, "Accurate ECN" labels "set";
    FLAGS_CWR: "tcp.flags.cwr", boolean, "Congestion Window Reduced" labels "set";
    FLAGS_ECE: "tcp.flags.ece", boolean, "ECN-Echo" labels "set";
    FLAGS_URG: "tcp.flags.urg", boolean, "Urgent" labels "set";
    FLAGS_ACK: "tcp.flags.ack", boolean, "Acknowledgment" labels "set";
    FLAGS_PUSH: "tcp.flags.push", boolean, "Push" labels "set";
    FLAGS_RESET: "tcp.flags.reset", boolean, "Reset" labels "set";
    FLAGS_SYN: "tcp.flags.syn", boolean, "Syn" labels "set";
    FLAGS_FIN: "tcp.flags.fin", boolean, "Fin" labels "set";
    FLAGS_STR: "tcp.flags.str", text, "TCP Flags";
    WINDOW_SIZE_VALUE: "tcp.window_size_value", u16, "Window";
    WINDOW_SIZE: "tcp.window_size", u32, "Calculated window size" at Streams;
    WINDOW_SIZE_SCALEFACTOR: "tcp.window_size_scalefactor", i32, "Window size scaling factor" at Streams;
    CHECKSUM: "tcp.checksum", x16, "Checksum";
    CHECKSUM_STATUS: "tcp.checksum.status", u8, "Checksum Status" labels "checksum-status";
    URGENT_POINTER: "tcp.urgent_pointer", u16, "Urgent Pointer";
    OPTIONS: "tcp.options", bytes, "TCP Options";
    OPTION_KIND: "tcp.option_kind", u8, "Kind" labels "tcp-option";
    OPTION_LEN: "tcp.option_len", u8, "Length";
    OPTIONS_EOL: "tcp.options.eol", protocol, "TCP Option - End of Option List (EOL)";
    OPTIONS_NOP: "tcp.options.nop", protocol, "TCP Option - No-Operation (NOP)";
    OPTIONS_MSS: "tcp.options.mss", protocol, "TCP Option - Maximum segment size";
    OPTIONS_MSS_VAL: "tcp.options.mss_val", u16, "MSS Value";
    OPTIONS_WSCALE: "tcp.options.wscale", protocol, "TCP Option - Window scale";
    OPTIONS_WSCALE_SHIFT: "tcp.options.wscale.shift", u8, "Shift count";
    OPTIONS_WSCALE_MULTIPLIER: "tcp.options.wscale.multiplier", u16, "Multiplier";
    OPTIONS_SACK_PERM: "tcp.options.sack_perm", protocol, "TCP Option - SACK permitted";
    OPTIONS_SACK: "tcp.options.sack", protocol, "TCP Option - SACK";
    OPTIONS_SACK_LE: "tcp.options.sack_le", u32, "TCP SACK Left Edge";
    OPTIONS_SACK_RE: "tcp.options.sack_re", u32, "TCP SACK Right Edge";
    OPTIONS_SACK_COUNT: "tcp.options.sack.count", u8, "TCP SACK Count";
    OPTIONS_SACK_DSACK_LE: "tcp.options.sack.dsack_le", u32, "TCP D-SACK Left Edge";
    OPTIONS_SACK_DSACK_RE: "tcp.options.sack.dsack_re", u32, "TCP D-SACK Right Edge";
    OPTIONS_TIMESTAMP: "tcp.options.timestamp", protocol, "TCP Option - Timestamps";
    OPTIONS_TIMESTAMP_TSVAL: "tcp.options.timestamp.tsval", u32, "Timestamp value";
    OPTIONS_TIMESTAMP_TSECR: "tcp.options.timestamp.tsecr", u32, "Timestamp echo reply";
    TIME_RELATIVE: "tcp.time_relative", span, "Time since first frame in this TCP stream" at Streams;
    TIME_DELTA: "tcp.time_delta", span, "Time since previous frame in this TCP stream" at Streams;
    PAYLOAD: "tcp.payload", bytes, "TCP payload";
    SEGMENT_DATA: "tcp.segment_data", bytes, "TCP segment data" at Streams;
    SEGMENT: "tcp.segment", frame_number, "TCP Segment" at Streams;
    SEGMENTS: "tcp.segments", none, "Reassembled TCP Segments" at Streams;
    SEGMENT_COUNT: "tcp.segment.count", u32, "Segment count" at Streams;
    REASSEMBLED_LENGTH: "tcp.reassembled.length", u32, "Reassembled TCP length" at Streams;
    REASSEMBLED_DATA: "tcp.reassembled.data", bytes, "Reassembled TCP Data" at Streams;
    CONNECTION_SYN: "tcp.connection.syn", none, "Connection establish request (SYN)" at Streams;
    CONNECTION_SYNACK: "tcp.connection.synack", none, "Connection establish acknowledge (SYN+ACK)" at Streams;
    CONNECTION_FIN: "tcp.connection.fin", none, "Connection finish (FIN)" at Streams;
    CONNECTION_RST: "tcp.connection.rst", none, "Connection reset (RST)" at Streams;
    ANALYSIS: "tcp.analysis", none, "SEQ/ACK analysis" at Streams;
    ANALYSIS_FLAGS: "tcp.analysis.flags", none, "TCP Analysis Flags" at Streams;
    ANALYSIS_RETRANSMISSION: "tcp.analysis.retransmission", none, "This frame is a (suspected) retransmission" at Streams;
    ANALYSIS_FAST_RETRANSMISSION: "tcp.analysis.fast_retransmission", none, "This frame is a (suspected) fast retransmission" at Streams;
    ANALYSIS_SPURIOUS_RETRANSMISSION: "tcp.analysis.spurious_retransmission", none, "This frame is a (suspected) spurious retransmission" at Streams;
    ANALYSIS_OUT_OF_ORDER: "tcp.analysis.out_of_order", none, "This frame is a (suspected) out-of-order segment" at Streams;
    ANALYSIS_REUSED_PORTS: "tcp.analysis.reused_ports", none, "A new tcp session is started with the same ports as an earlier session in this trace" at Streams;
    ANALYSIS_LOST_SEGMENT: "tcp.analysis.lost_segment", none, "Previous segment(s) not captured (common at capture start)" at Streams;
    ANALYSIS_ACK_LOST_SEGMENT: "tcp.analysis.ack_lost_segment", none, "ACKed segment that wasn't captured (common at capture start)" at Streams;
    ANALYSIS_WINDOW_UPDATE: "tcp.analysis.window_update", none, "TCP window update" at Streams;
    ANALYSIS_WINDOW_FULL: "tcp.analysis.window_full", none, "TCP window specified by the receiver is now completely full" at Streams;
    ANALYSIS_KEEP_ALIVE: "tcp.analysis.keep_alive", none, "TCP keep-alive segment" at Streams;
    ANALYSIS_KEEP_ALIVE_ACK: "tcp.analysis.keep_alive_ack", none, "ACK to a TCP keep-alive segment" at Streams;
    ANALYSIS_DUPLICATE_ACK: "tcp.analysis.duplicate_ack", none, "Duplicate ACK" at Streams;
    ANALYSIS_DUPLICATE_ACK_NUM: "tcp.analysis.duplicate_ack_num", u32, "Duplicate ACK #" at Streams;
    ANALYSIS_DUPLICATE_ACK_FRAME: "tcp.analysis.duplicate_ack_frame", frame_number, "Duplicate to the ACK in frame" at Streams;
    ANALYSIS_ZERO_WINDOW: "tcp.analysis.zero_window", none, "TCP Zero Window segment" at Streams;
    ANALYSIS_ZERO_WINDOW_PROBE: "tcp.analysis.zero_window_probe", none, "TCP Zero Window Probe" at Streams;
    ANALYSIS_ZERO_WINDOW_PROBE_ACK: "tcp.analysis.zero_window_probe_ack", none, "ACK to a TCP Zero Window Probe" at Streams;
    ANALYSIS_INITIAL_RTT: "tcp.analysis.initial_rtt", span, "iRTT" at Streams;
    ANALYSIS_ACK_RTT: "tcp.analysis.ack_rtt", span, "The RTT to ACK the segment was" at Streams;
    ANALYSIS_ACKS_FRAME: "tcp.analysis.acks_frame", frame_number, "This is an ACK to the segment in frame" at Streams;
    ANALYSIS_BYTES_IN_FLIGHT: "tcp.analysis.bytes_in_flight", u32, "Bytes in flight" at Streams;
    ANALYSIS_PUSH_BYTES_SENT: "tcp.analysis.push_bytes_sent", u32, "Bytes sent since last PSH flag" at Streams;
    ANALYSIS_RTO: "tcp.analysis.rto", span, "The RTO for this segment was" at Streams;
    ANALYSIS_RTO_FRAME: "tcp.analysis.rto_frame", frame_number, "RTO based on delta from frame" at Streams;
}

/// RFC 9293 3.1.
const LAYOUT: &[Place] = &[
    Place::at(SRCPORT, 0, 2),
    Place::at(PORT, 0, 2),
    Place::at(DSTPORT, 2, 2),
    Place::at(PORT, 2, 2),
    Place::at(SEQ_RAW, 4, 4),
    Place::at(ACK_RAW, 8, 4),
    Place::bits(FLAGS, 12, 2, 0x0fff),
    Place::bits(FLAGS_RES, 12, 2, 0x0e00),
    Place::bits(FLAGS_AE, 12, 2, 0x0100),
    Place::bits(FLAGS_CWR, 12, 2, 0x0080),
    Place::bits(FLAGS_ECE, 12, 2, 0x0040),
    Place::bits(FLAGS_URG, 12, 2, 0x0020),
    Place::bits(FLAGS_ACK, 12, 2, 0x0010),
    Place::bits(FLAGS_PUSH, 12, 2, 0x0008),
    Place::bits(FLAGS_RESET, 12, 2, 0x0004),
    Place::bits(FLAGS_SYN, 12, 2, 0x0002),
    Place::bits(FLAGS_FIN, 12, 2, 0x0001),
    Place::at(WINDOW_SIZE_VALUE, 14, 2),
    Place::at(CHECKSUM, 16, 2),
    Place::at(URGENT_POINTER, 18, 2),
];

/// Wireshark's number for a checksum that was not verified.
const UNVERIFIED: u8 = 2;

/// The fields of the header that `layer` begins with, as far as it tells them by itself. `wire_bytes` is the length of
/// header and data on the wire.
pub(crate) fn extract<'a>(layer: Bytes<'a>, wire_bytes: u32, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.layout(layer, LAYOUT);
    let header_bytes = header_bytes(layer);
    out.number(HDR_LEN, layer.u8(12).map(|_| header_bytes as u64));
    out.made_text(FLAGS_STR, || layer.u16(12).map(flag_letters));
    out.number(CHECKSUM_STATUS, layer.u16(16).map(|_| UNVERIFIED));
    options(layer.part(20, header_bytes.saturating_sub(20)), out);
    out.number(LEN, wire_bytes.checked_sub(header_bytes as u32));
    let payload = layer.from(header_bytes);
    out.bytes(PAYLOAD, (payload.len() > 0).then_some(payload.0));
}

/// Bytes of header and options as stated.
pub(crate) fn header_bytes(layer: Bytes<'_>) -> usize {
    layer.u8(12).map_or(0, |byte| usize::from(byte >> 4) * 4)
}

/// The flags as twelve letters, a dot for each that is not set.
fn flag_letters(word: u16) -> String {
    let letters = "RRRACEUAPRSF".chars().enumerate();
    letters
        .map(|(place, letter)| if word & (0x0800 >> place) != 0 { letter } else { '·' })
        .collect()
}

/// The option kinds of the IANA registry that have fields of their own.
const END: u8 = 0;
const NO_OPERATION: u8 = 1;
const MAXIMUM_SEGMENT_SIZE: u8 = 2;
const WINDOW_SCALE: u8 = 3;
const SACK_PERMITTED: u8 = 4;
const SACK: u8 = 5;
const TIMESTAMPS: u8 = 8;

fn options<'a>(all: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.bytes(OPTIONS, (all.len() > 0).then_some(all.0));
    let mut rest = all;
    while let Some(kind) = rest.u8(0) {
        let length = match kind {
            END | NO_OPERATION => 1,
            _ => rest.length(1, 1).unwrap_or_default(),
        };
        let option = rest.part(0, length);
        if length == 0 || option.len() < length {
            return;
        }
        out.number(OPTION_KIND, Some(kind));
        if length > 1 {
            out.number(OPTION_LEN, option.u8(1));
        }
        self::option(kind, option, out);
        rest = rest.from(length);
    }
}

fn option<'a>(kind: u8, option: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match kind {
        END => out.part(OPTIONS_EOL, option.0),
        NO_OPERATION => out.part(OPTIONS_NOP, option.0),
        MAXIMUM_SEGMENT_SIZE => {
            out.part(OPTIONS_MSS, option.0);
            out.number(OPTIONS_MSS_VAL, option.u16(2));
        }
        WINDOW_SCALE => {
            out.part(OPTIONS_WSCALE, option.0);
            out.number(OPTIONS_WSCALE_SHIFT, option.u8(2));
            out.number(OPTIONS_WSCALE_MULTIPLIER, option.u8(2).map(|shift| 1_u32 << shift.min(14)));
        }
        SACK_PERMITTED => out.part(OPTIONS_SACK_PERM, option.0),
        SACK => {
            out.part(OPTIONS_SACK, option.0);
            out.count(OPTIONS_SACK_COUNT, option.len().saturating_sub(2) / 8);
        }
        TIMESTAMPS => {
            out.part(OPTIONS_TIMESTAMP, option.0);
            out.number(OPTIONS_TIMESTAMP_TSVAL, option.u32(2));
            out.number(OPTIONS_TIMESTAMP_TSECR, option.u32(6));
        }
        _ => {}
    }
}

/// The fields that the conversation tells.
pub(crate) fn conversation<T>(header: &Header<'_>, frame: &TcpFrame<'_, T>, out: &mut Out<'_, '_, '_>) {
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.number(STREAM, Some(frame.number.0));
    let Some(analysis) = &frame.analysis else { return };
    out.span(TIME_RELATIVE, Some(frame.since_first));
    out.span(TIME_DELTA, Some(frame.since_previous));
    out.number(COMPLETENESS, Some(analysis.completeness.0));
    out.number(SEQ, Some(analysis.sequence));
    out.number(ACK, Some(analysis.acknowledgment));
    out.number(NXTSEQ, Some(analysis.next_sequence));
    out.number(WINDOW_SIZE, Some(analysis.window_bytes));
    out.put(WINDOW_SIZE_SCALEFACTOR, analysis.scale.map(scale_factor));
    selective(header, analysis, out);
    ends(header.flags(), out);
    findings(analysis, out);
    flight(analysis, out);
}

/// Wireshark's numbers where the factor is unknown, and where none was agreed on.
fn scale_factor<'a>(scale: Scale) -> Value<'a> {
    Value::Signed(match scale {
        Scale::Unknown => -1,
        Scale::NotUsed => -2,
        Scale::Shift(bits) => 1_i64 << bits.min(14),
    })
}

/// The blocks of a selective acknowledgment, relative as the acknowledgment number is; one below it repeats what was
/// received twice (RFC 2883).
fn selective(header: &Header<'_>, analysis: &Analysis, out: &mut Out<'_, '_, '_>) {
    let acknowledgment = header.acknowledgment();
    let base = acknowledgment.wrapping_sub(analysis.acknowledgment);
    for option in header.options().filter(|option| option.kind.0 == SACK) {
        blocks(Bytes(option.data), base, acknowledgment, out);
    }
}

fn blocks(blocks: Bytes<'_>, base: u32, acknowledgment: u32, out: &mut Out<'_, '_, '_>) {
    for (index, at) in (0..blocks.len()).step_by(8).enumerate() {
        let (Some(left), Some(right)) = (blocks.u32(at), blocks.u32(at + 4)) else { return };
        let is_duplicate = index == 0 && (acknowledgment.wrapping_sub(right) as i32) >= 0;
        let relative = |number: u32| Some(number.wrapping_sub(base));
        out.number(OPTIONS_SACK_LE, relative(left));
        out.number(OPTIONS_SACK_RE, relative(right));
        if is_duplicate {
            out.number(OPTIONS_SACK_DSACK_LE, relative(left));
            out.number(OPTIONS_SACK_DSACK_RE, relative(right));
        }
    }
}

/// The marks of a connection's beginning and end.
fn ends(flags: Flags, out: &mut Out<'_, '_, '_>) {
    if flags.opens() {
        out.present(CONNECTION_SYN);
    }
    if flags.accepts() {
        out.present(CONNECTION_SYNACK);
    }
    if flags.has(Flags::FIN) {
        out.present(CONNECTION_FIN);
    }
    if flags.has(Flags::RST) {
        out.present(CONNECTION_RST);
    }
}

/// A field for each finding.
const FINDINGS: [(Findings, crate::FieldId); 14] = [
    (Findings::LOST_SEGMENT, ANALYSIS_LOST_SEGMENT),
    (Findings::ACK_LOST_SEGMENT, ANALYSIS_ACK_LOST_SEGMENT),
    (Findings::KEEP_ALIVE, ANALYSIS_KEEP_ALIVE),
    (Findings::DUPLICATE_ACK, ANALYSIS_DUPLICATE_ACK),
    (Findings::ZERO_WINDOW, ANALYSIS_ZERO_WINDOW),
    (Findings::ZERO_WINDOW_PROBE, ANALYSIS_ZERO_WINDOW_PROBE),
    (Findings::ZERO_WINDOW_PROBE_ACK, ANALYSIS_ZERO_WINDOW_PROBE_ACK),
    (Findings::KEEP_ALIVE_ACK, ANALYSIS_KEEP_ALIVE_ACK),
    (Findings::OUT_OF_ORDER, ANALYSIS_OUT_OF_ORDER),
    (Findings::FAST_RETRANSMISSION, ANALYSIS_FAST_RETRANSMISSION),
    (Findings::WINDOW_UPDATE, ANALYSIS_WINDOW_UPDATE),
    (Findings::WINDOW_FULL, ANALYSIS_WINDOW_FULL),
    (Findings::REUSED_PORTS, ANALYSIS_REUSED_PORTS),
    (Findings::SPURIOUS_RETRANSMISSION, ANALYSIS_SPURIOUS_RETRANSMISSION),
];

fn findings(analysis: &Analysis, out: &mut Out<'_, '_, '_>) {
    if analysis.is_shown() {
        out.present(ANALYSIS);
        out.span(ANALYSIS_INITIAL_RTT, analysis.initial_round_trip);
    }
    if analysis.findings.is_empty() {
        return;
    }
    out.present(ANALYSIS_FLAGS);
    if analysis.findings.is_any_retransmission() {
        out.present(ANALYSIS_RETRANSMISSION);
    }
    for (finding, id) in FINDINGS {
        if analysis.findings.any(finding) {
            out.present(id);
        }
    }
    out.number(ANALYSIS_DUPLICATE_ACK_NUM, analysis.duplicate);
}

fn flight(analysis: &Analysis, out: &mut Out<'_, '_, '_>) {
    let Some(flight) = &analysis.flight else { return };
    out.number(ANALYSIS_ACKS_FRAME, flight.acknowledged_frame);
    out.span(ANALYSIS_ACK_RTT, flight.round_trip);
    out.number(ANALYSIS_BYTES_IN_FLIGHT, flight.bytes_in_flight);
    out.number(ANALYSIS_PUSH_BYTES_SENT, flight.bytes_since_push);
    out.span(ANALYSIS_RTO, flight.retransmission_timeout);
    out.number(ANALYSIS_RTO_FRAME, flight.retransmitted_frame);
    out.number(ANALYSIS_DUPLICATE_ACK_FRAME, flight.duplicate_of);
}

/// The ports, where more of the header was not captured.
pub(crate) fn beginning<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    /// The layout begins with the ports.
    const PORTS: &[Place] = LAYOUT.split_at(4).0;
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, PORTS);
}
