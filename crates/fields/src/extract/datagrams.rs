//! Which protocol a datagram is given to.

use super::Out;
use super::headers::{Carrier, Walked};
use crate::protocols::data;

/// The fields of what one frame carries by itself; streams of TCP need their conversation.
pub(crate) fn extract<'a>(walked: &Walked<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(carried) = &walked.carried else { return };
    match carried.carrier {
        Carrier::Tcp => {}
        Carrier::Udp | Carrier::Other => data::extract(carried.payload, out),
    }
}
