//! Telnet (RFC 854): the negotiation of options that it begins with.

use whotalks_record::ApplicationProtocol;

use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Telnet, probe)
    .beginning(First::Of(&[IAC]))
    .on(&[23]);

/// "Interpret as command".
const IAC: u8 = 255;
/// The highest option in use (IANA "Telnet Options"), besides 255.
const HIGHEST_OPTION: u8 = 140;

/// One command proves little, since two bytes of it are all that is fixed; two in a row do.
fn probe(prefix: &[u8], _: Direction) -> Probe {
    let (first, rest) = match command(prefix) {
        Probe::Certain => prefix.split_at_checked(3).unwrap_or((prefix, &[])),
        other => return other,
    };
    match rest {
        [] if first.len() == 3 => Probe::Unsure,
        _ => command(rest),
    }
}

/// IAC, then DO, DONT, WILL, WONT or the beginning of a subnegotiation, then an option.
fn command(bytes: &[u8]) -> Probe {
    match bytes {
        [IAC, 250..=254, option, ..] if *option <= HIGHEST_OPTION => Probe::Certain,
        [] | [IAC] | [IAC, 250..=254] => Probe::Unsure,
        _ => Probe::NotMine,
    }
}
