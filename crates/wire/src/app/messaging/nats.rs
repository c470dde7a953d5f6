//! NATS: the server begins with a line of JSON about itself.

use whotalks_record::ApplicationProtocol;

use crate::app::read::begins_with_any;
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Nats, probe)
    .beginning(First::Of(b"IC"))
    .on(&[4222]);

fn probe(prefix: &[u8], direction: Direction) -> Probe {
    match direction {
        Direction::ToClient => begins_with_any(prefix, &[b"INFO {\"server_id\""]),
        Direction::ToServer => begins_with_any(prefix, &[b"CONNECT {\""]),
    }
}
