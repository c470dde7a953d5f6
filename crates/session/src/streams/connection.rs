//! One TCP connection: both directions, the handshake and what was seen of it.

use whotalks_record::{Nanoseconds, Timestamp};
use whotalks_wire::transport::tcp::{Flags, Header, OptionKind};

use super::analysis::{Analysis, Completeness, Scale};
use super::findings::Findings;
use super::flight::{self, Event, Flight, Lane};
use super::handshake::Times;
use super::side::{self, SegmentHeader, Side};

/// The largest shift (RFC 7323 2.3).
const MOST_SHIFT: u8 = 14;
/// Selective acknowledgment (RFC 2018 3).
const SELECTIVE_ACKNOWLEDGMENT: OptionKind = OptionKind(5);

/// Which frame, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The number of the frame in its capture, from 1.
    pub frame: u32,
    /// When it was captured.
    pub time: Timestamp,
}

/// Everything about a connection that each of its segments may need. It is packed as its parts are, so that the number of the
/// first frame finds room in it.
#[derive(Debug, Clone, Copy, Default)]
#[repr(Rust, packed(4))]
pub(crate) struct Connection {
    /// From the lower end, from the higher end.
    sides: [Side; 2],
    times: Times,
    first_time: Timestamp,
    first_frame: u32,
}

/// Both directions' segments on their way, from the lower and from the higher end.
#[derive(Debug, Default)]
pub(crate) struct Lanes([Lane; 2]);

/// A segment as it comes from the frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Incoming<'a> {
    pub(crate) header: Header<'a>,
    /// None where the datagram is shorter than the header says.
    pub(crate) data_bytes: Option<u32>,
    pub(crate) from_low: bool,
    pub(crate) moment: Moment,
    /// It begins the stream.
    pub(crate) is_first: bool,
    /// It begins the stream on ports that were used before.
    pub(crate) reuses_ports: bool,
}

impl Incoming<'_> {
    const fn segment(&self) -> SegmentHeader {
        SegmentHeader {
            sequence: self.header.sequence(),
            acknowledgment: self.header.acknowledgment(),
            data_bytes: match self.data_bytes {
                Some(bytes) => bytes,
                None => 0,
            },
            window: self.header.window(),
            flags: self.header.flags(),
        }
    }
}

impl Connection {
    pub(super) fn new(moment: Moment) -> Self {
        let mut new = Self {
            first_time: moment.time,
            first_frame: moment.frame,
            ..Self::default()
        };
        new.sides.iter_mut().for_each(|side| side.last_time = moment.time);
        new
    }

    /// The direction of a packet, and the other one.
    #[inline]
    const fn sides(&mut self, from_low: bool) -> (&mut Side, &mut Side) {
        let [low, high] = &mut self.sides;
        if from_low { (low, high) } else { (high, low) }
    }

    /// Whether a segment begins another connection: a SYN with a number of its own.
    #[inline]
    pub(super) fn is_reused_by(&mut self, header: &Header<'_>, from_low: bool) -> bool {
        if !header.flags().opens() {
            return false;
        }
        let base = self.sides(from_low).0.base();
        base.is_some_and(|base| base != header.sequence())
    }

    /// Notes a frame; gives how long it is since the first one and since the one before.
    #[inline]
    pub(super) fn arrive(&mut self, time: Timestamp, from_low: bool) -> (Nanoseconds, Nanoseconds) {
        let since_previous = time - self.last_time();
        self.times.last_from_low = from_low;
        self.sides(from_low).0.last_time = time;
        (time - self.first_time, since_previous)
    }

