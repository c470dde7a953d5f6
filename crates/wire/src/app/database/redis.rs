//! Redis (RESP): arrays of strings with their lengths.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{begins_with_any_case, decimal, u8_at};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Redis, probe)
    .beginning(First::Of(b"*pPiI-"))
    .on(&[6379]);

/// Digits of a count or length.
const MOST_DIGITS: usize = 9;

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match (u8_at(prefix, 0), direction) {
        (Some(b'*'), Direction::ToServer) => array(prefix.get(1..).unwrap_or_default()),
        (Some(b'-'), Direction::ToClient) => begins_with_any_case(prefix, &[b"-NOAUTH ", b"-ERR unknown command"]),
        (Some(b'p' | b'P' | b'i' | b'I'), Direction::ToServer) => {
            match begins_with_any_case(prefix, &[b"PING\r\n", b"INFO\r\n"]) {
                Probe::NotMine => Probe::NotMine,
                _ => Probe::Unsure,
            }
        }
        (None, _) => Probe::Unsure,
        _ => Probe::NotMine,
    }
}

/// A count, then the length of the first string.
fn array(text: &[u8]) -> Probe {
    match number_line(text) {
        Ok(after) => match u8_at(after, 0) {
            None => Probe::Unsure,
            Some(b'$') => match number_line(after.get(1..).unwrap_or_default()) {
                Ok(_) => Probe::Certain,
                Err(answer) => answer,
            },
            Some(_) => Probe::NotMine,
        },
        Err(answer) => answer,
    }
}

/// What follows a line with a number.
fn number_line(text: &[u8]) -> Result<&[u8], Probe> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = text.get(digits..).unwrap_or_default();
    match rest {
        _ if digits > MOST_DIGITS => Err(Probe::NotMine),
        [] => Err(Probe::Unsure),
        [b'\r'] if digits > 0 => Err(Probe::Unsure),
        [b'\r', b'\n', after @ ..] if decimal(text).is_some() => Ok(after),
        _ => Err(Probe::NotMine),
    }
}
