//! rsync's daemon: both sides begin with their version.

use whotalks_record::ApplicationProtocol;

use crate::app::read::begins_with_any;
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::Rsync, probe)
    .beginning(First::Of(b"@"))
    .on(&[873]);

fn probe(prefix: &[u8], _: Direction) -> Probe {
    begins_with_any(prefix, &[b"@RSYNCD: "])
}
