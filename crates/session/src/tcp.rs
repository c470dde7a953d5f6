//! What the headers of one TCP connection say: handshake, round trip, end.

use whotalks_record::{CloseReason, TcpFlags, TcpSummary, Timestamp};
use whotalks_wire::transport::tcp::{Flags, Header};

use crate::role::{Pair, Role};

/// The state of a connection as far as its end and its beginning need it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Connection {
    sides: Pair<Side>,
    /// The SYN that the SYN/ACK answered: the last one before it.
    syn: Option<Timestamp>,
    syn_ack: Option<Timestamp>,
    /// The ACK that ended the handshake.
    ack: Option<Timestamp>,
    reset_by: Option<Role>,
    has_data: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Side {
    flags: Flags,
    /// The number before the first byte: that of the SYN, or what takes its place when the SYN was not captured.
    base: Option<u32>,
}

impl Connection {
    /// Takes in a segment sent by `role`.
    #[inline]
    pub(crate) fn segment(&mut self, role: Role, header: Header<'_>, has_payload: bool, time: Option<Timestamp>) {
        let flags = header.flags();
        self.has_data |= has_payload;
        if self.ack.is_none() {
            self.handshake(role, header, time);
        }
        let side = self.sides.get_mut(role);
        side.flags = side.flags.with(flags);
        side.base.get_or_insert(base(header));
        if flags.has(Flags::RST) && self.reset_by.is_none() && !self.is_finished() {
            self.reset_by = Some(role);
        }
    }

    #[inline]
    fn handshake(&mut self, role: Role, header: Header<'_>, time: Option<Timestamp>) {
        let flags = header.flags();
        if flags.opens() && role == Role::Client && self.syn_ack.is_none() {
            self.syn = time;
        } else if flags.accepts() && role == Role::Server && self.syn_ack.is_none() {
            self.syn_ack = time;
            self.sides
                .client
                .base
                .get_or_insert(header.acknowledgment().wrapping_sub(1));
        } else if self.ends_handshake(role, header) {
            self.ack = time;
        }
    }

    /// The first segment of the client that acknowledges the SYN/ACK and carries the first number after the SYN.
    fn ends_handshake(&self, role: Role, header: Header<'_>) -> bool {
        let follows = |base: Option<u32>, number: u32| base.is_some_and(|base| base.wrapping_add(1) == number);
        role == Role::Client
            && self.syn_ack.is_some()
            && header.flags().has(Flags::ACK)
            && !header.flags().has(Flags::SYN)
            && !header.flags().has(Flags::RST)
            && follows(self.sides.client.base, header.sequence())
            && follows(self.sides.server.base, header.acknowledgment())
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
        self.has_data || self.ack.is_some()
    }

    /// Whether the client's SYN was seen.
    pub(crate) const fn has_syn(&self) -> bool {
        self.sides.client.flags.has(Flags::SYN)
    }

    /// What the connection's headers said; `otherwise` is why it is reported, which counts when the connection has not
    /// ended by itself.
    pub(crate) fn summary(&self, otherwise: CloseReason) -> TcpSummary {
        let between = |start: Option<Timestamp>, end: Option<Timestamp>| Some(end? - start?);
        TcpSummary {
            client_flags: TcpFlags(self.sides.client.flags.0),
            server_flags: TcpFlags(self.sides.server.flags.0),
            syn_to_syn_ack: between(self.syn, self.syn_ack),
            syn_ack_to_ack: between(self.syn_ack, self.ack),
            close: self.close_reason(otherwise),
        }
    }

    fn close_reason(&self, otherwise: CloseReason) -> CloseReason {
        let unanswered = self.has_syn() && self.sides.server.flags == Flags::default();
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
