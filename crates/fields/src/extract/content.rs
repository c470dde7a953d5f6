//! From the first header of a frame to what it carries.
//!
//! A datagram that came in fragments is read in the frame that completes it, as Wireshark does; its other frames carry data.

use whotalks_session::Fragments;
use whotalks_session::fragments::Whole;
use whotalks_wire::dissect::{self, Dissected, Ip};

use super::conversations::Conversations;
use super::frame::Frame;
use super::headers::{Headers, Walked};
use super::{Out, datagrams};
use crate::protocols::{frame as frame_fields, ip, ipv6};
use crate::{FieldId, FieldSet, Level};

/// Fragmented datagrams in fragmented datagrams that are put together: tunnels in tunnels.
const MOST_NESTED: usize = 3;

/// Reads frame after frame of one capture, in the order of their numbers.
#[derive(Debug)]
pub(crate) struct Content {
    /// None where no wanted field lies behind the headers of a fragment.
    fragments: Option<Fragments>,
    /// Whether a protocol that fills one datagram is asked for.
    reads_datagrams: bool,
    /// None where no wanted field needs the conversation.
    conversations: Option<Conversations>,
}

impl Content {
    pub(crate) fn new(wanted: &FieldSet) -> Self {
        let is_behind = wanted.iter().any(may_come_in_fragments);
        Self {
            fragments: is_behind.then(Fragments::default),
            reads_datagrams: datagrams::are_wanted(wanted),
            conversations: (wanted.level() > Level::Headers).then(|| Conversations::new(wanted)),
        }
    }

    /// The wanted fields of a frame, but those of the frame itself.
    pub(crate) fn frame<'a>(&mut self, frame: &Frame<'a>, out: &mut Out<'_, '_, 'a>) {
        let mut headers = Headers::new(out, frame.original_length);
        let dissected = dissect::walk(frame.link_type, frame.data, frame.original_length, &mut headers);
        let walked = headers.finish();
        match self.whole(&dissected, frame.number) {
            None => self.carried(frame, &walked, out),
            Some((ip, whole)) => self.datagram(frame, (&ip, &whole), walked, MOST_NESTED, out),
        }
    }

    /// The datagram that a frame completes.
    fn whole(&mut self, dissected: &Dissected<'_>, frame: u32) -> Option<(Ip, Whole)> {
        let ip = dissected.ip()?;
        let fragment = ip.fragment.filter(|fragment| !fragment.is_atomic())?;
        if dissected.fragment.is_empty() {
            return None;
        }
        let whole = self
            .fragments
            .as_mut()?
            .add_noted(ip, fragment, dissected.fragment, frame)?;
        Some((*ip, whole))
    }

    /// Reads a datagram that is whole; `outer` is what its last frame has around it.
    fn datagram<'a>(
        &mut self,
        frame: &Frame<'_>,
        (ip, whole): (&Ip, &Whole),
        mut outer: Walked<'a>,
        depth: usize,
        out: &mut Out<'_, '_, 'a>,
    ) {
        outer.carried = None;
        self.carried(frame, &outer, out);
        out.owned(|out| {
            reassembled(ip, whole, out);
            let mut headers = Headers::within(ip, &outer, frame.original_length, out);
            let dissected = dissect::walk_datagram(ip, &whole.data, &mut headers);
            let walked = headers.finish();
            let inner = depth.checked_sub(1).and_then(|depth| {
                let (ip, whole) = self.whole(&dissected, frame.number)?;
                Some((ip, whole, depth))
            });
            match inner {
                None => self.carried(frame, &walked, out),
                Some((ip, whole, depth)) => self.datagram(frame, (&ip, &whole), walked, depth, out),
            }
        });
    }

    /// What the headers that were walked carry.
    fn carried<'a>(&mut self, frame: &Frame<'_>, walked: &Walked<'a>, out: &mut Out<'_, '_, 'a>) {
        match &mut self.conversations {
            Some(conversations) => conversations.frame(frame, walked, out),
            None if self.reads_datagrams => datagrams::extract(frame, walked, out),
            None => {}
        }
    }
}

fn reassembled<'a>(ip: &Ip, whole: &'a Whole, out: &mut Out<'_, '_, 'a>) {
    if ip.source.is_ipv4() {
        ip::reassembled(whole, out);
    } else {
        ipv6::reassembled(whole, out);
    }
}

/// Whether a field may be told of what is in a datagram; only those of the frame itself are not.
fn may_come_in_fragments(id: FieldId) -> bool {
    let of_frame = frame_fields::FIELDS.len();
    let place = usize::from(id.0.saturating_sub(frame_fields::NUMBER.0));
    place >= of_frame || id == frame_fields::PROTOCOLS
}
