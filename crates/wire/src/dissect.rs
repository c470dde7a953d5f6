//! From a captured frame to the payload of its transport.
//!
//! *Brief overview*
//! - [`walk`] goes through the headers of a frame and reports each one, in order, to a [`Visitor`]: a [`Layer`], the
//!   [`LayerSpan`] where it lies and the bytes from there on.
//! - [`packet`] is the same walk with a visitor that does nothing; flows need only what [`Dissected`] keeps.
//!
//! A packet is a chain of headers, each of which says what comes next. `Next` is that answer, and `Walk::step` is the one
//! place where it is acted upon: **a new link layer, tunnel or transport is one arm there and one method**. A tunnel is a
//! header whose `Next` is an outer layer again: 6in4, IP in IP, GRE, VXLAN and the like return to IP, Ethernet or an
//! EtherType, and the innermost addresses are the packet's addresses.
//!
//! | file | what it holds |
//! |---|---|
//! | `layer` | what a visitor is told |
//! | `seen` | what is kept of a packet |
//! | `unread` | names of protocols that are announced and not read |
//! | `walk/` | the walk: `link`, `network`, `transport`, `tunnel` |

mod layer;
mod seen;
mod unread;
mod walk;

use whotalks_record::LinkType;

pub use layer::{Damaged, Layer, LayerSpan, Visitor};
pub use seen::{Dissected, Ip, Network, Transport, Tunnel};
pub use unread::Unread;
pub use walk::may_be_tunnel;

/// Reads `frame`, which had `wire_bytes` bytes on the wire, of which the capture may hold fewer.
#[inline]
#[must_use]
pub fn packet(link_type: LinkType, frame: &[u8], wire_bytes: u32) -> Dissected<'_> {
    walk(link_type, frame, wire_bytes, &mut Nobody)
}

/// Reads `frame` and reports every header to `visitor`. The result is the one of [`packet`].
#[inline]
pub fn walk<'a>(
    link_type: LinkType,
    frame: &'a [u8],
    wire_bytes: u32,
    visitor: &mut impl Visitor<'a>,
) -> Dissected<'a> {
    walk::Walk::new(frame, wire_bytes, visitor).run(link_type)
}

/// Reads the data of a datagram that was put together from fragments, as [`walk`] reads a frame. `ip` is the IP layer of one
/// of them; the offsets that the visitor is told of count from the beginning of `data`.
#[inline]
pub fn walk_datagram<'a>(ip: &Ip, data: &'a [u8], visitor: &mut impl Visitor<'a>) -> Dissected<'a> {
    let wire_bytes = data.len().try_into().unwrap_or(u32::MAX);
    walk::Walk::new(data, wire_bytes, visitor).run_datagram(*ip)
}

/// Reads the data of a datagram that was put together from fragments, as [`packet`] reads a frame.
#[must_use]
pub fn datagram<'a>(ip: &Ip, data: &'a [u8]) -> Dissected<'a> {
    walk_datagram(ip, data, &mut Nobody)
}

/// Looks at nothing; the compiler removes the calls.
struct Nobody;

impl<'a> Visitor<'a> for Nobody {
    const WANTS_QUOTES: bool = false;
    const WANTS_DAMAGE: bool = false;

    #[inline(always)]
    fn layer(&mut self, _: &Layer<'a>, _: LayerSpan, _: &'a [u8]) {}
}

#[cfg(test)]
mod tests;