    /// Takes in a segment. Inlined, since most callers need little of the analysis, and what is not needed is not computed.
    #[inline(always)]
    pub(super) fn segment(&mut self, incoming: &Incoming<'_>, lanes: Option<&mut Lanes>) -> Analysis {
        let segment = incoming.segment();
        let mut findings = Findings::REUSED_PORTS.when(incoming.reuses_ports);
        let mut is_opened_again = false;
        if segment.has_any(Flags::SYN) {
            findings.add(self.repeated_acceptance(incoming));
            is_opened_again = self.open_again(incoming);
        }
        // A SYN on ports that were used before is counted at once.
        self.times
            .completeness
            .add_when(Completeness::SYN, incoming.reuses_ports);
        let completeness = self.times.completeness;
        let (duplicate, flight, is_noted) = match incoming.data_bytes {
            Some(_) => self.judge(incoming, &segment, &mut findings, lanes),
            None => (None, None, false),
        };
        let (forth, back) = self.sides(incoming.from_low);
        let is_acknowledging = segment.has_any(Flags::ACK);
        let sequence = forth.relative(segment.sequence);
        let scale = (!segment.has_any(Flags::SYN)).then_some(forth.scale());
        let mut analysis = Analysis {
            findings,
            sequence,
            acknowledgment: if is_acknowledging {
                back.relative(segment.acknowledgment)
            } else {
                segment.acknowledgment
            },
            data_bytes: incoming.data_bytes,
            next_sequence: forth.relative(segment.end()),
            window_bytes: u32::from(segment.window) << scale.unwrap_or_default().shift(),
            scale,
            completeness,
            initial_round_trip: None,
            duplicate,
            flight,
            is_noted: is_noted || is_opened_again,
        };
        self.advance(incoming, &segment);
        analysis.initial_round_trip = self.times.total().map(Nanoseconds);
        analysis
    }

    /// A SYN/ACK with another number on a connection that exists.
    fn repeated_acceptance(&mut self, incoming: &Incoming<'_>) -> Findings {
        let sequence = incoming.header.sequence();
        let forth = self.sides(incoming.from_low).0;
        match forth.base() {
            Some(base) if base != sequence && incoming.header.flags().accepts() => {
                forth.set_base(sequence);
                Findings::REUSED_PORTS
            }
            _ => Findings::default(),
        }
    }

    /// A SYN that was sent before: whatever came after a gap is forgotten. Says whether it is one.
    fn open_again(&mut self, incoming: &Incoming<'_>) -> bool {
        let forth = self.sides(incoming.from_low).0;
        let is_again = incoming.header.flags().opens() && forth.base() == Some(incoming.header.sequence());
        if is_again {
            forth.next = forth.acknowledgeable;
        }
        is_again
    }

    #[inline(always)]
    fn judge(
        &mut self,
        incoming: &Incoming<'_>,
        segment: &SegmentHeader,
        findings: &mut Findings,
        lanes: Option<&mut Lanes>,
    ) -> (Option<u16>, Option<Flight>, bool) {
        let time = incoming.moment.time;
        let round_trip = self.times.total();
        let (forth, back) = self.sides(incoming.from_low);
        begin_counting(forth, back, segment);
        findings.add(side::judge_window(forth, back, segment));
        let duplicate = side::count_duplicate(forth, segment, *findings);
        let (unseen, is_noted) = side::judge_acknowledgment(back, segment);
        findings.add(unseen);
        if segment.advances() && !findings.any(Findings::KEEP_ALIVE) {
            findings.add(side::judge_order(forth, back, segment, time, round_trip));
        }
        let before = *forth;
        side::remember(forth, segment, time, *findings);
        let flight = lanes.map(|lanes| {
            let event = Event {
                segment: *segment,
                findings: *findings,
                frame: incoming.moment.frame,
                time,
                base: before.base().unwrap_or_default(),
                last_acknowledgment: before.last_acknowledgment,
                next_time: before.next_time,
                is_newest: { forth.next_time } == time && before.next != forth.next,
            };
            lanes.track(incoming, &event)
        });
        (duplicate, flight, is_noted)
    }

    /// What a segment changes for the ones after it.
    #[inline]
    fn advance(&mut self, incoming: &Incoming<'_>, segment: &SegmentHeader) {
        let time = incoming.moment.time;
        self.complete(incoming, segment);
        let is_plain_ack = segment.has_any(Flags::ACK) && !segment.has_any(Flags::SYN);
        if is_plain_ack {
            self.times.acknowledged(time);
            self.sides(incoming.from_low).0.acknowledged_once();
        }
        if segment.has_any(Flags::SYN) {
            let accepts = segment.has_any(Flags::ACK);
            if accepts {
                self.times.syn_ack(time);
            } else {
                self.times.syn(time);
            }
            let (forth, back) = self.sides(incoming.from_low);
            forth.begins(accepts);
            take_scale(forth, back, &incoming.header, accepts);
        }
    }

