//! NNTP (RFC 3977).

use whotalks_record::ApplicationProtocol;

use super::line;
use crate::app::read::begins_with_any_case;
use crate::app::{Direction, First, Probe, Protocol, pdu};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Nntp, probe)
    .beginning(First::Of(b"2mM"))
    .framed(pdu::lines)
    .on(&[119])
    .upgrading();

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match direction {
        Direction::ToServer => begins_with_any_case(prefix, &[b"MODE READER"]),
        Direction::ToClient => line::greeting(prefix, b"20", &[b"nntp", b"internetnews", b"news"]),
    }
}
