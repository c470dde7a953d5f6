//! Memcached: text commands, over UDP behind a header of eight bytes.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{begins_with_any, first_line, judge_whole, same};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Memcached, probe_stream)
    .beginning(First::Of(b"sgva"))
    .on(&[11211]);

pub(crate) const DATAGRAM: Protocol = Protocol::datagram(ApplicationProtocol::Memcached, probe_datagram).on(&[11211]);

const STORING: [&[u8]; 3] = [b"set ", b"add ", b"append "];
const READING: [&[u8]; 5] = [b"get ", b"gets ", b"stats\r\n", b"stats ", b"version\r\n"];
const HEADER_BYTES: usize = 8;

/// Storing states a key and three numbers; reading is said in words that others use too.
fn probe_stream(prefix: &[u8], direction: Direction) -> Probe {
    if direction == Direction::ToClient {
        return Probe::NotMine;
    }
    match (begins_with_any(prefix, &STORING), first_line(prefix)) {
        (Probe::Certain, None) => Probe::Unsure,
        (Probe::Certain, Some(line)) if stores(line) => Probe::Certain,
        (Probe::Certain, Some(_)) => Probe::NotMine,
        (Probe::Unsure, _) => Probe::Unsure,
        (Probe::NotMine, _) => match begins_with_any(prefix, &READING) {
            Probe::NotMine => Probe::NotMine,
            _ => Probe::Unsure,
        },
    }
}

fn stores(line: &[u8]) -> bool {
    let is_number = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let words = line.split(|byte| *byte == b' ').skip(2).take(3);
    words.clone().count() == 3 && words.clone().all(is_number)
}

/// Request, number 0 of 1, reserved zeros.
fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    let text = datagram.get(HEADER_BYTES..).unwrap_or_default();
    let command =
        begins_with_any(text, &READING) == Probe::Certain || begins_with_any(text, &STORING) == Probe::Certain;
    judge_whole(same(datagram, 2, &[0, 0, 0, 1, 0, 0]).map(|framed| framed && command))
}
