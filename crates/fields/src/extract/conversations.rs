//! Streams, and what their reassembled messages tell.

use whotalks_record::Timestamp;
use whotalks_session::streams::{self, Moment, Settings, Streams, TransportKind};

use super::frame::Frame;
use super::headers::Walked;
use super::{Out, datagrams};
use crate::protocols::{tcp, udp};
use crate::{FieldId, FieldSet};

/// The streams of a capture so far.
#[derive(Debug)]
pub(crate) struct Conversations {
    streams: Streams<()>,
}

/// The fields that need to know which segments are on their way.
const FLIGHT: [FieldId; 8] = [
    tcp::ANALYSIS,
    tcp::ANALYSIS_INITIAL_RTT,
    tcp::ANALYSIS_ACKS_FRAME,
    tcp::ANALYSIS_ACK_RTT,
    tcp::ANALYSIS_BYTES_IN_FLIGHT,
    tcp::ANALYSIS_PUSH_BYTES_SENT,
    tcp::ANALYSIS_RTO,
    tcp::ANALYSIS_DUPLICATE_ACK_FRAME,
];

impl Conversations {
    pub(crate) fn new(wanted: &FieldSet) -> Self {
        let settings = Settings {
            flight: FLIGHT.iter().any(|id| wanted.contains(*id)) || wanted.contains(tcp::ANALYSIS_RTO_FRAME),
            ..Settings::default()
        };
        Self {
            streams: Streams::new(settings),
        }
    }

    /// What the streams of a frame tell, then what its innermost transport carries.
    pub(crate) fn frame<'a>(&mut self, frame: &Frame<'a>, walked: &Walked<'a>, out: &mut Out<'_, '_, 'a>) {
        let moment = Moment {
            frame: frame.number,
            time: frame.time.unwrap_or(Timestamp::from_nanoseconds(0)),
        };
        self.streams
            .layers(moment, &walked.transports, |layer, seen| match (&layer.kind, seen) {
                (TransportKind::Tcp(segment), streams::Frame::Tcp(seen)) => {
                    tcp::conversation(&segment.header, &seen, out);
                }
                (_, streams::Frame::Udp(seen)) => udp::conversation(&seen, out),
                _ => {}
            });
        datagrams::extract(walked, out);
    }
}
