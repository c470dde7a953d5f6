//! The name in the hello of QUIC, which Initial packets carry in pieces.

use whotalks_record::{ApplicationProtocol, NameSource};
use whotalks_wire::app::name_text;
use whotalks_wire::app::quic::{
    CryptoStream, Frame, Initial, InitialKeys, Packet, Sender, Version, frames, google, packets,
};
use whotalks_wire::app::tls::{ClientHello, HandshakeType, messages};

use super::output::Name;
use super::{Budget, tls};
use crate::role::Role;

/// Datagrams of a client after which its hello is given up. A hello takes two or three, more when they are lost.
const MOST_DATAGRAMS: u8 = 32;
/// Packets of one datagram that are looked at; three kinds of packets make up a handshake.
const MOST_PACKETS: usize = 8;

/// A connection whose hello is not complete.
#[derive(Default)]
pub(crate) struct Connection {
    /// The keys of the client, and the version they are for.
    keys: Option<(Version, InitialKeys)>,
    stream: CryptoStream,
    datagrams: u8,
}

/// How far the hello was read.
pub(super) enum Hello {
    /// More of it is needed.
    Waiting,
    /// It is read; the name if it states one, and what the connection carries.
    Read(Option<Name>, ApplicationProtocol),
    /// It will not come.
    Lost,
}

/// Whether a client (true) or a server (false) must have sent a datagram; none when it cannot be told.
pub(super) fn is_by_client(payload: &[u8]) -> Option<bool> {
    if google::version(payload).is_some() {
        return Some(true);
    }
    match packets(payload).next()? {
        Packet::Initial(initial) => {
            let keys = client_keys(&initial)?;
            initial.open(&keys).map(|_| true)
        }
        Packet::ZeroRtt(_) => Some(true),
        Packet::Retry(_) | Packet::VersionNegotiation { .. } => Some(false),
        Packet::Handshake(_) | Packet::OtherVersion(_) | Packet::Short(_) => None,
    }
}

/// The keys that follow from the packet itself, as they do for the first one of a client.
fn client_keys(initial: &Initial<'_>) -> Option<InitialKeys> {
    InitialKeys::derive(initial.header.version, initial.header.destination, Sender::Client)
}

impl Connection {
    /// Reads a datagram.
    pub(super) fn datagram(&mut self, role: Role, payload: &[u8], budget: &mut Budget) -> Hello {
        if role == Role::Server {
            return Hello::Waiting;
        }
        self.datagrams = self.datagrams.saturating_add(1);
        if let Some(hello) = google::version(payload).and_then(|_| google_hello(payload)) {
            return hello;
        }
        for packet in packets(payload).take(MOST_PACKETS) {
            let Packet::Initial(initial) = packet else { continue };
            if let Some(plain) = self.open(&initial, budget)
                && let Some(hello) = self.frames(initial.header.version, &plain, budget)
            {
                return hello;
            }
        }
        if self.datagrams < MOST_DATAGRAMS {
            Hello::Waiting
        } else {
            Hello::Lost
        }
    }

    /// Opens a packet with the keys of the connection, or after a Retry with those that follow from the packet.
    fn open(&mut self, initial: &Initial<'_>, budget: &mut Budget) -> Option<Vec<u8>> {
        let version = initial.header.version;
        if let Some((known, keys)) = &self.keys
            && *known == version
            && let Some(plain) = initial.open(keys)
        {
            return Some(plain.payload);
        }
        let keys = client_keys(initial)?;
        let plain = initial.open(&keys)?;
        self.release(budget);
        self.keys = Some((version, keys));
        Some(plain.payload)
    }

    /// Takes in the pieces of a packet; gives the hello once it is complete.
    fn frames(&mut self, version: Version, payload: &[u8], budget: &mut Budget) -> Option<Hello> {
        if version == Version::Q050 {
            return google_hello(payload);
        }
        for frame in frames(payload) {
            if let Frame::Crypto { offset, data } = frame
                && let Some(growth) = self.stream.growth(offset, data.len())
                && budget.take(growth)
            {
                self.stream.insert(offset, data);
            }
        }
        let message = messages(self.stream.contiguous()).next()?;
        if message.kind != HandshakeType::CLIENT_HELLO {
            return Some(Hello::Lost);
        }
        message.is_complete().then(|| tls_hello(message.body))
    }

    /// Gives back what is held.
    pub(super) fn release(&mut self, budget: &mut Budget) {
        budget.give_back(self.stream.held_bytes());
        self.stream = CryptoStream::default();
    }
}

fn tls_hello(body: &[u8]) -> Hello {
    let Ok(hello) = ClientHello::parse(body) else {
        return Hello::Lost;
    };
    let is_dns = hello.application_protocols().any(|protocol| protocol == b"doq");
    let protocol = if is_dns {
        ApplicationProtocol::Doq
    } else {
        ApplicationProtocol::Quic
    };
    Hello::Read(tls::name(&hello, NameSource::QuicSni), protocol)
}

fn google_hello(bytes: &[u8]) -> Option<Hello> {
    let host = google::client_hello(bytes)?.server_name;
    let name = host.filter(|host| tls::is_name(host)).map(|host| Name {
        source: NameSource::QuicSni(whotalks_record::Ech::Absent),
        name: name_text(host),
        port: None,
        path: None,
    });
    Some(Hello::Read(name, ApplicationProtocol::Quic))
}
