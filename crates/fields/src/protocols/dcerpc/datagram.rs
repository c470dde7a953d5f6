//! Calls without connection (C706 12.5).

use whotalks_record::Timestamp;

use super::*;

/// Bytes of the header.
const HEADER_BYTES: usize = 80;

/// Whether a datagram is a call without connection.
pub(crate) fn begins_datagram(bytes: &[u8]) -> bool {
    matches!(bytes, [4, kind, _, flags, 0x10 | 0, 0, 0, ..]
        if *kind <= 10 && flags & 0xfc == 0 && bytes.len() >= HEADER_BYTES)
}

/// A call without connection.
pub(crate) fn datagram<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let number = |id, at, length| place(message, id, at, length);
    let (first, second) = (|id, mask| Place::bits(id, 2, 1, mask), |id, mask| Place::bits(id, 3, 1, mask));
    out.layout(
        message,
        &[
            Place::at(VER, 0, 1),
            Place::at(PKT_TYPE, 1, 1),
            Place::at(DG_FLAGS1, 2, 1),
            first(DG_FLAGS1_LAST_FRAG, 0x02),
            first(DG_FLAGS1_FRAG, 0x04),
            first(DG_FLAGS1_NOFACK, 0x08),
            first(DG_FLAGS1_MAYBE, 0x10),
            first(DG_FLAGS1_IDEMPOTENT, 0x20),
            first(DG_FLAGS1_BROADCAST, 0x40),
            Place::at(DG_FLAGS2, 3, 1),
            second(DG_FLAGS2_CANCEL_PENDING, 0x02),
            Place::at(DREP, 4, 3),
            Place::at(DG_SERIAL_HI, 7, 1),
            number(OBJ_ID, 8, 16),
            number(DG_IF_ID, 24, 16),
            number(DG_ACT_ID, 40, 16),
            number(DG_IF_VER, 60, 4),
            number(DG_SEQNUM, 64, 4),
            number(OPNUM, 68, 2),
            number(DG_IHINT, 70, 2),
            number(DG_AHINT, 72, 2),
            number(DG_FRAG_LEN, 74, 2),
            number(DG_FRAG_NUM, 76, 2),
            Place::at(DG_AUTH_PROTO, 78, 1),
            Place::at(DG_SERIAL_LO, 79, 1),
        ],
    );
    representation(message, 4, out);
    let seconds = if is_little_endian(message) { message.le(56, 4) } else { message.be(56, 4) };
    out.time(DG_SERVER_BOOT, seconds.map(|seconds| Timestamp::from_seconds(seconds as i64, 0)));
}
