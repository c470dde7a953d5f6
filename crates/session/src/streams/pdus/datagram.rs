//! UDP: one datagram, one message.

use whotalks_record::{ApplicationProtocol, RecognisedBy};
use whotalks_wire::app::{self, Carrier, Direction, Probe, Protocol, Recognition};

use crate::reassembly::Budget;
use crate::streams::stream::Way;

/// Datagrams of a stream that are looked at before it is left alone.
const MOST_ATTEMPTS: u8 = 8;
/// Bytes kept of a datagram that is compared with the next one: the headers by which two prove a protocol are shorter.
const MOST_EARLIER_BYTES: usize = 64;

/// What the datagrams of a stream were recognised as.
#[derive(Debug)]
pub(crate) struct DatagramState {
    row: Option<&'static Protocol>,
    /// The port had to help: no bytes proved it.
    is_guessed: bool,
    /// How the datagram at hand was recognised.
    latest: Option<RecognisedBy>,
    /// The last datagram that nobody knew.
    earlier: Option<Box<Earlier>>,
    attempts: u8,
}

/// The beginning of a datagram.
#[derive(Debug)]
struct Earlier {
    way: Way,
    length: usize,
    bytes: [u8; MOST_EARLIER_BYTES],
}

impl Default for DatagramState {
    fn default() -> Self {
        Self {
            row: None,
            is_guessed: false,
            latest: None,
            earlier: None,
            attempts: MOST_ATTEMPTS,
        }
    }
}

impl DatagramState {
    /// What the stream was recognised as; [`ApplicationProtocol::Unknown`] before that.
    pub(super) fn protocol(&self) -> ApplicationProtocol {
        self.row.map_or(ApplicationProtocol::Unknown, |row| row.protocol)
    }

    /// How the datagram at hand was recognised; none where it was not.
    pub(super) const fn recognised_by(&self) -> Option<RecognisedBy> {
        self.latest
    }

    /// What the stream was recognised as, which the datagram at hand does not contradict.
    fn usual(&mut self) -> ApplicationProtocol {
        self.latest = self.row.map(|_| by(self.is_guessed));
        self.protocol()
    }

    /// The protocol of a datagram; [`ApplicationProtocol::Unknown`] when nobody knows.
    pub(super) fn recognise(
        &mut self,
        payload: &[u8],
        way: Way,
        ports: [u16; 2],
        budget: &mut Budget,
    ) -> ApplicationProtocol {
        let direction = match way {
            Way::Forth => Direction::ToServer,
            Way::Back => Direction::ToClient,
        };
        if self.goes_on(payload, direction) || self.attempts == 0 {
            return self.usual();
        }
        let proved = match app::recognise(payload, Carrier::Datagram, direction) {
            Recognition::Certain(protocol) => Some(protocol),
            Recognition::Unsure(_) | Recognition::Unknown => self.pair(payload, way),
        };
        let found = proved.or_else(|| app::guess_by_port(payload, Carrier::Datagram, direction, ports));
        self.latest = found.map(|_| by(proved.is_none()));
        match found {
            Some(protocol) if self.row.is_none() || (self.is_guessed && proved.is_some()) => {
                self.row = app::protocol(protocol, Carrier::Datagram);
                self.is_guessed = proved.is_none();
                self.forget(budget);
            }
            Some(_) => {}
            None => self.fail(payload, way, budget),
        }
        found.unwrap_or_else(|| self.usual())
    }

    /// Whether a datagram may be one more of what the stream was recognised as. One that proves it ends the guessing.
    fn goes_on(&mut self, payload: &[u8], direction: Direction) -> bool {
        let Some(row) = self.row else { return false };
        if !self.is_guessed {
            return row.may_go_on(payload, direction);
        }
        let says = (row.probe)(payload, direction);
        self.is_guessed = says != Probe::Certain;
        says != Probe::NotMine
    }

    /// What this datagram and the one before prove together.
    fn pair(&self, payload: &[u8], way: Way) -> Option<ApplicationProtocol> {
        let earlier = self.earlier.as_ref()?;
        let bytes = earlier.bytes.get(..earlier.length)?;
        app::recognise_pair(bytes, payload, earlier.way == way)
    }

    /// Nobody knows a datagram; the next one may explain it.
    fn fail(&mut self, payload: &[u8], way: Way, budget: &mut Budget) {
        self.attempts -= 1;
        if self.attempts == 0 || self.row.is_some() {
            self.forget(budget);
            return;
        }
        let kept = payload.get(..MOST_EARLIER_BYTES).unwrap_or(payload);
        let mut bytes = [0; MOST_EARLIER_BYTES];
        bytes.iter_mut().zip(kept).for_each(|(place, byte)| *place = *byte);
        let earlier = Earlier {
            way,
            length: kept.len(),
            bytes,
        };
        match &mut self.earlier {
            Some(place) => **place = earlier,
            None if budget.take(size_of::<Earlier>()) => self.earlier = Some(Box::new(earlier)),
            None => {}
        }
    }

    fn forget(&mut self, budget: &mut Budget) {
        if self.earlier.take().is_some() {
            budget.give_back(size_of::<Earlier>());
        }
    }
}

const fn by(is_guessed: bool) -> RecognisedBy {
    match is_guessed {
        true => RecognisedBy::Port,
        false => RecognisedBy::Content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTS: [u16; 2] = [40_000, 50_000];

    /// The start of a voice stream: RTP, payload type 0.
    fn rtp(number: u8) -> Vec<u8> {
        let header = [0x80, 0, 0, number, 0, 0, number, 0, 1, 2, 3, 4];
        [&header[..], &[0x7f; 160]].concat()
    }

    #[test]
    fn two_datagrams_prove_what_one_does_not() {
        let (mut state, mut budget) = (DatagramState::default(), Budget::new(1_000));
        let mut ask = |number| state.recognise(&rtp(number), Way::Forth, PORTS, &mut budget);
        assert_eq!(ask(1), ApplicationProtocol::Unknown);
        assert_eq!(ask(2), ApplicationProtocol::Rtp);
        assert_eq!(state.protocol(), ApplicationProtocol::Rtp);
        assert!(state.earlier.is_none() && budget.take(1_000));
    }

    #[test]
    fn a_guess_by_port_is_marked_until_bytes_prove_it() {
        let (mut state, mut budget) = (DatagramState::default(), Budget::new(1_000));
        let mut ask = |datagram: &[u8]| {
            let protocol = state.recognise(datagram, Way::Forth, [40_000, 50_001], &mut budget);
            (protocol, state.recognised_by())
        };
        let guess = (ApplicationProtocol::AnyDesk, Some(RecognisedBy::Port));
        assert_eq!(ask(&[0x3e, 0xd1, 1, 0]), guess);
        let stun = [&[0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42][..], &[7; 12]].concat();
        let proved = (ApplicationProtocol::Stun, Some(RecognisedBy::Content));
        assert_eq!([ask(&stun), ask(&stun)], [proved; 2]);
    }

    #[test]
    fn what_nobody_knows_is_left_alone_and_nothing_is_kept() {
        let (mut state, mut budget) = (DatagramState::default(), Budget::new(1_000));
        for _ in 0..20 {
            let protocol = state.recognise(&[0xff, 0, 0xff], Way::Back, PORTS, &mut budget);
            assert_eq!(protocol, ApplicationProtocol::Unknown);
        }
        assert_eq!(state.attempts, 0);
        assert!(state.earlier.is_none() && budget.take(1_000));
    }
}
