//! Follows one conversation: what both sides said, in order.
//!
//! *Brief overview*
//! - [`Follow`] takes in the packets of a capture and gives out [`Chunk`]s of one stream as soon as they are in order. A gap is
//!   marked when the other side acknowledges what is behind it, as Wireshark does, when too much waits behind it, or at the
//!   end.
//! - Memory is bounded: only segments behind a gap wait.
//!
//! | file | what it holds |
//! |---|---|
//! | `chunk` | what is given out |
//! | `target` | which stream is meant |
//! | `lane` | one direction of a TCP stream, put in order |

mod chunk;
mod lane;
mod target;

pub use chunk::{Chunk, Content};
pub use target::Target;

use std::collections::VecDeque;

use whotalks_record::{IpProtocol, Packet, Position, Timestamp};
use whotalks_session::Fragments;
use whotalks_session::streams::{
    Frame, Moment, Settings, Streams, TcpFrame, TcpSegment, TransportKind, TransportLayer, Transports, UdpFrame, Way,
};
use whotalks_wire::dissect::{self, Dissected, Ip};
use whotalks_wire::transport::tcp::Flags;

use lane::Lane;

/// Follows one conversation through a capture.
///
/// ```
/// use whotalks_packets::follow::{Follow, Target};
/// use whotalks_session::streams::StreamNumber;
///
/// let mut follow = Follow::new(Target::Tcp(StreamNumber(0)));
/// // for each packet of the capture: for chunk in follow.packet(&packet) { … }
/// assert_eq!(follow.finish().count(), 0);
/// ```
#[derive(Debug)]
pub struct Follow {
    target: Target,
    /// Whether a stream is the one that is meant.
    streams: Streams<IsMeant>,
    fragments: Fragments,
    /// Forth and back.
    lanes: [Lane; 2],
    ready: VecDeque<Chunk>,
}

/// Whether a stream is followed.
#[derive(Debug, Default)]
struct IsMeant(bool);

impl Follow {
    /// Follows a stream.
    #[must_use]
    pub fn new(target: Target) -> Self {
        Self {
            target,
            streams: Streams::new(Settings::default()),
            fragments: Fragments::default(),
            lanes: [Way::Forth, Way::Back].map(Lane::new),
            ready: VecDeque::new(),
        }
    }

    /// Takes in a packet and gives out what is in order now.
    pub fn packet(&mut self, packet: &Packet<'_>) -> impl Iterator<Item = Chunk> {
        let Position::Packet(number) = packet.span.position else {
            return self.ready.drain(..);
        };
        let moment = Moment {
            frame: number.try_into().unwrap_or(u32::MAX),
            time: packet.timestamp.unwrap_or(Timestamp::from_nanoseconds(0)),
        };
        let mut transports = Transports::default();
        let dissected = dissect::walk(packet.link_type, packet.data, packet.original_length, &mut transports);
        self.transports(&transports, moment);
        if let Some((ip, datagram)) = self.whole(&dissected) {
            let mut transports = Transports::within(&ip);
            dissect::walk_datagram(&ip, &datagram, &mut transports);
            self.transports(&transports, moment);
        }
        self.ready.drain(..)
    }

    /// The datagram of which a packet brings the last fragment.
    fn whole(&mut self, dissected: &Dissected<'_>) -> Option<(Ip, Vec<u8>)> {
        let ip = dissected.ip()?;
        let fragment = ip.fragment.filter(|fragment| !fragment.is_atomic())?;
        if dissected.fragment.is_empty() {
            return None;
        }
        let datagram = self.fragments.add(ip, fragment, dissected.fragment)?;
        Some((*ip, datagram))
    }

    fn transports(&mut self, transports: &Transports<'_>, moment: Moment) {
        let Self {
            target,
            streams,
            lanes,
            ready,
            ..
        } = self;
        streams.layers(moment, transports, |layer, frame| {
            take(target, lanes, ready, (layer, frame), moment);
        });
    }

    /// Gives out what is still waiting behind gaps.
    pub fn finish(mut self) -> impl Iterator<Item = Chunk> {
        for lane in &mut self.lanes {
            lane.finish(&mut self.ready);
        }
        self.ready.into_iter()
    }
}

fn take(
    target: &Target,
    lanes: &mut [Lane; 2],
    ready: &mut VecDeque<Chunk>,
    (layer, frame): (&TransportLayer<'_>, Frame<'_, IsMeant>),
    moment: Moment,
) {
    match (frame, &layer.kind) {
        (Frame::Tcp(frame), TransportKind::Tcp(segment)) => {
            if frame.is_first {
                frame.data.0 = target.is(IpProtocol::TCP, frame.number, &layer.ends);
            }
            if frame.data.0 && !layer.is_quoted {
                take_segment(lanes, ready, &frame, segment, moment);
            }
        }
        (Frame::Udp(frame), TransportKind::Udp(datagram)) => {
            if frame.is_first {
                frame.data.0 = target.is(IpProtocol::UDP, frame.number, &layer.ends);
            }
            if frame.data.0 && !layer.is_quoted {
                take_datagram(ready, &frame, datagram.payload, moment);
            }
        }
        _ => {}
    }
}

fn take_segment(
    lanes: &mut [Lane; 2],
    ready: &mut VecDeque<Chunk>,
    frame: &TcpFrame<'_, IsMeant>,
    segment: &TcpSegment<'_>,
    moment: Moment,
) {
    let [forth, back] = lanes;
    let (own, other) = match frame.way {
        Way::Forth => (forth, back),
        Way::Back => (back, forth),
    };
    let header = &segment.header;
    if header.flags().has(Flags::ACK) {
        other.acknowledged(header.acknowledgment(), moment, ready);
    }
    let is_syn = header.flags().has(Flags::SYN);
    let Some(data_bytes) = segment.wire_bytes.checked_sub(header.header_bytes()) else {
        return;
    };
    let data = segment.payload.get(..data_bytes as usize).unwrap_or(segment.payload);
    let sequence = header.sequence().wrapping_add(is_syn.into());
    own.segment(sequence, data, data_bytes, moment, ready);
}

fn take_datagram(ready: &mut VecDeque<Chunk>, frame: &UdpFrame<'_, IsMeant>, payload: &[u8], moment: Moment) {
    if !payload.is_empty() {
        ready.push_back(Chunk {
            way: frame.way,
            time: moment.time,
            frame: moment.frame,
            content: Content::Bytes(payload.to_vec()),
        });
    }
}

#[cfg(test)]
mod tests;
