//! What a conversation carries: from payloads to names and transactions.

mod dns;
mod http;
mod http2;
mod output;
mod quic;
mod side;
mod stream;
mod tls;
mod unsettled;

pub(crate) use output::{Found, Output, Place};

use whotalks_record::{ApplicationProtocol, FlowId, FlowKey, IpProtocol};
use whotalks_wire::app::{self, Carrier, Recognition};

use crate::role::{Pair, Role};
use dns::Transactions;
use stream::Stream;
use unsettled::Unsettled;

/// How far the content of a conversation was read.
pub(crate) enum Application {
    /// No payload was seen.
    Untried,
    /// TCP that is being followed.
    Stream(Box<Stream>),
    /// UDP that carries DNS.
    Dns(Box<Transactions>),
    /// UDP that carries QUIC whose hello is not complete.
    Quic(Box<quic::Connection>),
    /// UDP that carried nothing known yet.
    Unsettled(Box<Unsettled>),
    /// Nothing more is wanted.
    Finished,
}

impl Application {
    #[inline]
    pub(crate) const fn is_finished(&self) -> bool {
        matches!(self, Self::Finished)
    }

    pub(crate) const fn is_untried(&self) -> bool {
        matches!(self, Self::Untried)
    }

    /// Reads a segment `(sequence, payload, complete)`; gives the protocol once it is recognised. `starts` are the numbers of
    /// the first bytes of both sides, as far as the handshake told them.
    pub(crate) fn segment(
        &mut self,
        role: Role,
        segment: (u32, &[u8], bool),
        starts: Pair<Option<u32>>,
        place: &Place,
        output: &mut Output<'_>,
    ) -> Option<Found> {
        if self.is_untried() {
            *self = Self::Stream(Box::new(Stream::new(starts)));
        }
        let Self::Stream(stream) = self else { return None };
        let found = stream.segment(role, segment, place, output);
        if stream.is_finished() {
            let found = found.or(stream.guess());
            stream.release(output);
            *self = Self::Finished;
            return found;
        }
        found
    }

    /// Reads a datagram sent along `from`; gives the protocol once it is recognised.
    pub(crate) fn datagram(
        &mut self,
        payload: &[u8],
        from: FlowKey,
        place: &Place,
        output: &mut Output<'_>,
    ) -> Option<Found> {
        if let Self::Dns(transactions) = self {
            transactions.message(payload, from, place, output);
            return None;
        }
        if matches!(self, Self::Quic(_)) {
            return self.quic(payload, from, place, output);
        }
        if dns::is_dns(payload, from) {
            let mut transactions = Box::new(Transactions::default());
            transactions.message(payload, from, place, output);
            *self = Self::Dns(transactions);
            return Some(dns::found(payload, from));
        }
        self.other_datagram(payload, from, place, output)
    }

    /// Reads a datagram that is not DNS.
    fn other_datagram(
        &mut self,
        payload: &[u8],
        from: FlowKey,
        place: &Place,
        output: &mut Output<'_>,
    ) -> Option<Found> {
        let direction = if from == place.key {
            app::Direction::ToServer
        } else {
            app::Direction::ToClient
        };
        if let Recognition::Certain(protocol) = app::recognise(payload, Carrier::Datagram, direction) {
            return self.recognised(protocol, payload, from, place, output);
        }
        if self.is_untried() {
            *self = Self::Unsettled(Box::default());
        }
        let Self::Unsettled(unsettled) = self else { return None };
        let found = unsettled.datagram(payload, direction, place.key);
        if found.is_none() && !unsettled.is_exhausted() {
            return None;
        }
        let found = found.map(Found::by_content).or(unsettled.guess());
        *self = Self::Finished;
        found
    }

    fn recognised(
        &mut self,
        protocol: ApplicationProtocol,
        payload: &[u8],
        from: FlowKey,
        place: &Place,
        output: &mut Output<'_>,
    ) -> Option<Found> {
        if protocol == ApplicationProtocol::Quic {
            *self = Self::Quic(Box::default());
            return self.quic(payload, from, place, output);
        }
        if protocol == ApplicationProtocol::Dtls {
            dtls(payload, place, output);
        }
        *self = Self::Finished;
        Some(Found::by_content(protocol))
    }

    /// What the conversation may have been, going by its port, where nothing proved it.
    pub(crate) fn guess(&self) -> Option<Found> {
        match self {
            Self::Stream(stream) => stream.guess(),
            Self::Unsettled(unsettled) => unsettled.guess(),
            Self::Untried | Self::Dns(_) | Self::Quic(_) | Self::Finished => None,
        }
    }

    fn quic(&mut self, payload: &[u8], from: FlowKey, place: &Place, output: &mut Output<'_>) -> Option<Found> {
        let Self::Quic(connection) = self else { return None };
        let role = if from == place.key { Role::Client } else { Role::Server };
        let found = match connection.datagram(role, payload, output.budget) {
            quic::Hello::Waiting => return Some(Found::by_content(ApplicationProtocol::Quic)),
            quic::Hello::Read(name, protocol) => {
                if let Some(name) = name.filter(|name| !name.name.is_empty()) {
                    output.name(place, &name);
                }
                protocol
            }
            quic::Hello::Lost => ApplicationProtocol::Quic,
        };
        connection.release(output.budget);
        *self = Self::Finished;
        Some(Found::by_content(found))
    }

    /// Says what is left to say at the end of a conversation.
    pub(crate) fn end(&mut self, flow: FlowId, key: FlowKey, output: &mut Output<'_>) {
        match self {
            Self::Stream(stream) => {
                stream.end(flow, key, output);
                stream.release(output);
            }
            Self::Dns(transactions) => transactions.end(flow, output),
            Self::Quic(connection) => connection.release(output.budget),
            Self::Untried | Self::Unsettled(_) | Self::Finished => {}
        }
        *self = Self::Finished;
    }
}

/// The first hello of DTLS is repeated with a cookie, so the first one that is whole is enough.
fn dtls(payload: &[u8], place: &Place, output: &mut Output<'_>) {
    if let Some(name) = tls::datagram_name(payload).filter(|name| !name.name.is_empty()) {
        output.name(place, &name);
    }
}

/// Which end must have sent a payload, where only one of them can have.
pub(crate) fn orientation(payload: &[u8], protocol: IpProtocol) -> Option<Role> {
    let by_client = match protocol {
        IpProtocol::TCP => stream_is_by_client(payload),
        IpProtocol::UDP => dns::is_question(payload).or_else(|| quic::is_by_client(payload)),
        _ => None,
    };
    by_client.map(|by_client| if by_client { Role::Client } else { Role::Server })
}

fn stream_is_by_client(payload: &[u8]) -> Option<bool> {
    let recognised = |direction| app::recognise(payload, Carrier::Stream, direction);
    let http = Recognition::Certain(ApplicationProtocol::Http1);
    if recognised(app::Direction::ToServer) == http {
        return Some(true);
    }
    if recognised(app::Direction::ToClient) == http {
        return Some(false);
    }
    app::tls::is_by_client(payload)
}
