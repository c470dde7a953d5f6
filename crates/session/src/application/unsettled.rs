//! UDP whose protocol no single datagram has proved yet.

use whotalks_record::{ApplicationProtocol, FlowKey};
use whotalks_wire::app::{self, Carrier, Direction};

use super::Found;

/// Datagrams of a conversation that are looked at before it is left alone.
const MOST_DATAGRAMS: u8 = 6;
/// Bytes that are kept of a datagram: the headers that are compared lie within.
const MOST_HEAD_BYTES: usize = 64;

/// What is kept of the datagrams so far.
#[derive(Debug, Default)]
pub(crate) struct Unsettled {
    seen: u8,
    by_client: Head,
    by_server: Head,
    guess: Option<ApplicationProtocol>,
}

/// The beginning of the last datagram of a side; none yet where it is empty.
#[derive(Debug)]
struct Head {
    bytes: [u8; MOST_HEAD_BYTES],
    length: usize,
}

impl Default for Head {
    fn default() -> Self {
        Self {
            bytes: [0; MOST_HEAD_BYTES],
            length: 0,
        }
    }
}

impl Head {
    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    fn keep(&mut self, datagram: &[u8]) {
        self.length = datagram.len().min(MOST_HEAD_BYTES);
        let places = self.bytes.iter_mut().zip(datagram);
        places.for_each(|(place, byte)| *place = *byte);
    }
}

impl Unsettled {
    /// Compares a datagram with the last one of each side; gives the protocol that the two prove.
    pub(super) fn datagram(
        &mut self,
        datagram: &[u8],
        direction: Direction,
        key: FlowKey,
    ) -> Option<ApplicationProtocol> {
        self.seen += 1;
        let (same, other) = match direction {
            Direction::ToServer => (&mut self.by_client, &mut self.by_server),
            Direction::ToClient => (&mut self.by_server, &mut self.by_client),
        };
        let found = app::recognise_pair(same.bytes(), datagram, true)
            .or_else(|| app::recognise_pair(other.bytes(), datagram, false));
        same.keep(datagram);
        let ports = [key.client.port, key.server.port];
        self.guess = self
            .guess
            .or_else(|| app::guess_by_port(datagram, Carrier::Datagram, direction, ports));
        found
    }

    /// Whether enough was seen.
    pub(super) const fn is_exhausted(&self) -> bool {
        self.seen >= MOST_DATAGRAMS
    }

    /// What a datagram and a port suggest together.
    pub(super) fn guess(&self) -> Option<Found> {
        self.guess.map(Found::by_port)
    }
}
