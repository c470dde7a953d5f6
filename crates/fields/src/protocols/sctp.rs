//! Stream Control Transmission Protocol (RFC 9260).

use crate::declare::fields;
use crate::extract::{Bytes, Out, Place};

fields! {
    level Headers;
    PROTOCOL: "sctp", protocol, "Stream Control Transmission Protocol";
    SRCPORT: "sctp.srcport", u16, "Source port";
    DSTPORT: "sctp.dstport", u16, "Destination port";
    PORT: "sctp.port", u16, "Port";
    VERIFICATION_TAG: "sctp.verification_tag", x32, "Verification tag";
    CHECKSUM: "sctp.checksum", x32, "Checksum";
    CHUNK_TYPE: "sctp.chunk_type", u8, "Chunk type" labels "sctp-chunk";
}

/// RFC 9260 3.1.
const LAYOUT: &[Place] = &[
    Place::at(SRCPORT, 0, 2),
    Place::at(DSTPORT, 2, 2),
    Place::at(PORT, 0, 2),
    Place::at(PORT, 2, 2),
    Place::at(VERIFICATION_TAG, 4, 4),
    Place::at(CHECKSUM, 8, 4),
];

/// The fields of the header that `layer` begins with.
pub(crate) fn extract<'a>(layer: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, layer.0);
    out.layout(layer, LAYOUT);
    chunks(layer.from(12), out);
}

/// Chunks of type, flags and a length that includes these four bytes, padded to words (RFC 9260 3.2).
fn chunks<'a>(mut rest: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    while let (Some(kind), Some(length)) = (rest.u8(0), rest.length(2, 2)) {
        out.number(CHUNK_TYPE, Some(kind));
        if length < 4 {
            return;
        }
        rest = rest.from(length.next_multiple_of(4));
    }
}
