//! ISO 8073/X.224 COTP Connection-Oriented Transport Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Out, Place};
use crate::protocols::rdp;

fields! {
    level Applications;
    PROTOCOL: "cotp", protocol, "ISO 8073/X.224 COTP Connection-Oriented Transport Protocol";
    LI: "cotp.li", u8, "Length";
    TYPE: "cotp.type", x8, "PDU Type" labels "cotp-type";
    DESTREF: "cotp.destref", x16, "Destination reference";
    SRCREF: "cotp.srcref", x16, "Source reference";
    CLASS: "cotp.class", u8, "Class";
    EOT: "cotp.eot", boolean, "Last data unit";
}

/// Types of transport units (RFC 905 13).
const CONNECTION_REQUEST: u8 = 0x0e;
const CONNECTION_CONFIRM: u8 = 0x0d;
const DATA: u8 = 0x0f;

/// The fields of the unit that `unit` is.
pub(crate) fn extract<'a>(unit: Bytes<'a>, _: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, unit.0);
    out.layout(unit, &[Place::at(LI, 0, 1), Place::bits(TYPE, 1, 1, 0xf0)]);
    let header_bytes = unit.length(0, 1).map_or(0, |length| length + 1);
    match unit.u8(1).map(|kind| kind >> 4) {
        Some(CONNECTION_REQUEST | CONNECTION_CONFIRM) => {
            out.layout(
                unit,
                &[
                    Place::at(DESTREF, 2, 2),
                    Place::at(SRCREF, 4, 2),
                    Place::bits(CLASS, 6, 1, 0xf0),
                ],
            );
            rdp::negotiation(unit.part(7, header_bytes.saturating_sub(7)), out);
        }
        Some(DATA) => {
            out.layout(unit, &[Place::bits(EOT, 2, 1, 0x80)]);
            rdp::conference(unit.from(header_bytes), out);
        }
        _ => {}
    }
}