    #[inline]
    fn complete(&mut self, incoming: &Incoming<'_>, segment: &SegmentHeader) {
        let has_data = segment.data_bytes > 0;
        let seen = &mut self.times.completeness;
        if incoming.is_first {
            let opens = segment.flags.opens();
            seen.add_when(Completeness::SYN, opens);
            seen.add_when(Completeness::DATA, opens && has_data && !incoming.reuses_ports);
            seen.add_when(Completeness::RST, opens && segment.has_any(Flags::RST));
            return;
        }
        let acknowledges = segment.has_any(Flags::ACK);
        let plain = acknowledges && !segment.has_any(Flags::SYN);
        seen.add_when(Completeness::SYN_ACK, segment.flags.accepts());
        seen.add_when(Completeness::DATA, plain && has_data);
        seen.add_when(Completeness::ACK, plain && !has_data);
        seen.add_when(Completeness::FIN, acknowledges && segment.has_any(Flags::FIN));
        seen.add_when(Completeness::RST, segment.has_any(Flags::RST));
    }

    #[inline]
    pub(super) const fn last_time(&self) -> Timestamp {
        let [low, high] = &self.sides;
        if self.times.last_from_low {
            low.last_time
        } else {
            high.last_time
        }
    }

    /// Whether the lower end opened the connection; none where the handshake was not captured.
    pub(super) fn opened_from_low(&self) -> Option<bool> {
        let [low, high] = &self.sides;
        low.opened().or_else(|| high.opened().map(|opened| !opened))
    }

    pub(super) const fn first_time(&self) -> Timestamp {
        self.first_time
    }

    pub(super) const fn first_frame(&self) -> u32 {
        self.first_frame
    }

    /// What is known of its handshake.
    pub(super) const fn times(&self) -> Times {
        self.times
    }
}

impl Lanes {
    fn track(&mut self, incoming: &Incoming<'_>, event: &Event) -> Flight {
        let [low, high] = &mut self.0;
        let (forth, back) = if incoming.from_low { (low, high) } else { (high, low) };
        let flight = flight::track(forth, back, event);
        forth.select(selected_blocks(&incoming.header));
        flight
    }
}

/// Sets the numbers that relative ones count from.
#[inline]
fn begin_counting(forth: &mut Side, back: &mut Side, segment: &SegmentHeader) {
    if forth.base().is_none() {
        let is_syn = segment.has_any(Flags::SYN);
        forth.set_base(if is_syn {
            segment.sequence
        } else {
            segment.sequence.wrapping_sub(1)
        });
    }
    if back.base().is_none() && segment.has_any(Flags::ACK) {
        back.set_base(segment.acknowledgment.wrapping_sub(1));
    }
}

/// Window scaling holds where both SYN and SYN/ACK offer it (RFC 7323 2.2).
fn take_scale(forth: &mut Side, back: &mut Side, header: &Header<'_>, accepts: bool) {
    let offered = header.options().find(|option| option.kind == OptionKind::WINDOW_SCALE);
    if let Some(&[shift]) = offered.map(|option| option.data) {
        forth.set_scale(Scale::Shift(shift.min(MOST_SHIFT)));
    }
    if forth.scale() == Scale::Unknown {
        forth.set_scale(Scale::NotUsed);
        back.set_scale(Scale::NotUsed);
    } else if accepts && back.scale() == Scale::NotUsed {
        forth.set_scale(Scale::NotUsed);
    }
}

/// The blocks of a selective acknowledgment.
fn selected_blocks(header: &Header<'_>) -> impl Iterator<Item = (u32, u32)> {
    let options = header
        .options()
        .filter(|option| option.kind == SELECTIVE_ACKNOWLEDGMENT);
    options
        .flat_map(|option| option.data.as_chunks::<8>().0.iter())
        .filter_map(|block| {
            let (left, right) = block.split_first_chunk::<4>()?;
            Some((u32::from_be_bytes(*left), u32::from_be_bytes(*right.first_chunk()?)))
        })
}
