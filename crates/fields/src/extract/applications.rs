//! Which protocol a payload is given to.

use super::Out;
use super::headers::{Carried, Transport};
use crate::protocols::data;

/// The fields of what a transport carries.
pub(crate) fn extract<'a>(carried: &Carried<'a>, out: &mut Out<'_, '_, 'a>) {
    match carried.transport {
        Transport::Tcp | Transport::Udp | Transport::Other => data::extract(carried.payload, out),
    }
}
