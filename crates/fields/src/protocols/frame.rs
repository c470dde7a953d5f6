//! What every frame has, whatever it holds.

use crate::declare::fields;
use whotalks_record::{LinkType, Nanoseconds, Timestamp};

use crate::Value;
use crate::extract::{Clock, Frame, Out};

fields! {
    level Headers;
    PROTOCOL: "frame", protocol, "Frame";
    NUMBER: "frame.number", u32, "Frame Number";
    TIME: "frame.time", time, "Arrival Time";
    TIME_EPOCH: "frame.time_epoch", span, "Epoch Time";
    TIME_RELATIVE: "frame.time_relative", span, "Time since reference or first frame";
    TIME_DELTA: "frame.time_delta", span, "Time delta from previous captured frame";
    TIME_DELTA_DISPLAYED: "frame.time_delta_displayed", span, "Time delta from previous displayed frame";
    LEN: "frame.len", u32, "Frame length on the wire";
    CAP_LEN: "frame.cap_len", u32, "Frame length stored into the capture file";
    PROTOCOLS: "frame.protocols", text, "Protocols in frame" at Applications;
    INTERFACE_ID: "frame.interface_id", u32, "Interface id";
    INTERFACE_NAME: "frame.interface_name", text, "Interface name";
    INTERFACE_DESCRIPTION: "frame.interface_description", text, "Interface description";
    ENCAP_TYPE: "frame.encap_type", i16, "Encapsulation type" labels "frame-encapsulation";
    COMMENT: "frame.comment", text, "Comment";
    MARKED: "frame.marked", boolean, "Frame is marked";
    IGNORED: "frame.ignored", boolean, "Frame is ignored";
    OFFSET_SHIFT: "frame.offset_shift", span, "Time shift for this packet";
    SECTION_NUMBER: "frame.section_number", u32, "Section number";
}

/// What the capture says about the frame.
pub(crate) fn extract<'a>(frame: &Frame<'a>, clock: &Clock, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, frame.data);
    out.stack.clear();
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.number(NUMBER, Some(frame.number));
    out.number(LEN, Some(frame.original_length));
    out.count(CAP_LEN, frame.data.len());
    let encapsulation = encapsulation(frame.link_type);
    out.put(ENCAP_TYPE, encapsulation.map(Value::Signed));
    out.flag(MARKED, Some(false));
    out.flag(IGNORED, Some(false));
    out.span(OFFSET_SHIFT, Some(Nanoseconds::ZERO));
    times(frame, clock, out);
    interface(frame, out);
    for comment in frame.comments {
        out.text(COMMENT, Some(comment.as_bytes()));
    }
}

fn times(frame: &Frame<'_>, clock: &Clock, out: &mut Out<'_, '_, '_>) {
    let Some(time) = frame.time else { return };
    out.time(TIME, Some(time));
    out.span(TIME_EPOCH, Some(Nanoseconds(time.nanoseconds())));
    let since = |earlier: Option<Timestamp>| Some(earlier.map_or(Nanoseconds::ZERO, |earlier| time - earlier));
    out.span(TIME_RELATIVE, since(clock.first));
    out.span(TIME_DELTA, since(clock.previous));
    out.span(TIME_DELTA_DISPLAYED, since(clock.displayed));
}

fn interface<'a>(frame: &Frame<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(interface) = frame.interface else { return };
    out.number(INTERFACE_ID, Some(interface.number));
    out.text(INTERFACE_NAME, interface.name.map(str::as_bytes));
    out.text(INTERFACE_DESCRIPTION, interface.description.map(str::as_bytes));
    out.number(SECTION_NUMBER, Some(interface.section));
}

/// The protocols of the frame, in order, once it was read to its end.
pub(crate) fn protocols(out: &mut Out<'_, '_, '_>) {
    let stack = std::mem::take(&mut out.stack);
    out.made_text(PROTOCOLS, || Some(stack.join(":")));
}

/// Wireshark's number for a link type; other numbers than those of capture files.
fn encapsulation(link_type: LinkType) -> Option<i64> {
    let known = WIRESHARK_LINKS.iter().find(|(number, _)| *number == link_type.0);
    known.map(|(_, wireshark)| *wireshark)
}

/// Numbers of the registry at tcpdump.org and Wireshark's own.
const WIRESHARK_LINKS: [(u16, i64); 17] = [
    (0, 15),
    (1, 1),
    (6, 2),
    (9, 4),
    (12, 7),
    (50, 19),
    (51, 189),
    (101, 7),
    (104, 28),
    (105, 20),
    (107, 26),
    (108, 15),
    (113, 25),
    (127, 23),
    (228, 129),
    (239, 141),
    (276, 210),
];
