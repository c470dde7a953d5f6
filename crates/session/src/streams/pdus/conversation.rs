//! Which protocol a connection carries, and where its messages end.

use std::ops::Deref;

use whotalks_record::{ApplicationProtocol, RecognisedBy};
use whotalks_wire::app::{self, Carrier, Direction, PduLength, Probe, Protocol, Recognition};

use super::handshake::{self, Kind, Messages, is_hello, kind};
use super::http::{self, Asked, Chunks, Extent};
use super::inside::Inside;
use super::lane::{IsRepeated, Lane, MOST_HEAD_BYTES, MOST_PIECES, MOST_UNSURE_PIECES, Need, Pending, Position};
use super::refine;
use super::tunnel::{Change, Socks, after_http};
use super::{Applications, Payload, Pdu, Seen};
use crate::reassembly::{Budget, Piece, after};
use crate::streams::stream::Way;

/// Pieces of data that are looked at before a connection is left alone.
const MOST_ATTEMPTS: u8 = 6;
/// Tunnels in tunnels that are entered.
const MOST_TUNNELS: usize = 3;

/// One segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrival<'a> {
    pub(super) way: Way,
    pub(super) frame: u32,
    pub(super) sequence: u32,
    pub(super) payload: &'a [u8],
    /// Bytes of data on the wire.
    pub(super) data_bytes: u32,
    /// It is taken for sent again: Wireshark leaves it out.
    pub(super) is_repeated: bool,
    /// It is taken for out of order: Wireshark puts it into its place, and does not look into what it completes.
    pub(super) is_overtaken: bool,
    /// It ends its direction.
    pub(super) is_last: bool,
    pub(super) ports: [u16; 2],
}

impl Arrival<'_> {
    /// Whether Wireshark does not look into what ends here.
    const fn is_hidden(&self) -> bool {
        self.is_repeated || self.is_overtaken
    }

    /// Bytes of data that were captured.
    pub(super) fn payload_bytes(&self) -> u32 {
        self.payload.len().try_into().unwrap_or(u32::MAX)
    }
}

/// What a segment is read with.
pub(super) struct Call<'c> {
    pub(super) budget: &'c mut Budget,
    pub(super) tell: &'c mut dyn FnMut(&Pdu<'_>),
    pub(super) told: u32,
    pub(super) applications: Applications,
}

/// The protocol of a connection and its messages.
#[derive(Debug)]
pub(crate) struct Conversation {
    row: Option<&'static Protocol>,
    /// The port had to help: no bytes proved it.
    is_guessed: bool,
    /// What is in it, if it is TLS.
    inside: Inside,
    /// What an upgrade brought, which is not in the table.
    upgraded: Option<ApplicationProtocol>,
    outer: Tunnels,
    /// From the side that opened the connection, or seems to have.
    to_server: Way,
    /// The handshake told who opened it.
    is_opener_known: bool,
    attempts: u8,
    asked: Asked,
    /// Forth and back.
    lanes: [Lane; 2],
    /// What they say is encrypted from here on (TLS up to 1.2).
    are_ciphered: [bool; 2],
    handshakes: Option<Box<[Messages; 2]>>,
    socks: Option<Box<Socks>>,
}

/// The tunnels a conversation lies in, outermost first.
#[derive(Debug, Clone, Copy, Default)]
struct Tunnels {
    protocols: [ApplicationProtocol; MOST_TUNNELS],
    count: u8,
}

impl Deref for Tunnels {
    type Target = [ApplicationProtocol];

    fn deref(&self) -> &[ApplicationProtocol] {
        self.protocols.get(..usize::from(self.count)).unwrap_or_default()
    }
}

impl Tunnels {
    /// Enters one more; false where there are too many.
    fn enter(&mut self, tunnel: ApplicationProtocol) -> bool {
        let place = self.protocols.get_mut(usize::from(self.count));
        let has_room = place.is_some();
        if let Some(place) = place {
            *place = tunnel;
            self.count += 1;
        }
        has_room
    }
}

/// Where the next message ends.
enum Extents {
    Known(u64),
    Chunked(usize),
    UntilClose,
    /// More bytes tell.
    More,
    /// With the segment.
    Segment,
    /// So many bytes belong to no message.
    Preamble(usize),
    /// Nobody knows what it is.
    Unknown,
}

