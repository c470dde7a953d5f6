//! TeamViewer, by the signs of its own protocol, and by the names of its relays where they are reached over TLS.
//!
//! ```text
//! | 17 24 | command 1 | length 2 LE | ...          | 11 30 | command 1 | 0 | length 4 LE | ...
//! ```

use whotalks_record::{ApplicationProtocol, RecognisedBy};

use crate::app::pdu::PduLength;
use crate::app::read::{judge, judge_whole, same, u8_at, u16_le, u32_le};
use crate::app::tls::InTls;
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::TeamViewer, probe_stream)
    .beginning(First::Of(&[0x17, 0x11]))
    .framed(pdu)
    .on(&[5938]);

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::TeamViewer, probe_datagram)
    .beginning(First::Of(&[0]))
    .on(&[5938]);

pub(crate) const IN_TLS: InTls = InTls {
    protocol: ApplicationProtocol::TeamViewer,
    hello: |hello| hello.server_name().is_some_and(is_relay).then_some(RecognisedBy::Name),
    certificate: |_| false,
    ask_certificate: |_| false,
    signs: "names of its relays, `router*`, `master*` and `server*` with a number, and `*.router`, of `teamviewer.com`",
};

const FIRST_SIGN: [u8; 2] = [0x17, 0x24];
const SECOND_SIGN: [u8; 2] = [0x11, 0x30];
/// The command with which a client makes itself known, and its length.
const IDENTIFY: [u8; 5] = [0x17, 0x24, 0x0a, 0x20, 0];
const FIRST_HEADER_BYTES: usize = 5;
const SECOND_HEADER_BYTES: usize = 24;
/// Where the sign stands in a datagram.
const DATAGRAM_SIGN_AT: usize = 11;

/// Relays and those that assign them; the company's pages and downloads have other names.
fn is_relay(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let Some(host) = name.strip_suffix(b".teamviewer.com") else {
        return false;
    };
    let kinds = [&b"router"[..], b"master", b"server"];
    let number = kinds.iter().find_map(|kind| host.strip_prefix(*kind));
    let is_numbered = number.is_some_and(|number| !number.is_empty() && number.iter().all(u8::is_ascii_digit));
    is_numbered || host.ends_with(b".router")
}

fn probe_stream(prefix: &[u8], _: Direction) -> Probe {
    if judge(same(prefix, 0, &IDENTIFY)) == Probe::Certain {
        return Probe::Certain;
    }
    let signed = [FIRST_SIGN, SECOND_SIGN]
        .iter()
        .any(|sign| judge(same(prefix, 0, sign)) != Probe::NotMine);
    if signed { Probe::Unsure } else { Probe::NotMine }
}

fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    let zero = u8_at(datagram, 0).map(|first| first == 0);
    judge_whole(zero.and_then(|zero| Some(zero && same(datagram, DATAGRAM_SIGN_AT, &FIRST_SIGN)?)))
}

fn pdu(prefix: &[u8], _: Direction) -> PduLength {
    const MOST_BYTES: usize = 1 << 20;
    match u8_at(prefix, 0) {
        Some(0x17) => PduLength::stated(u16_le(prefix, 3).map(|length| usize::from(length) + FIRST_HEADER_BYTES)),
        Some(0x11) => PduLength::stated_within(
            u32_le(prefix, 4).map(|length| (length as usize).saturating_add(SECOND_HEADER_BYTES)),
            MOST_BYTES,
        ),
        Some(_) => PduLength::Unframed,
        None => PduLength::NeedMore,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relays_are_told_from_pages() {
        for relay in [
            "router7.teamviewer.com",
            "MASTER15.teamviewer.com",
            "de-fra-anx-r003.router.teamviewer.com",
        ] {
            assert!(is_relay(relay.as_bytes()), "{relay}");
        }
        for page in [
            "www.teamviewer.com",
            "router.teamviewer.com",
            "router7.teamviewer.com.example",
            "download.teamviewer.com",
        ] {
            assert!(!is_relay(page.as_bytes()), "{page}");
        }
    }
}
