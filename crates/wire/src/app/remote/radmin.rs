//! Radmin 3: what client and server begin with.

use whotalks_record::ApplicationProtocol;

use crate::app::read::begins_with_any;
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Radmin, probe)
    .beginning(First::Of(&[1]))
    .on(&[4899]);

fn probe(prefix: &[u8], _: Direction) -> Probe {
    begins_with_any(
        prefix,
        &[
            &[1, 0, 0, 0, 1, 0, 0, 0, 8, 8],
            &[1, 0, 0, 0, 0x25, 0, 0, 0x02, 0x12, 0x08],
        ],
    )
}