impl Conversation {
    pub(super) fn new(to_server: Way, is_opener_known: bool) -> Self {
        Self {
            is_opener_known,
            row: None,
            is_guessed: false,
            inside: Inside::default(),
            upgraded: None,
            outer: Tunnels::default(),
            to_server,
            attempts: MOST_ATTEMPTS,
            asked: Asked::default(),
            lanes: <[Lane; 2]>::default(),
            are_ciphered: [false; 2],
            handshakes: None,
            socks: None,
        }
    }

    /// Whether nothing is to be expected of it any more.
    pub(super) fn is_given_up(&self) -> bool {
        self.protocol() == ApplicationProtocol::Unknown && self.attempts == 0 && self.outer.is_empty()
    }

    /// The protocol, once it is recognised.
    pub(super) fn protocol(&self) -> ApplicationProtocol {
        self.upgraded.or(self.row.map(|row| row.protocol)).unwrap_or_default()
    }

    /// What it carries: the protocol, or what is inside of it where that is told. And how that is known.
    pub(super) fn carries(&self) -> (ApplicationProtocol, Option<RecognisedBy>) {
        let (protocol, by) = match (self.protocol(), self.inside) {
            (ApplicationProtocol::Unknown, _) => return (ApplicationProtocol::Unknown, None),
            (ApplicationProtocol::Tls, Inside::Told(inside, by)) => (inside, by),
            (protocol, _) if self.is_guessed => (protocol, RecognisedBy::Port),
            (protocol, _) => (protocol, RecognisedBy::Content),
        };
        let in_tunnel = by == RecognisedBy::Content && !self.outer.is_empty();
        (protocol, Some(if in_tunnel { RecognisedBy::Tunnel } else { by }))
    }

    pub(super) fn outer(&self) -> &[ApplicationProtocol] {
        &self.outer
    }

    fn direction(&self, way: Way) -> Direction {
        if way == self.to_server {
            Direction::ToServer
        } else {
            Direction::ToClient
        }
    }

    const fn lane(&mut self, way: Way) -> &mut Lane {
        let [forth, back] = &mut self.lanes;
        match way {
            Way::Forth => forth,
            Way::Back => back,
        }
    }

    /// Takes in a segment.
    pub(super) fn segment(&mut self, arrival: &Arrival<'_>, call: &mut Call<'_>) -> Seen {
        let payload = self.payload(arrival, call);
        let is_shown = !arrival.is_hidden();
        match payload {
            Payload::Begins if is_shown && self.protocol() == ApplicationProtocol::Tls => {
                call.applications.add(&self.outer, ApplicationProtocol::Tls);
            }
            // What is in a SOCKS tunnel is put together by SOCKS, which is shown meanwhile.
            Payload::Begins | Payload::Waiting if is_shown && self.outer.iter().any(is_socks) => {
                call.applications.add(&self.outer, ApplicationProtocol::Unknown);
            }
            _ => {}
        }
        Seen {
            payload,
            applications: call.applications,
        }
    }

    fn payload(&mut self, arrival: &Arrival<'_>, call: &mut Call<'_>) -> Payload {
        let before = self.attempts;
        if arrival.payload.len() < arrival.data_bytes as usize {
            self.cut(arrival, call);
        } else if !arrival.payload.is_empty() {
            self.data(arrival, call);
        }
        if arrival.is_last {
            self.close(arrival, call);
        }
        match call.told {
            0 if arrival.payload.is_empty() => Payload::Nothing,
            0 if self.lane(arrival.way).began_in() == Some(arrival.frame) => Payload::Begins,
            0 if self.lane(arrival.way).is_waiting() => Payload::Waiting,
            0 if self.attempts < before || self.attempts == 0 => Payload::Unknown,
            0 => Payload::Nothing,
            told => Payload::Pdus(told),
        }
    }

    /// A segment that was captured whole.
    fn data(&mut self, arrival: &Arrival<'_>, call: &mut Call<'_>) {
        let lane = self.lane(arrival.way);
        if !lane.is_waiting() {
            self.begin(arrival, call);
            return;
        }
        match lane.locate(arrival, call.budget) {
            Position::InOrder(new) => {
                lane.order.go_after(arrival.sequence, arrival.payload.len());
                self.proceed(new, arrival, call);
            }
            Position::Old | Position::Held => {}
            Position::Beyond => {
                lane.take(call.budget);
                self.begin(arrival, call);
            }
        }
    }

    /// A segment with which a message begins, whatever was before.
    fn begin(&mut self, arrival: &Arrival<'_>, call: &mut Call<'_>) {
        let end = after(arrival.sequence, arrival.payload.len());
        let lane = self.lane(arrival.way);
        let is_old = lane.order.is_past(end);
        if is_old && arrival.is_hidden() {
            return;
        }
        if !is_old {
            lane.order.go_after(end, 0);
        }
        self.read(arrival.payload, arrival.frame, 0, arrival, call);
    }

