//! FTP's control connection (RFC 959).

use whotalks_record::ApplicationProtocol;

use crate::app::mail::line;
use crate::app::read::{begins_with_any_case, is_text};
use crate::app::{Direction, First, Probe, Protocol, pdu};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Ftp, probe)
    .beginning(First::Of(b"2uUaAfFsS"))
    .framed(pdu::lines)
    .on(&[21])
    .upgrading();

/// A user signs in or asks for TLS before anything else; POP3 and others say the same.
const COMMANDS: [&[u8]; 4] = [b"USER ", b"AUTH ", b"FEAT\r\n", b"SYST\r\n"];
/// Words in the greetings of servers.
const WORDS: [&[u8]; 2] = [b"ftp", b"filezilla"];

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match direction {
        Direction::ToClient => line::greeting(prefix, b"220", &WORDS),
        Direction::ToServer => match begins_with_any_case(prefix, &COMMANDS) {
            Probe::NotMine => Probe::NotMine,
            _ if is_text(prefix) => Probe::Unsure,
            _ => Probe::NotMine,
        },
    }
}

/// The address and port in a `PORT` command or the answer to `PASV` (RFC 959 4.1.2): six numbers with commas.
#[must_use]
pub fn data_address(text: &[u8]) -> Option<std::net::SocketAddrV4> {
    let start = text.iter().position(u8::is_ascii_digit)?;
    let end = text.iter().rposition(u8::is_ascii_digit)?;
    let numbers = std::str::from_utf8(text.get(start..=end)?).ok()?;
    let numbers: Vec<u8> = numbers
        .split(',')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let [a, b, c, d, high, low]: [u8; 6] = numbers.try_into().ok()?;
    Some(std::net::SocketAddrV4::new(
        [a, b, c, d].into(),
        u16::from_be_bytes([high, low]),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_data_connection_is_read() {
        let address = data_address(b"Entering Passive Mode (192,0,2,7,195,80).").unwrap();
        assert_eq!(address.to_string(), "192.0.2.7:50000");
        assert_eq!(data_address(b"Entering Passive Mode"), None);
    }
}
