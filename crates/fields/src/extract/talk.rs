//! What is kept of a conversation between its messages.

use std::collections::HashMap;

use whotalks_record::{Nanoseconds, Timestamp};
use whotalks_session::streams::{Moment, Way};

use super::messages::Side;
use super::services::Service;

/// Questions of one conversation that wait for an answer; more are a flood or an attack.
const MOST_QUESTIONS: usize = 4096;

/// What is kept of a conversation.
#[derive(Debug, Default)]
pub(crate) struct Talk {
    /// What its messages are, once that is known.
    pub(crate) service: Option<Service>,
    /// Which way the side goes that called; none while that is unknown.
    pub(crate) to_server: Option<Way>,
    /// The bytes of both ways that no message was made of yet.
    pub(crate) forth: Side,
    pub(crate) back: Side,
    questions: HashMap<u64, Question>,
    /// Requests and answers of HTTP so far.
    pub(crate) http: crate::protocols::http::History,
    /// Tables of headers and bodies of HTTP/2; few conversations have them.
    pub(crate) http2: Option<Box<crate::protocols::http2::Connection>>,
    /// What a SOCKS proxy was asked for.
    pub(crate) socks: crate::protocols::socks::Asked,
    /// What was agreed on in the handshake of TLS.
    pub(crate) tls: crate::protocols::tls::Agreed,
    /// Handshake messages of DTLS that wait for pieces.
    pub(crate) dtls: crate::protocols::dtls::Pieces,
    /// The media that a call announced here, until the capture knows of them.
    pub(crate) announced: Vec<crate::protocols::rtp::Announcement>,
    /// What is known of the media of a call.
    pub(crate) media: crate::protocols::rtp::Flow,
    /// What is known of a connection of QUIC.
    pub(crate) quic: crate::protocols::quic::Connection,
    /// Interfaces and calls of DCE/RPC.
    pub(crate) calls: crate::protocols::dcerpc::Calls,
    /// Trees and sessions of SMB2.
    pub(crate) shares: crate::protocols::smb2::Shares,
    /// Whether it turns into TLS.
    pub(crate) upgrade: Upgrade,
    /// Whether everything from now on is encrypted.
    pub(crate) is_encrypted: bool,
}

/// Whether a conversation turns into TLS, as mail and other protocols of text lines may (RFC 3207, RFC 9051 6.2.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Upgrade {
    #[default]
    None,
    /// The client asked for it, and the server did not answer yet.
    Asked,
    Granted,
}

/// A question and what became of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question {
    pub(crate) frame: u32,
    pub(crate) time: Timestamp,
    /// The frame of its first answer.
    pub(crate) answered: Option<u32>,
}

/// Where a message comes from.
pub(crate) struct Context<'t> {
    pub(crate) now: Moment,
    pub(crate) way: Way,
    /// Source and destination.
    pub(crate) ports: [u16; 2],
    pub(crate) talk: &'t mut Talk,
    /// The segment that it ends in was not captured whole.
    pub(crate) is_cut: bool,
}

impl Context<'_> {
    /// Whether the message goes to the side that was called.
    pub(crate) fn is_to_server(&self) -> bool {
        self.talk.to_server.unwrap_or(Way::Forth) == self.way
    }

    /// Whether the message goes to this port.
    pub(crate) fn is_to_port(&self, port: u16) -> bool {
        let [_, destination] = self.ports;
        destination == port
    }

    /// Whether either port is this one.
    pub(crate) fn has_port(&self, port: u16) -> bool {
        self.ports.contains(&port)
    }

    /// The client asks to go on in TLS.
    pub(crate) const fn asks_for_tls(&mut self) {
        self.talk.upgrade = Upgrade::Asked;
    }

    /// The server answers, which counts where the client asked.
    pub(crate) fn answers(&mut self, is_granted: bool) {
        if self.talk.upgrade == Upgrade::Asked {
            self.talk.upgrade = if is_granted { Upgrade::Granted } else { Upgrade::None };
        }
    }

    /// This message as a question.
    pub(crate) const fn question(&self) -> Question {
        Question {
            frame: self.now.frame,
            time: self.now.time,
            answered: None,
        }
    }

    /// Keeps a question until its answer comes. The earlier one of the same number that still waits, if there is one.
    pub(crate) fn ask(&mut self, number: u64) -> Option<Question> {
        let now = self.question();
        let waiting = self
            .talk
            .questions
            .get(&number)
            .filter(|question| question.answered.is_none());
        if let Some(waiting) = waiting {
            return Some(*waiting);
        }
        if self.talk.questions.len() >= MOST_QUESTIONS {
            self.talk.questions.clear();
        }
        self.talk.questions.insert(number, now);
        None
    }

    /// The question that this message answers, as it was before.
    pub(crate) fn answer(&mut self, number: u64) -> Option<Question> {
        let frame = self.now.frame;
        let question = self.talk.questions.get_mut(&number)?;
        let before = *question;
        question.answered.get_or_insert(frame);
        Some(before)
    }

    /// The question of that number, which more than one message may answer.
    pub(crate) fn asked(&self, number: u64) -> Option<Question> {
        self.talk.questions.get(&number).copied()
    }

    /// How long ago that was.
    pub(crate) fn since(&self, time: Timestamp) -> Option<Nanoseconds> {
        Some(self.now.time - time)
    }
}
