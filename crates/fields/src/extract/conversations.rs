//! Streams, and what their reassembled messages tell.

use std::collections::HashMap;
use std::net::Ipv4Addr;

use whotalks_record::Timestamp;
use whotalks_session::streams::{
    self, Ends, Findings, Moment, Settings, Streams, TcpFrame, TcpSegment, TransportKind, UdpFrame, Way,
};
use whotalks_wire::transport::tcp::Flags;

use super::frame::Frame;
use super::headers::{Carrier, Walked};
use super::media::Announced;
use super::messages::Cut;
use super::services::{self, Service};
use super::talk::{Context, Talk, Upgrade};
use super::{Bytes, Out};
use crate::protocols::{http, icmp, socks, tcp, udp};
use crate::{FieldId, FieldSet, Level};

/// The streams of a capture so far.
#[derive(Debug)]
pub(crate) struct Conversations {
    streams: Streams<Option<Box<Talk>>>,
    /// Echo requests that wait for their reply: frame and time.
    echoes: HashMap<(Ipv4Addr, Ipv4Addr, u32), (u32, Timestamp)>,
    /// Whether messages of applications are asked for.
    reads_applications: bool,
    /// Where the media of calls come from.
    announced: Announced,
}

/// The fields that need to know which segments are on their way.
const FLIGHT: [FieldId; 9] = [
    tcp::ANALYSIS,
    tcp::ANALYSIS_INITIAL_RTT,
    tcp::ANALYSIS_ACKS_FRAME,
    tcp::ANALYSIS_ACK_RTT,
    tcp::ANALYSIS_BYTES_IN_FLIGHT,
    tcp::ANALYSIS_PUSH_BYTES_SENT,
    tcp::ANALYSIS_RTO,
    tcp::ANALYSIS_RTO_FRAME,
    tcp::ANALYSIS_DUPLICATE_ACK_FRAME,
];

impl Conversations {
    pub(crate) fn new(wanted: &FieldSet) -> Self {
        let settings = Settings {
            flight: FLIGHT.iter().any(|id| wanted.contains(*id)),
            ..Settings::default()
        };
        Self {
            streams: Streams::new(settings),
            echoes: HashMap::new(),
            reads_applications: wanted.level() >= Level::Applications,
            announced: Announced::default(),
        }
    }

    /// What the streams of a frame tell, then what its innermost transport carries.
    pub(crate) fn frame<'a>(&mut self, frame: &Frame<'_>, walked: &Walked<'a>, out: &mut Out<'_, '_, 'a>) {
        let now = Moment {
            frame: frame.number,
            time: frame.time.unwrap_or(Timestamp::from_nanoseconds(0)),
        };
        if let Some(echo) = &walked.echo {
            self.echo(echo, now, out);
        }
        let reads = self.reads_applications;
        let innermost = walked.transports.iter().filter(|layer| !layer.is_quoted).count();
        let mut seen_layers = 0;
        let announced = &mut self.announced;
        self.streams.layers(now, &walked.transports, |layer, seen| {
            seen_layers += usize::from(!layer.is_quoted);
            let is_innermost = !layer.is_quoted && seen_layers == innermost && walked.carried.is_some();
            match (&layer.kind, seen) {
                (TransportKind::Tcp(segment), streams::Frame::Tcp(seen)) => {
                    tcp::conversation(&segment.header, &seen, out);
                    if reads && is_innermost {
                        self::segment(segment, seen, (now, &layer.ends), announced, out);
                    }
                }
                (TransportKind::Udp(data), streams::Frame::Udp(seen)) => {
                    udp::conversation(&seen, out);
                    if reads && is_innermost {
                        datagram(Bytes(data.payload), seen, (now, &layer.ends), announced, out);
                    }
                }
                _ => {}
            }
        });
        if let Some(carried) = walked.carried.filter(|carried| carried.carrier == Carrier::Other) {
            services::unknown(carried.payload, out);
        }
    }
}

impl Conversations {
    fn echo(&mut self, echo: &icmp::Echo, now: Moment, out: &mut Out<'_, '_, '_>) {
        if !echo.is_reply {
            if self.echoes.len() >= MOST_ECHOES {
                self.echoes.clear();
            }
            self.echoes.insert(echo.key, (now.frame, now.time));
        } else if let Some((frame, time)) = self.echoes.remove(&echo.key) {
            icmp::replied(frame, now.time - time, out);
        }
    }
}

/// Echo requests that may wait for their reply.
const MOST_ECHOES: usize = 1 << 16;

type Talks = Option<Box<Talk>>;

fn datagram<'a>(
    data: Bytes<'a>,
    seen: UdpFrame<'_, Talks>,
    (now, ends): (Moment, &Ends),
    announced: &mut Announced,
    out: &mut Out<'_, '_, 'a>,
) {
    if data.len() == 0 {
        return;
    }
    let talk = seen.data.get_or_insert_default();
    let known = talk.service.filter(|service| !service.is_by_sign);
    let ports = ports(ends);
    let service = known
        .or_else(|| announced.service(ends, talk))
        .or_else(|| services::of_datagram(data.0, ports));
    let Some(service) = service else {
        return services::unknown(data, out);
    };
    talk.service = Some(service);
    let mut context = Context {
        now,
        is_cut: false,
        way: seen.way,
        ports,
        talk,
    };
    (service.extract)(data, &mut context, out);
    announced.take(context.talk);
}

/// Source and destination.
const fn ports(ends: &Ends) -> [u16; 2] {
    [ends.ports.source, ends.ports.destination]
}

