//! Bitcoin between nodes: the number of the network, then a command in letters.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{array, judge, u32_le};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Bitcoin, probe)
    .beginning(First::Of(&[0xf9, 0x0b, 0xfa]))
    .framed(pdu)
    .on(&[8333]);

/// Main, test and regression networks.
const NETWORKS: [[u8; 4]; 3] = [
    [0xf9, 0xbe, 0xb4, 0xd9],
    [0x0b, 0x11, 0x09, 0x07],
    [0xfa, 0xbf, 0xb5, 0xda],
];
const HEADER_BYTES: usize = 24;
const MOST_PAYLOAD_BYTES: usize = 4 << 20;

fn probe(prefix: &[u8], _: Direction) -> Probe {
    let known = prefix.len().min(4);
    let may_be = NETWORKS
        .iter()
        .any(|network| network.get(..known) == prefix.get(..known));
    if may_be { judge(command(prefix)) } else { Probe::NotMine }
}

/// Letters, padded with NUL to twelve bytes.
fn command(prefix: &[u8]) -> Option<bool> {
    let command: [u8; 12] = array(prefix, 4)?;
    let letters = command
        .iter()
        .take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        .count();
    Some(letters > 0 && command.iter().skip(letters).all(|byte| *byte == 0))
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    PduLength::stated_within(
        u32_le(prefix, 16).map(|length| (length as usize).saturating_add(HEADER_BYTES)),
        MOST_PAYLOAD_BYTES,
    )
}