    /// Bytes that continue a message.
    fn proceed(&mut self, new: &[u8], arrival: &Arrival<'_>, call: &mut Call<'_>) {
        if self.lane(arrival.way).grow(new, arrival.is_repeated) {
            return;
        }
        let Some((pending, held)) = self.lane(arrival.way).take(call.budget) else {
            return;
        };
        self.feed(pending, new, arrival, call);
        held.for_each(|piece| self.release(&piece, arrival, call));
    }

    fn feed(&mut self, mut pending: Pending, new: &[u8], arrival: &Arrival<'_>, call: &mut Call<'_>) {
        let (taken, is_done) = match &mut pending.need {
            Need::Beginning(pieces) => {
                let pieces = pieces.saturating_add(1);
                pending.head.extend_from_slice(new);
                let again = Arrival {
                    is_repeated: arrival.is_repeated || pending.is_hidden,
                    ..*arrival
                };
                self.read(&pending.head, pending.first_frame, pieces, &again, call);
                return;
            }
            Need::Bytes(left) => {
                let taken = (new.len() as u64).min(*left);
                *left -= taken;
                (taken as usize, *left == 0)
            }
            Need::Chunks(chunks) => chunks.feed(new),
            Need::Everything => (new.len(), false),
        };
        let (own, rest) = new.split_at_checked(taken).unwrap_or((new, &[]));
        pending.append(own);
        pending.is_hidden |= arrival.is_repeated;
        if !is_done {
            self.keep(pending, arrival, call);
            return;
        }
        self.tell_pending(&pending, true, arrival, call);
        self.read(rest, arrival.frame, 0, arrival, call);
    }

    /// A segment that came too early and may be in order by now.
    fn release(&mut self, piece: &Piece<IsRepeated>, arrival: &Arrival<'_>, call: &mut Call<'_>) {
        let again = Arrival {
            sequence: piece.sequence,
            payload: &piece.bytes,
            is_repeated: piece.note,
            ..*arrival
        };
        self.data(&again, call);
    }

    fn keep(&mut self, pending: Pending, arrival: &Arrival<'_>, call: &mut Call<'_>) {
        self.lane(arrival.way).keep(pending, call.budget);
    }

    /// Reads bytes that begin with a message; the first one began in `first_frame`.
    fn read(&mut self, bytes: &[u8], first_frame: u32, pieces: u16, arrival: &Arrival<'_>, call: &mut Call<'_>) {
        let (mut rest, mut first_frame) = (bytes, first_frame);
        while !rest.is_empty() {
            let length = match self.measure(rest, arrival) {
                Extents::Known(length) if length <= rest.len() as u64 => length as usize,
                Extents::Known(length) => {
                    return self.wait(
                        rest,
                        first_frame,
                        Need::Bytes(length - rest.len() as u64),
                        arrival,
                        call,
                    );
                }
                Extents::Chunked(head) => {
                    let mut chunks = Chunks::default();
                    match chunks.feed(rest.get(head..).unwrap_or_default()) {
                        (body, true) => head.saturating_add(body),
                        (_, false) => return self.wait(rest, first_frame, Need::Chunks(chunks), arrival, call),
                    }
                }
                Extents::UntilClose => return self.wait(rest, first_frame, Need::Everything, arrival, call),
                Extents::More if self.protocol() == ApplicationProtocol::Unknown && pieces >= MOST_UNSURE_PIECES => {
                    self.attempts = self.attempts.saturating_sub(1);
                    return;
                }
                Extents::More if pieces < MOST_PIECES && rest.len() < MOST_HEAD_BYTES => {
                    return self.wait(rest, first_frame, Need::Beginning(pieces), arrival, call);
                }
                Extents::Unknown => return,
                Extents::Preamble(length) => {
                    (rest, first_frame) = (rest.get(length..).unwrap_or_default(), arrival.frame);
                    continue;
                }
                Extents::Segment | Extents::More => rest.len(),
            };
            let (message, after) = rest.split_at_checked(length.max(1)).unwrap_or((rest, &[]));
            self.tell(message, message.len() as u64, first_frame, true, arrival, call);
            (rest, first_frame) = (after, arrival.frame);
        }
    }

    fn wait(&mut self, bytes: &[u8], first_frame: u32, need: Need, arrival: &Arrival<'_>, call: &mut Call<'_>) {
        self.keep(
            Pending::new(first_frame, bytes, need, arrival.is_hidden()),
            arrival,
            call,
        );
    }

