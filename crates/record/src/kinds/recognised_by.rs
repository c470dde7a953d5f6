//! How it is known what a conversation carries.

use crate::ApplicationProtocol;

/// How the protocol of a conversation was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecognisedBy {
    /// Its bytes show it.
    Content,
    /// The bytes inside of a tunnel that the conversation opened (CONNECT, SOCKS) or of what it was upgraded to show it.
    Tunnel,
    /// Its bytes show TLS, and whom the client asks for serves this protocol and nothing else, by name.
    Name,
    /// A guess: the bytes that are seen prove nothing and contradict nothing, and one of the ports is registered for it. Of
    /// what is encrypted they prove the envelope.
    Port,
}

impl RecognisedBy {
    /// The word for it in tables and JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Tunnel => "tunnel",
            Self::Name => "name",
            Self::Port => "port",
        }
    }

    /// What is left of `protocol` without a guess: what was guessed is unknown, and DNS that was guessed inside of TLS or QUIC
    /// is TLS or QUIC. A row that an older version wrote does not say how, and is taken at its word.
    #[must_use]
    pub const fn proved(by: Option<Self>, protocol: ApplicationProtocol) -> ApplicationProtocol {
        match (by, protocol) {
            (Some(Self::Port), ApplicationProtocol::Dot) => ApplicationProtocol::Tls,
            (Some(Self::Port), ApplicationProtocol::Doq) => ApplicationProtocol::Quic,
            (Some(Self::Port), _) => ApplicationProtocol::Unknown,
            (_, protocol) => protocol,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_proves_only_the_envelope() {
        let by_port = |protocol| RecognisedBy::proved(Some(RecognisedBy::Port), protocol);
        assert_eq!(by_port(ApplicationProtocol::Telnet), ApplicationProtocol::Unknown);
        assert_eq!(by_port(ApplicationProtocol::Dot), ApplicationProtocol::Tls);
        use RecognisedBy::{Content, Name, Tunnel};
        for by in [None, Some(Content), Some(Tunnel), Some(Name)] {
            assert_eq!(
                RecognisedBy::proved(by, ApplicationProtocol::Telnet),
                ApplicationProtocol::Telnet
            );
        }
    }
}
