//! What a server answers to a ClientHello, up to its certificates.

use std::borrow::Cow;

use super::handshake::{HandshakeType, join, messages};
use super::record::{ContentType, records};
use super::{ServerHello, Version};
use crate::app::Unfinished;

/// The bodies of the messages that a server sends in the clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerFlight<'a> {
    messages: Cow<'a, [u8]>,
    is_over: bool,
}

/// Reads the messages that `prefix`, the first bytes of a server, begins with. They are copied only where they are spread over
/// several records. The flight is over with the certificates, with the end of what a server says in the clear, or with a
/// ServerHello of TLS 1.3, behind which all is encrypted.
///
/// # Errors
/// [`Unfinished::NeedMore`] until it is over; [`Unfinished::Broken`] when it is no TLS.
pub fn server_flight(prefix: &[u8]) -> Result<ServerFlight<'_>, Unfinished> {
    let flight = ServerFlight::so_far(prefix)?;
    if flight.is_over {
        Ok(flight)
    } else {
        Err(Unfinished::NeedMore)
    }
}

impl<'a> ServerFlight<'a> {
    /// As [`server_flight`], but gives what is there, however little.
    ///
    /// # Errors
    /// [`Unfinished::Broken`] when it is no TLS.
    pub fn so_far(prefix: &'a [u8]) -> Result<Self, Unfinished> {
        let mut flight = Self {
            messages: Cow::Borrowed(&[]),
            is_over: false,
        };
        let mut records = records(prefix);
        while !flight.is_over {
            let record = match records.read() {
                Ok(record) => record,
                Err(Unfinished::NeedMore) => break,
                Err(broken) => return Err(broken),
            };
            if record.header.content_type() == ContentType::HANDSHAKE {
                join(&mut flight.messages, record.fragment);
                flight.is_over = is_over(&flight.messages);
            } else {
                flight.is_over = true;
            }
        }
        Ok(flight)
    }

    /// The ServerHello.
    #[must_use]
    pub fn server_hello(&self) -> Option<ServerHello<'_>> {
        ServerHello::parse(self.body(HandshakeType::SERVER_HELLO)?).ok()
    }

    /// The body of the Certificate message; feed it to [`super::certificates`].
    #[must_use]
    pub fn certificates(&self) -> Option<&[u8]> {
        self.body(HandshakeType::CERTIFICATE)
    }

    fn body(&self, kind: HandshakeType) -> Option<&[u8]> {
        let message = messages(&self.messages).find(|message| message.kind == kind)?;
        message.is_complete().then_some(message.body)
    }
}

/// Whether nothing more of interest follows these messages.
fn is_over(bytes: &[u8]) -> bool {
    messages(bytes).any(|message| match message.kind {
        HandshakeType::SERVER_HELLO if message.is_complete() => {
            let version = ServerHello::parse(message.body).map(|hello| hello.version());
            !matches!(version, Ok(version) if version < Version::TLS_1_3)
        }
        HandshakeType::CERTIFICATE => message.is_complete(),
        HandshakeType::SERVER_HELLO | HandshakeType::HELLO_REQUEST | HandshakeType::CERTIFICATE_STATUS => false,
        _ => true,
    })
}
