//! What every frame has, whatever it holds.

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL_VALUE: "frame", protocol, "Frame";
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
    ENCAP_TYPE: "frame.encap_type", i16, "Encapsulation type";
    COMMENT: "frame.comment", text, "Comment";
    MARKED: "frame.marked", boolean, "Frame is marked";
    IGNORED: "frame.ignored", boolean, "Frame is ignored";
    OFFSET_SHIFT: "frame.offset_shift", span, "Time shift for this packet";
    SECTION_NUMBER: "frame.section_number", u32, "Section number";
}
