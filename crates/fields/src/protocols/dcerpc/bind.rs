//! Which interfaces a caller wants, and which it gets.

use super::*;

/// Bytes of an interface or transfer syntax: its identifier and version.
const SYNTAX_BYTES: usize = 20;
/// The beginning of the transfer syntax that stands for features instead (MS-RPCE 3.3.1.5.3).
const FEATURES: [u8; 8] = [0x2c, 0x1c, 0xb7, 0x6c, 0x12, 0x98, 0x40, 0x45];

/// C706 12.6.4.3: interfaces that are asked for.
pub(super) fn asked<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    limits(message, out);
    out.layout(message, &[Place::at(CN_NUM_CTX_ITEMS, 24, 1)]);
    let mut item = message.from(28);
    for _ in 0..message.u8(24).unwrap_or_default() {
        if item.len() < 24 {
            return;
        }
        out.present(CN_CTX_ITEM);
        out.present(CN_BIND_ABSTRACT_SYNTAX);
        out.layout(
            item,
            &[
                place(message, CN_CTX_ID, 0, 2),
                Place::at(CN_NUM_TRANS_ITEMS, 2, 1),
                place(message, CN_BIND_TO_UUID, 4, 16),
                place(message, CN_BIND_IF_VER, 20, 2),
                place(message, CN_BIND_IF_VER_MINOR, 22, 2),
            ],
        );
        let transfers = usize::from(item.u8(2).unwrap_or_default());
        (0..transfers).for_each(|index| transfer(message, item.from(24 + index * SYNTAX_BYTES), out));
        item = item.from(24 + transfers * SYNTAX_BYTES);
    }
}

fn transfer<'a>(message: Bytes<'a>, syntax: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    if syntax.len() < SYNTAX_BYTES {
        return;
    }
    out.present(CN_BIND_TRANS);
    out.layout(syntax, &[place(message, CN_BIND_TRANS_ID, 0, 16), place(message, CN_BIND_TRANS_VER, 16, 4)]);
    if syntax.0.starts_with(&FEATURES) {
        features(syntax, 8, out);
    }
}

fn features<'a>(bytes: Bytes<'a>, at: usize, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        bytes,
        &[
            Place::le(CN_BIND_TRANS_BTFN, at, 2),
            Place::le_bits(CN_BIND_TRANS_BTFN_01, at, 2, 0x01),
            Place::le_bits(CN_BIND_TRANS_BTFN_02, at, 2, 0x02),
        ],
    );
}

fn limits<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        message,
        &[
            place(message, CN_MAX_XMIT, 16, 2),
            place(message, CN_MAX_RECV, 18, 2),
            place(message, CN_ASSOC_GROUP, 20, 4),
        ],
    );
}

/// C706 12.6.4.4: which of them were accepted.
pub(super) fn accepted<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    limits(message, out);
    let length = if is_little_endian(message) { message.length_le(24, 2) } else { message.length(24, 2) };
    let Some(length) = length else { return };
    out.count(CN_SEC_ADDR_LEN, length);
    if length > 0 {
        let address = message.part(26, length).0;
        out.text(CN_SEC_ADDR, address.split(|byte| *byte == 0).next());
    }
    let at = (26 + length).next_multiple_of(4);
    out.layout(message, &[Place::at(CN_NUM_RESULTS, at, 1)]);
    let results = usize::from(message.u8(at).unwrap_or_default());
    (0..results).for_each(|index| result(message, at + 4 + index * (4 + SYNTAX_BYTES), out));
}

fn result<'a>(message: Bytes<'a>, at: usize, out: &mut Out<'_, '_, 'a>) {
    const REJECTED: [u64; 2] = [1, 2];
    const FEATURES_ACCEPTED: u64 = 3;
    out.layout(message, &[place(message, CN_ACK_RESULT, at, 2)]);
    let result = if is_little_endian(message) { message.le(at, 2) } else { message.be(at, 2) };
    match result {
        Some(FEATURES_ACCEPTED) => features(message, at + 2, out),
        Some(other) if REJECTED.contains(&other) => out.layout(message, &[place(message, CN_ACK_REASON, at + 2, 2)]),
        _ => {}
    }
    out.layout(message, &[place(message, CN_ACK_TRANS_ID, at + 4, 16), place(message, CN_ACK_TRANS_VER, at + 20, 4)]);
}