    /// Where the message ends that `bytes` begin with.
    fn measure(&mut self, bytes: &[u8], arrival: &Arrival<'_>) -> Extents {
        let direction = self.direction(arrival.way);
        match self.upgraded {
            Some(ApplicationProtocol::WebSocket) => return extent_of(refine::web_socket(bytes)),
            Some(_) => return extent_of(refine::http2(bytes)),
            None => {}
        }
        let Some(row) = self.row else {
            return self.recognise(bytes, arrival);
        };
        match row.protocol {
            ApplicationProtocol::Http1 => match http::extent(bytes, direction, self.asked) {
                Extent::Known(length) => Extents::Known(length),
                Extent::Chunked(head) => Extents::Chunked(head),
                Extent::UntilClose => Extents::UntilClose,
                Extent::More => Extents::More,
                Extent::NotHttp => Extents::Segment,
            },
            _ if row.upgrades_to_tls && is_tls(bytes, direction) => {
                (self.row, self.is_guessed) = (app::protocol(ApplicationProtocol::Tls, Carrier::Stream), false);
                self.measure_framed(bytes, direction)
            }
            _ => self.measure_framed(bytes, direction),
        }
    }

    fn measure_framed(&self, bytes: &[u8], direction: Direction) -> Extents {
        let Some(row) = self.row else { return Extents::Unknown };
        extent_of((row.pdu)(bytes, direction))
    }

    /// Asks the probes, and where nobody knows who opened the connection, both ways.
    fn ask(&mut self, bytes: &[u8], way: Way) -> Recognition {
        let direction = self.direction(way);
        let found = app::recognise(bytes, Carrier::Stream, direction);
        if direction == Direction::ToClient
            && !matches!(found, Recognition::Certain(_))
            && app::socks::is_reversed(bytes)
        {
            self.to_server = self.to_server.other();
            return Recognition::Certain(ApplicationProtocol::Socks5);
        }
        if self.is_opener_known || matches!(found, Recognition::Certain(_)) {
            return found;
        }
        let other = match direction {
            Direction::ToServer => Direction::ToClient,
            Direction::ToClient => Direction::ToServer,
        };
        match app::recognise(bytes, Carrier::Stream, other) {
            Recognition::Certain(protocol) => {
                self.to_server = self.to_server.other();
                Recognition::Certain(protocol)
            }
            _ => found,
        }
    }

    fn recognise(&mut self, bytes: &[u8], arrival: &Arrival<'_>) -> Extents {
        if self.attempts == 0 {
            return if self.outer.is_empty() {
                Extents::Unknown
            } else {
                Extents::Segment
            };
        }
        let direction = self.direction(arrival.way);
        match preamble(bytes, direction) {
            Some(length) if length <= bytes.len() => return Extents::Preamble(length),
            Some(_) => return Extents::More,
            None => {}
        }
        let asked = self.ask(bytes, arrival.way);
        let found = match asked {
            Recognition::Certain(protocol) => Some(protocol),
            // Within a tunnel the ports are those of the proxy and say nothing of what is inside.
            Recognition::Unsure(_) if self.outer.is_empty() => {
                app::guess_by_port(bytes, Carrier::Stream, direction, arrival.ports)
            }
            Recognition::Unsure(_) | Recognition::Unknown => None,
        };
        if found.is_none() && asked != Recognition::Unknown && self.outer.is_empty() {
            return Extents::More;
        }
        let Some(row) = found.and_then(|found| app::protocol(found, Carrier::Stream)) else {
            self.attempts -= 1;
            return if self.outer.is_empty() {
                Extents::Unknown
            } else {
                Extents::Segment
            };
        };
        self.row = Some(row);
        self.is_guessed = !matches!(asked, Recognition::Certain(_));
        self.measure(bytes, arrival)
    }

    fn tell_pending(&mut self, pending: &Pending, is_whole: bool, arrival: &Arrival<'_>, call: &mut Call<'_>) {
        let arrival = Arrival {
            is_repeated: arrival.is_repeated || pending.is_hidden,
            ..*arrival
        };
        self.tell(
            &pending.head,
            pending.length,
            pending.first_frame,
            is_whole,
            &arrival,
            call,
        );
    }

