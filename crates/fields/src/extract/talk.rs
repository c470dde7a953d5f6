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
    /// What a SOCKS proxy was asked for.
    pub(crate) socks: crate::protocols::socks::Asked,
    /// What was agreed on in the handshake of TLS.
    pub(crate) tls: crate::protocols::tls::Agreed,
    /// What is known of a connection of QUIC.
    pub(crate) quic: crate::protocols::quic::Connection,
    /// Interfaces and calls of DCE/RPC.
    pub(crate) calls: crate::protocols::dcerpc::Calls,
    /// Trees and sessions of SMB2.
    pub(crate) shares: crate::protocols::smb2::Shares,
    /// Whether everything from now on is encrypted.
    pub(crate) is_encrypted: bool,
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

    /// Keeps a question until its answer comes. The earlier one of the same number that still waits, if there is one.
    pub(crate) fn ask(&mut self, number: u64) -> Option<Question> {
        let now = Question {
            frame: self.now.frame,
            time: self.now.time,
            answered: None,
        };
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
