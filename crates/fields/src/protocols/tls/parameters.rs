//! What an end of QUIC can and wants, in an extension (RFC 9000 18).

use super::*;
use crate::FieldId;
use crate::protocols::quic::variable;

/// How the value of a parameter is written.
#[derive(Clone, Copy)]
enum Form {
    /// A number in QUIC's variable-length form.
    Number,
    Bytes,
    Text,
    /// A number of four bytes.
    Version,
}

/// Numbers of parameters (IANA "QUIC Transport Parameters"; Google's own from 0x3127 on).
const KNOWN: [(u64, FieldId, Form); 23] = [
    (0x00, QUIC_ORIGINAL_DESTINATION_CONNECTION_ID, Form::Bytes),
    (0x01, QUIC_MAX_IDLE_TIMEOUT, Form::Number),
    (0x02, QUIC_STATELESS_RESET_TOKEN, Form::Bytes),
    (0x03, QUIC_MAX_UDP_PAYLOAD_SIZE, Form::Number),
    (0x04, QUIC_INITIAL_MAX_DATA, Form::Number),
    (0x05, QUIC_INITIAL_MAX_STREAM_DATA_BIDI_LOCAL, Form::Number),
    (0x06, QUIC_INITIAL_MAX_STREAM_DATA_BIDI_REMOTE, Form::Number),
    (0x07, QUIC_INITIAL_MAX_STREAM_DATA_UNI, Form::Number),
    (0x08, QUIC_INITIAL_MAX_STREAMS_BIDI, Form::Number),
    (0x09, QUIC_INITIAL_MAX_STREAMS_UNI, Form::Number),
    (0x0a, QUIC_ACK_DELAY_EXPONENT, Form::Number),
    (0x0b, QUIC_MAX_ACK_DELAY, Form::Number),
    (0x0e, QUIC_ACTIVE_CONNECTION_ID_LIMIT, Form::Number),
    (0x0f, QUIC_INITIAL_SOURCE_CONNECTION_ID, Form::Bytes),
    (0x10, QUIC_RETRY_SOURCE_CONNECTION_ID, Form::Bytes),
    (0x20, QUIC_MAX_DATAGRAM_FRAME_SIZE, Form::Number),
    (0x1057, QUIC_LOSS_BITS, Form::Number),
    (0x3127, QUIC_GOOGLE_INITIAL_RTT, Form::Number),
    (0x3128, QUIC_GOOGLE_CONNECTION_OPTIONS, Form::Bytes),
    (0x3129, QUIC_GOOGLE_USER_AGENT, Form::Text),
    (0x4752, QUIC_GOOGLE_QUIC_VERSION, Form::Version),
    (0x7158, QUIC_ENABLE_TIME_STAMP_V2, Form::Number),
    (0xff04_de1b, QUIC_MIN_ACK_DELAY, Form::Number),
];
/// Which versions the sender knows (RFC 9368 3).
const VERSION_INFORMATION: u64 = 0x11;

/// Number, length and value of each parameter.
pub(super) fn extract<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let mut at = 0;
    while let Some((kind, after)) = variable(data, at) {
        out.number(QUIC_PARAMETER_TYPE, Some(kind));
        let Some((length, after)) = variable(data, after) else { return };
        out.number(QUIC_PARAMETER_LENGTH, Some(length));
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let value = data.part(after, length);
        out.bytes(QUIC_PARAMETER_VALUE, Some(value.0));
        parameter(kind, value, out);
        at = after.saturating_add(length);
    }
}

fn parameter<'a>(kind: u64, value: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    if kind == VERSION_INFORMATION {
        out.layout(value, &[Place::at(QUIC_VI_CHOSEN_VERSION, 0, 4)]);
        (4..value.len()).step_by(4).for_each(|at| out.layout(value, &[Place::at(QUIC_VI_OTHER_VERSION, at, 4)]));
        return;
    }
    let Some((_, id, form)) = KNOWN.iter().find(|(known, ..)| *known == kind) else { return };
    match form {
        Form::Number => out.number(*id, variable(value, 0).map(|(number, _)| number)),
        Form::Bytes => out.bytes(*id, Some(value.0)),
        Form::Text => out.text(*id, Some(value.0)),
        Form::Version => out.layout(value, &[Place::at(*id, 0, 4)]),
    }
}
