//! X11: the client begins with its byte order and version 11.0.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{begins_with_any, judge, same};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::X11, probe)
    .beginning(First::Of(b"lB"))
    .on(&[6000]);

const LITTLE_ENDIAN: [u8; 6] = [b'l', 0, 11, 0, 0, 0];
const BIG_ENDIAN: [u8; 6] = [b'B', 0, 0, 11, 0, 0];

/// Two unused bytes of zero stand before what the client authenticates with.
fn probe(prefix: &[u8], _: Direction) -> Probe {
    match begins_with_any(prefix, &[&LITTLE_ENDIAN, &BIG_ENDIAN]) {
        Probe::Certain => judge(same(prefix, 10, &[0, 0])),
        other => other,
    }
}
