//! .NET message framing (MC-NMF), on which directory web services of Windows stand: a version, a mode and the address.

use whotalks_record::ApplicationProtocol;

use crate::app::read::{judge, same, u8_at};
use crate::app::{Direction, First, Probe, Protocol};

pub(crate) const STREAM: Protocol = Protocol::stream(ApplicationProtocol::DotNetFraming, probe)
    .beginning(First::Of(&[0]))
    .on(&[808, 9389]);

/// Version record, 1.0, mode record.
const VERSION: [u8; 4] = [0, 1, 0, 1];

fn probe(prefix: &[u8], _: Direction) -> Probe {
    judge(begins(prefix))
}

/// The mode, then the record of the address and its scheme.
fn begins(prefix: &[u8]) -> Option<bool> {
    if !same(prefix, 0, &VERSION)? {
        return Some(false);
    }
    if !(1..=4).contains(&u8_at(prefix, 4)?) || u8_at(prefix, 5)? != 2 {
        return Some(false);
    }
    same(prefix, 7, b"net.")
}
