//! What the headers of one TCP connection say: handshake, round trip, end.

use whotalks_record::{CloseReason, TcpFlags, TcpSummary, Timestamp};
use whotalks_wire::transport::tcp::{Flags, Header};

use crate::role::{Pair, Role};

/// The state of a connection as far as its end and its beginning need it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Connection {
    sides: Pair<Side>,
    /// The SYN that counts: the last one before the SYN/ACK.
    syn: Option<Timestamp>,
    /// A SYN repeated after the SYN/ACK; it counts if that is repeated too, since then nobody can tell which answers which.
    repeated_syn: Option<Timestamp>,
    syn_ack: Option<Timestamp>,
    /// The ACK that ended the handshake, or the RST that refused it.
    answer: Option<Answer>,
    /// Bytes that the SYN carried (RFC 7413).
    syn_bytes: u32,
    reset_by: Option<Role>,
    has_data: bool,
}

/// What ended the handshake.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Acknowledged(Option<Timestamp>),
    Refused(Option<Timestamp>),
}

#[derive(Debug, Clone, Copy, Default)]
struct Side {
    flags: Flags,
    /// The number before the first byte: that of the SYN, or what takes its place when the SYN was not captured.
    base: Option<u32>,
}

impl Connection {
    /// Takes in a segment sent by `role` with so many bytes of data.
    #[inline]
    pub(crate) fn segment(&mut self, role: Role, header: Header<'_>, data_bytes: u32, time: Option<Timestamp>) {
        let flags = header.flags();
        self.has_data |= data_bytes > 0;
        if self.answer.is_none() || self.took_no_time() {
            self.handshake(role, header, data_bytes, time);
        }
        let side = self.sides.get_mut(role);
        side.flags = side.flags.with(flags);
        side.base.get_or_insert(base(header));
        if flags.has(Flags::RST) && self.reset_by.is_none() && !self.is_finished() {
            self.reset_by = Some(role);
        }
    }

    #[inline]
    fn handshake(&mut self, role: Role, header: Header<'_>, data_bytes: u32, time: Option<Timestamp>) {
        let flags = header.flags();
        match role {
            Role::Client if flags.opens() => self.take_syn(data_bytes, time),
            Role::Server if flags.accepts() => self.take_syn_ack(header, time),
            Role::Client if self.acknowledges_handshake(header) => self.answer = Some(Answer::Acknowledged(time)),
            Role::Server if self.refuses(header) => self.answer = Some(Answer::Refused(time)),
            Role::Client | Role::Server => {}
        }
    }

    /// Whether all packets of the handshake carry one time: the capture stamped them together, and a repeated answer may
    /// still tell how long it took.
    fn took_no_time(&self) -> bool {
        matches!(self.answer, Some(Answer::Acknowledged(time)) if time.is_some() && time == self.syn)
    }

    fn take_syn(&mut self, data_bytes: u32, time: Option<Timestamp>) {
        self.syn_bytes = data_bytes;
        if self.syn.is_none() || self.syn_ack.is_none() {
            self.syn = time
        } else {
            self.repeated_syn = time
        }
    }

    fn take_syn_ack(&mut self, header: Header<'_>, time: Option<Timestamp>) {
        self.sides
            .client
            .base
            .get_or_insert(header.acknowledgment().wrapping_sub(1));
        if let Some(repeated) = self.repeated_syn.take() {
            (self.syn, self.syn_ack) = (Some(repeated), time);
        } else if self.syn_ack.is_none() {
            self.syn_ack = time;
        }
    }

    /// The first segment of the client after its SYN. Where the server's packets were captured, it must acknowledge the
    /// SYN/ACK and no more.
    fn acknowledges_handshake(&self, header: Header<'_>) -> bool {
        let flags = header.flags();
        let after_syn = self
            .sides
            .client
            .base
            .map(|base| header.sequence().wrapping_sub(base.wrapping_add(1)));
        let after_syn_ack = self
            .sides
            .server
            .base
            .map(|base| header.acknowledgment().wrapping_sub(base.wrapping_add(1)));
        flags.has(Flags::ACK)
            && !flags.has(Flags::RST)
            && self.has_syn()
            && after_syn.is_some_and(|bytes| bytes <= self.syn_bytes)
            && after_syn_ack.is_none_or(|bytes| bytes == 0)
    }

