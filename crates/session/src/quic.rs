//! The hello of a QUIC client, put together from the Initial packets of its datagrams.

use whotalks_wire::app::quic::{
    CryptoStream, Frame, Initial, InitialKeys, Packet, Sender, Version, frames, google, packets,
};
use whotalks_wire::app::tls::{HandshakeType, messages};

/// Datagrams of a client after which its hello is given up. A hello takes two or three, more when they are lost.
const MOST_DATAGRAMS: u8 = 32;
/// Packets of one datagram that are looked at; three kinds of packets make up a handshake.
const MOST_PACKETS: usize = 8;

/// Puts the hello of one client together. It holds at most 32 KiB.
#[derive(Default)]
pub struct QuicHelloReader {
    /// The keys of the client, and the version they are for.
    keys: Option<(Version, InitialKeys)>,
    stream: CryptoStream,
    datagrams: u8,
}

/// How far a hello was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuicHello<'a> {
    /// More datagrams of the client are needed.
    Waiting,
    /// The body of the ClientHello, for [`whotalks_wire::app::tls::ClientHello::parse`].
    Tls(&'a [u8]),
    /// The hello of Google's own QUIC, and the server that it names.
    Google(Option<Vec<u8>>),
    /// It will not come: too many datagrams, or something else in its place.
    Lost,
}

/// What one packet tells of the hello.
enum Told {
    Google(Option<Vec<u8>>),
    Complete,
    Lost,
}

impl QuicHelloReader {
    /// Reads a datagram that the client sent. Once a hello was given, nothing more is to be read.
    pub fn datagram(&mut self, payload: &[u8]) -> QuicHello<'_> {
        self.datagrams = self.datagrams.saturating_add(1);
        match self.told(payload) {
            Some(Told::Google(name)) => QuicHello::Google(name),
            Some(Told::Complete) => messages(self.stream.contiguous())
                .next()
                .map_or(QuicHello::Lost, |message| QuicHello::Tls(message.body)),
            None if self.datagrams < MOST_DATAGRAMS => QuicHello::Waiting,
            Some(Told::Lost) | None => QuicHello::Lost,
        }
    }

    /// Bytes held of a hello that is not complete.
    #[must_use]
    pub const fn held_bytes(&self) -> usize {
        self.stream.held_bytes()
    }

    fn told(&mut self, payload: &[u8]) -> Option<Told> {
        if google::version(payload).is_some()
            && let Some(hello) = google::client_hello(payload)
        {
            return Some(Told::Google(hello.server_name.map(<[u8]>::to_vec)));
        }
        for packet in packets(payload).take(MOST_PACKETS) {
            let Packet::Initial(initial) = packet else { continue };
            if let Some(plain) = self.open(&initial)
                && let Some(told) = self.frames(initial.header.version, &plain)
            {
                return Some(told);
            }
        }
        None
    }

    /// Opens a packet with the keys of the connection, or after a Retry with those that follow from the packet.
    fn open(&mut self, initial: &Initial<'_>) -> Option<Vec<u8>> {
        let version = initial.header.version;
        if let Some((known, keys)) = &self.keys
            && *known == version
            && let Some(plain) = initial.open(keys)
        {
            return Some(plain.payload);
        }
        let keys = client_keys(initial)?;
        let plain = initial.open(&keys)?;
        self.stream = CryptoStream::default();
        self.keys = Some((version, keys));
        Some(plain.payload)
    }

    /// Takes in the pieces of a packet.
    fn frames(&mut self, version: Version, payload: &[u8]) -> Option<Told> {
        if version == Version::Q050 {
            return google::client_hello(payload).map(|hello| Told::Google(hello.server_name.map(<[u8]>::to_vec)));
        }
        for frame in frames(payload) {
            if let Frame::Crypto { offset, data } = frame {
                self.stream.insert(offset, data);
            }
        }
        let message = messages(self.stream.contiguous()).next()?;
        if message.kind != HandshakeType::CLIENT_HELLO {
            return Some(Told::Lost);
        }
        message.is_complete().then_some(Told::Complete)
    }
}

/// The keys that follow from the packet itself, as they do for the first one of a client.
pub(crate) fn client_keys(initial: &Initial<'_>) -> Option<InitialKeys> {
    InitialKeys::derive(initial.header.version, initial.header.destination, Sender::Client)
}
