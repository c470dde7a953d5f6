//! What TLS carries, where its handshake in the clear tells.

use whotalks_record::{ApplicationProtocol, RecognisedBy};
use whotalks_wire::app::tls::{
    Certificate, ClientHello, HandshakeType, asks_certificate, by_certificate, by_hello, certificates, messages,
};

/// What is known of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Inside {
    /// Nothing.
    #[default]
    Untold,
    /// The server's certificate may tell.
    AskCertificate,
    /// It was told.
    Told(ApplicationProtocol, RecognisedBy),
}

impl Inside {
    /// Looks at complete messages; `port` is the one they were sent to.
    pub(super) fn look(&mut self, complete: &[u8], port: u16) {
        for message in messages(complete) {
            match (message.kind, &self) {
                (HandshakeType::CLIENT_HELLO, Self::Untold) => *self = Self::of_hello(message.body, port),
                (HandshakeType::CERTIFICATE, Self::AskCertificate) => *self = Self::of_certificates(message.body),
                _ => {}
            }
        }
    }

    fn of_hello(body: &[u8], port: u16) -> Self {
        let Ok(hello) = ClientHello::parse(body) else {
            return Self::Untold;
        };
        match by_hello(&hello, port) {
            Some((protocol, by)) => Self::Told(protocol, by),
            None if asks_certificate(&hello) => Self::AskCertificate,
            None => Self::Untold,
        }
    }

    fn of_certificates(body: &[u8]) -> Self {
        let own = certificates(body).next().and_then(Certificate::parse);
        let protocol = own.as_ref().and_then(by_certificate);
        protocol.map_or(Self::Untold, |protocol| Self::Told(protocol, RecognisedBy::Content))
    }
}