    /// A reset as the answer to the SYN.
    fn refuses(&self, header: Header<'_>) -> bool {
        self.has_syn() && self.syn_ack.is_none() && header.flags().has(Flags::RST.with(Flags::ACK))
    }

    /// Whether a segment begins another connection with the same addresses and ports: a SYN whose number differs from the
    /// one this side began with, or any SYN after the end. A repeated SYN has the same number.
    #[inline]
    pub(crate) fn is_reused_by(&self, role: Role, header: Header<'_>) -> bool {
        if !header.flags().opens() {
            return false;
        }
        match self.sides.get(role).base {
            Some(base) => base != header.sequence(),
            None => self.is_finished() || self.reset_by.is_some(),
        }
    }

    /// The two ends were taken for each other.
    pub(crate) const fn swap(&mut self) {
        self.sides.swap();
        self.reset_by = match self.reset_by {
            Some(role) => Some(role.other()),
            None => None,
        };
    }

    #[inline]
    pub(crate) const fn is_finished(&self) -> bool {
        self.sides.client.flags.has(Flags::FIN) && self.sides.server.flags.has(Flags::FIN)
    }

    /// No more data is to be expected.
    #[inline]
    pub(crate) const fn is_ended(&self) -> bool {
        self.is_finished() || self.reset_by.is_some()
    }

    /// Data flowed, or the handshake is complete.
    #[inline]
    pub(crate) const fn is_established(&self) -> bool {
        self.has_data || matches!(self.answer, Some(Answer::Acknowledged(_)))
    }

    /// Whether the client's SYN was seen.
    pub(crate) const fn has_syn(&self) -> bool {
        self.sides.client.flags.has(Flags::SYN)
    }

    /// The number of the first byte of data of `role`, where its SYN was seen.
    pub(crate) fn first_byte(&self, role: Role) -> Option<u32> {
        let side = self.sides.get(role);
        side.base
            .filter(|_| side.flags.has(Flags::SYN))
            .map(|base| base.wrapping_add(1))
    }

    /// What the connection's headers said; `otherwise` is why it is reported, which counts when the connection has not
    /// ended by itself.
    pub(crate) fn summary(&self, otherwise: CloseReason) -> TcpSummary {
        let between = |start: Option<Timestamp>, end: Option<Timestamp>| Some(end? - start?);
        TcpSummary {
            client_flags: TcpFlags(self.sides.client.flags.0),
            server_flags: TcpFlags(self.sides.server.flags.0),
            syn_to_syn_ack: between(self.syn, self.syn_ack),
            syn_ack_to_ack: between(self.syn_ack, self.acknowledged()),
            handshake: between(self.syn, self.answered()),
            close: self.close_reason(otherwise),
        }
    }

    const fn acknowledged(&self) -> Option<Timestamp> {
        match self.answer {
            Some(Answer::Acknowledged(time)) => time,
            _ => None,
        }
    }

    const fn answered(&self) -> Option<Timestamp> {
        match self.answer {
            Some(Answer::Acknowledged(time) | Answer::Refused(time)) => time,
            None => None,
        }
    }

    fn close_reason(&self, otherwise: CloseReason) -> CloseReason {
        // A client that ended the handshake was answered, though the capture may hold its direction only.
        let unanswered = self.has_syn() && self.sides.server.flags == Flags::default() && self.answer.is_none();
        match self.reset_by {
            Some(Role::Client) => CloseReason::ClientReset,
            Some(Role::Server) => CloseReason::ServerReset,
            None if self.is_finished() => CloseReason::Finished,
            None if unanswered => CloseReason::Unanswered,
            None => otherwise,
        }
    }
}

#[inline]
const fn base(header: Header<'_>) -> u32 {
    if header.flags().has(Flags::SYN) {
        header.sequence()
    } else {
        header.sequence().wrapping_sub(1)
    }
}