    /// Tells a message.
    fn tell(
        &mut self,
        head: &[u8],
        length: u64,
        first_frame: u32,
        is_whole: bool,
        arrival: &Arrival<'_>,
        call: &mut Call<'_>,
    ) {
        let way = arrival.way;
        let pdu = Pdu {
            protocol: refine::of_message(self.protocol(), head),
            outer: &self.outer,
            way,
            head,
            length,
            first_frame,
            handshake: &[],
            is_whole,
            is_hidden: arrival.is_hidden(),
        };
        if !pdu.is_hidden {
            call.told += 1;
            call.applications.add(pdu.outer, pdu.protocol);
        }
        if pdu.protocol != ApplicationProtocol::Tls || !is_whole {
            (call.tell)(&pdu);
            self.learn(head, way);
            return;
        }
        let [forth, back] = &mut self.are_ciphered;
        let is_ciphered = if way == Way::Forth { forth } else { back };
        match kind(head) {
            Kind::Handshake(content) if !*is_ciphered || is_hello(content) => {
                handshake::add(&mut self.handshakes, way, content, |complete| {
                    self.inside.look(complete, arrival.ports[1]);
                    (call.tell)(&Pdu {
                        handshake: complete,
                        ..pdu
                    });
                });
            }
            kind => {
                *is_ciphered |= kind == Kind::ChangesCipher;
                (call.tell)(&pdu);
            }
        }
        if self.are_ciphered == [true; 2] {
            self.handshakes = None;
        }
    }

    /// What a message says about the ones after it.
    fn learn(&mut self, head: &[u8], way: Way) {
        let direction = self.direction(way);
        let change = match self.protocol() {
            ApplicationProtocol::Http1 => after_http(head, direction, &mut self.asked),
            ApplicationProtocol::Socks4 | ApplicationProtocol::Socks5 => {
                self.socks.get_or_insert_default().add(head, direction)
            }
            _ => Change::None,
        };
        match change {
            Change::None => {}
            Change::Enter(tunnel) => self.enter(tunnel),
            Change::Upgrade(protocol) => {
                self.enter(self.protocol());
                self.upgraded = Some(protocol);
            }
        }
    }

    fn enter(&mut self, tunnel: ApplicationProtocol) {
        self.socks = None;
        self.asked = Asked::default();
        (self.row, self.is_guessed, self.inside) = (None, false, Inside::default());
        self.attempts = if self.outer.enter(tunnel) { MOST_ATTEMPTS } else { 0 };
    }

    /// The capture kept only the beginning of the segment: its messages are told as far as they go.
    fn cut(&mut self, arrival: &Arrival<'_>, call: &mut Call<'_>) {
        self.lane(arrival.way).take(call.budget);
        self.begin(arrival, call);
        if let Some((pending, _)) = self.lane(arrival.way).take(call.budget)
            && !matches!(pending.need, Need::Beginning(_) if self.row.is_none())
            && pending.first_frame == arrival.frame
        {
            self.tell_pending(&pending, false, arrival, call);
        }
        self.lane(arrival.way)
            .order
            .go_after(arrival.sequence, arrival.data_bytes as usize);
    }

    /// The direction ends, and with it a message whose length is not stated.
    fn close(&mut self, arrival: &Arrival<'_>, call: &mut Call<'_>) {
        let Some((pending, _)) = self.lane(arrival.way).take(call.budget) else {
            return;
        };
        if matches!(pending.need, Need::Everything) {
            self.tell_pending(&pending, true, arrival, call);
        }
    }

    /// Gives back what is held.
    pub(super) fn end(&mut self, budget: &mut Budget) {
        self.lanes.iter_mut().for_each(|lane| drop(lane.take(budget)));
    }
}

const fn is_socks(protocol: &ApplicationProtocol) -> bool {
    matches!(protocol, ApplicationProtocol::Socks4 | ApplicationProtocol::Socks5)
}

const fn extent_of(length: PduLength) -> Extents {
    match length {
        PduLength::Known(length) => Extents::Known(length as u64),
        PduLength::NeedMore => Extents::More,
        PduLength::Unframed => Extents::Segment,
    }
}

/// The length of the header by which a load balancer says who the client is; more than there is where it is not complete.
fn preamble(bytes: &[u8], direction: Direction) -> Option<usize> {
    match app::proxy_header::length(bytes) {
        _ if direction == Direction::ToClient => None,
        Ok(length) => length.filter(|length| *length > 0),
        Err(_) => Some(usize::MAX),
    }
}

fn is_tls(bytes: &[u8], direction: Direction) -> bool {
    app::protocol(ApplicationProtocol::Tls, Carrier::Stream)
        .is_some_and(|row| (row.probe)(bytes, direction) == Probe::Certain)
}