/// Findings whose data Wireshark gives to no dissector.
const REPEATED: Findings = Findings::RETRANSMISSION
    .with(Findings::OUT_OF_ORDER)
    .with(Findings::FAST_RETRANSMISSION)
    .with(Findings::SPURIOUS_RETRANSMISSION)
    .with(Findings::KEEP_ALIVE)
    .with(Findings::ZERO_WINDOW_PROBE);

fn segment<'a>(
    segment: &TcpSegment<'a>,
    seen: TcpFrame<'_, Talks>,
    (now, ends): (Moment, &Ends),
    announced: &mut Announced,
    out: &mut Out<'_, '_, 'a>,
) {
    let Some(analysis) = seen.analysis else { return };
    let flags = segment.header.flags();
    if segment.payload.is_empty() && !flags.has(Flags::FIN) {
        return opening(flags, seen);
    }
    let talk = seen.data.get_or_insert_default();
    if analysis.findings.any(REPEATED) {
        out.bytes(tcp::SEGMENT_DATA, Some(segment.payload));
        return;
    }
    let ports = ports(ends);
    let service = talk.service.or_else(|| services::of_stream(segment.payload, ports));
    let data_bytes = segment.wire_bytes.saturating_sub(segment.header.header_bytes());
    // What was not captured never comes, so that nothing is waited for.
    let is_cut = (segment.payload.len() as u64) < u64::from(data_bytes);
    let is_last = is_cut || flags.has(Flags::FIN) || flags.has(Flags::RST);
    let side = if seen.way == Way::Forth {
        &mut talk.forth
    } else {
        &mut talk.back
    };
    let mut side = std::mem::take(side);
    side.follow(segment.header.sequence(), segment.payload.len());
    if is_cut {
        side.forget();
    }
    let mut context = Context {
        now,
        is_cut,
        way: seen.way,
        ports,
        talk,
    };
    match service {
        Some(service) => {
            context.talk.service = Some(service);
            let service = turned(service, segment.payload, &context);
            let was_waiting = side.is_waiting();
            let cut = side.cut(segment.payload, now.frame, is_last, |bytes| {
                (service.length)(bytes, context.talk)
            });
            let begins = !was_waiting && !cut.left.is_empty() && cut.messages.is_empty();
            let begun = service.begun.filter(|_| begins);
            if !segment.payload.is_empty() {
                way(!cut.is_empty() || begun.is_some(), &context, out);
            }
            if let Some(protocol) = begun {
                out.protocol(protocol, segment.payload);
            }
            told(&service, &cut, &mut context, out);
            announced.take(context.talk);
        }
        None => services::unknown(Bytes(segment.payload), out),
    }
    let place = if seen.way == Way::Forth {
        &mut context.talk.forth
    } else {
        &mut context.talk.back
    };
    *place = side;
}

/// A SYN says which side called.
fn opening(flags: Flags, seen: TcpFrame<'_, Talks>) {
    let to_server = match (flags.opens(), flags.accepts()) {
        (true, _) => seen.way,
        (_, true) => seen.way.other(),
        _ => return,
    };
    seen.data.get_or_insert_default().to_server.get_or_insert(to_server);
}

/// What the stream became: a tunnel through a proxy, WebSocket, TLS, or HTTP/2.
fn turned(service: Service, payload: &[u8], context: &Context<'_>) -> Service {
    if context.talk.http.is_websocket {
        return services::WEBSOCKET;
    }
    if context.talk.upgrade == Upgrade::Granted {
        return services::TLS;
    }
    if context.talk.http.is_http2 {
        return services::HTTP2;
    }
    if let Some(port) = context.talk.socks.tunnel() {
        return services::of_stream(payload, [port, port]).unwrap_or(services::UNKNOWN);
    }
    match &context.talk.http.tunnel {
        Some((_, port)) => services::of_stream(&[], [*port, *port]).unwrap_or(services::TLS),
        None => service,
    }
}

/// What Wireshark tells of the protocol that opened the way, before what goes over it: SOCKS in every segment, HTTP
/// where a message is complete.
fn way(is_told: bool, context: &Context<'_>, out: &mut Out<'_, '_, '_>) {
    if context.talk.socks.tunnel().is_some() {
        socks::tunnelled(&context.talk.socks, out);
    }
    if !is_told {
        return;
    }
    if context.talk.http.is_websocket {
        out.layer("http");
    } else if let Some((host, port)) = context.talk.http.tunnel.clone() {
        out.protocol(http::PROTOCOL, &[]);
        out.made_text(http::PROXY_CONNECT_HOST, || Some(host));
        out.number(http::PROXY_CONNECT_PORT, Some(port));
    }
}

/// Gives the messages of a segment to their protocol.
fn told<'a>(service: &Service, cut: &Cut<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    if let Some((message, frames)) = &cut.reassembled {
        for frame in frames {
            out.number(tcp::SEGMENT, Some(*frame));
        }
        out.present(tcp::SEGMENTS);
        out.count(tcp::SEGMENT_COUNT, frames.len());
        out.count(tcp::REASSEMBLED_LENGTH, message.len());
        out.owned(|out| {
            out.bytes(tcp::REASSEMBLED_DATA, Some(message));
            (service.extract)(Bytes(message), context, out);
        });
    }
    if service.is_joined && !cut.joined.is_empty() {
        (service.extract)(Bytes(cut.joined), context, out);
    } else {
        cut.messages
            .iter()
            .for_each(|message| (service.extract)(Bytes(message), context, out));
    }
    if !cut.left.is_empty() {
        out.bytes(tcp::SEGMENT_DATA, Some(cut.left));
    }
}
