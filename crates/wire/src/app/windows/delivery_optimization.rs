//! Windows Delivery Optimization between peers: the handshake states the length and the name of its protocol.

use whotalks_record::ApplicationProtocol;

use crate::app::read::begins_with_any;
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::DeliveryOptimization, probe)
    .beginning(First::Of(&[0x0e]))
    .on(&[7680]);

fn probe(prefix: &[u8], _: Direction) -> Probe {
    begins_with_any(prefix, &[b"\x0eSwarm protocol"])
}
