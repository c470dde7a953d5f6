//! SSH (RFC 4253): the banner that both sides begin with.

use whotalks_record::ApplicationProtocol;

use crate::app::pdu::PduLength;
use crate::app::read::{begins_with_any, first_line, judge, u8_at, u32_be};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Ssh, probe)
    .beginning(First::Of(b"S"))
    .framed(pdu)
    .on(&[22]);

/// The longest packet that every implementation takes (RFC 4253 6.1).
const MOST_PACKET_BYTES: u32 = 35_000;
const FEWEST_PADDING_BYTES: u8 = 4;

/// `SSH-2.0-software comments`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Banner<'a> {
    /// `2.0`, or `1.99` where version 1 is spoken too.
    pub version: &'a [u8],
    /// Program and version.
    pub software: &'a [u8],
}

/// Reads the banner; none until its line is complete, or where it is none.
#[must_use]
pub fn banner(prefix: &[u8]) -> Option<Banner<'_>> {
    let rest = first_line(prefix)?.strip_prefix(b"SSH-")?;
    let dash = rest.iter().position(|byte| *byte == b'-')?;
    let software = rest.get(dash + 1..)?;
    Some(Banner {
        version: rest.get(..dash)?,
        software,
    })
}

fn probe(prefix: &[u8], _: Direction) -> Probe {
    begins_with_any(prefix, &[b"SSH-1.", b"SSH-2."])
}

/// The banner's line, then packets until the keys are exchanged; what is encrypted has no length to be read.
fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    if judge(crate::app::read::same(prefix, 0, b"SSH-")) != Probe::NotMine {
        return PduLength::stated(prefix.iter().position(|byte| *byte == b'\n').map(|at| at + 1));
    }
    let plausible = |length: u32| {
        let padding = u8_at(prefix, 4)?;
        let message = u8_at(prefix, 5)?;
        let agreed = (FEWEST_PADDING_BYTES..=u8::MAX).contains(&padding) && (20..50).contains(&message);
        Some((agreed && length <= MOST_PACKET_BYTES && u32::from(padding) < length).then_some(length as usize + 4))
    };
    match u32_be(prefix, 0).and_then(plausible) {
        Some(Some(length)) => PduLength::Known(length),
        Some(None) => PduLength::Unframed,
        None => PduLength::NeedMore,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_banner_states_version_and_software() {
        let banner = banner(b"SSH-2.0-OpenSSH_9.9 Debian-1\r\nrest").unwrap();
        assert_eq!(
            (banner.version, banner.software),
            (&b"2.0"[..], &b"OpenSSH_9.9 Debian-1"[..])
        );
    }

    #[test]
    fn key_exchange_is_framed_and_what_is_encrypted_is_not() {
        assert_eq!(pdu(b"SSH-2.0-x\r\nabc", Direction::ToServer), PduLength::Known(11));
        assert_eq!(pdu(&[0, 0, 1, 0, 6, 20], Direction::ToServer), PduLength::Known(260));
        assert_eq!(pdu(&[0x9c, 0, 1, 0, 6, 20], Direction::ToServer), PduLength::Unframed);
    }
}
