//! The rows of the table of protocols.

use whotalks_record::ApplicationProtocol;

use super::pdu::{PduLength, unframed};
use super::{Carrier, Direction, Probe};

/// A protocol and how it is recognised.
#[derive(Debug, Clone, Copy)]
pub struct Protocol {
    /// Which one.
    pub protocol: ApplicationProtocol,
    /// What carries it.
    pub carrier: Carrier,
    /// What its first byte can be; a probe is asked only where that fits.
    pub first: First,
    /// Looks at the first bytes that one side sent.
    pub probe: fn(&[u8], Direction) -> Probe,
    /// How long the message is that the bytes of one side begin with.
    pub pdu: fn(&[u8], Direction) -> PduLength,
    /// What two datagrams `(earlier, later, same sender)` of one conversation prove that one alone does not.
    pub pair: fn(&[u8], &[u8], bool) -> Probe,
    /// Whether a datagram may be one more of a conversation that is known: what `probe` does not refuse, where that is found
    /// out with less than the probe reads.
    pub further: Option<fn(&[u8]) -> bool>,
    /// Its registered ports, host order: the second witness where the bytes alone prove nothing.
    pub ports: &'static [u16],
    /// Whether the connection may turn into TLS after some messages (STARTTLS and its like).
    pub upgrades_to_tls: bool,
}

/// What the first byte of a protocol can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// Any.
    Any,
    /// One of these.
    Of(&'static [u8]),
    /// From the first to the last of these.
    Range(u8, u8),
}

impl First {
    /// Whether a protocol can begin so.
    #[must_use]
    pub const fn admits(self, byte: u8) -> bool {
        match self {
            Self::Any => true,
            Self::Range(low, high) => low <= byte && byte <= high,
            Self::Of(mut list) => {
                while let [first, rest @ ..] = list {
                    if *first == byte {
                        return true;
                    }
                    list = rest;
                }
                false
            }
        }
    }
}

impl Protocol {
    /// A protocol over TCP that begins with any byte and has no framing.
    pub(crate) const fn stream(protocol: ApplicationProtocol, probe: fn(&[u8], Direction) -> Probe) -> Self {
        Self::new(protocol, Carrier::Stream, probe)
    }

    /// A protocol over UDP that begins with any byte.
    pub(crate) const fn datagram(protocol: ApplicationProtocol, probe: fn(&[u8], Direction) -> Probe) -> Self {
        Self::new(protocol, Carrier::Datagram, probe)
    }

    const fn new(protocol: ApplicationProtocol, carrier: Carrier, probe: fn(&[u8], Direction) -> Probe) -> Self {
        Self {
            protocol,
            carrier,
            first: First::Any,
            probe,
            pdu: unframed,
            pair: proves_nothing,
            further: None,
            ports: &[],
            upgrades_to_tls: false,
        }
    }

    /// Whether a datagram may be one more of a conversation that is known to have this protocol.
    #[must_use]
    pub fn may_go_on(&self, datagram: &[u8], direction: Direction) -> bool {
        match self.further {
            Some(further) => further(datagram),
            None => (self.probe)(datagram, direction) != Probe::NotMine,
        }
    }

    /// Further datagrams are told by this.
    pub(crate) const fn going_on(mut self, further: fn(&[u8]) -> bool) -> Self {
        self.further = Some(further);
        self
    }

    /// It begins with one of these bytes only.
    pub(crate) const fn beginning(mut self, first: First) -> Self {
        self.first = first;
        self
    }

    /// Its messages state their length.
    pub(crate) const fn framed(mut self, pdu: fn(&[u8], Direction) -> PduLength) -> Self {
        self.pdu = pdu;
        self
    }

    /// Two datagrams can prove it.
    pub(crate) const fn paired(mut self, pair: fn(&[u8], &[u8], bool) -> Probe) -> Self {
        self.pair = pair;
        self
    }

    /// Its registered ports.
    pub(crate) const fn on(mut self, ports: &'static [u16]) -> Self {
        self.ports = ports;
        self
    }

    /// It may turn into TLS.
    pub(crate) const fn upgrading(mut self) -> Self {
        self.upgrades_to_tls = true;
        self
    }
}

const fn proves_nothing(_: &[u8], _: &[u8], _: bool) -> Probe {
    Probe::NotMine
}
