//! What a conversation carries: from payloads to names and transactions.

mod dns;
mod http;
mod output;
mod side;
mod stream;
mod tls;

pub(crate) use output::{Budget, Output, Place};

use whotalks_record::{ApplicationProtocol, FlowId, FlowKey, IpProtocol};
use whotalks_wire::app::{self, Carrier, Recognition};

use crate::role::{Pair, Role};
use dns::Transactions;
use stream::Stream;

/// Datagrams of a conversation that are looked at before it is left alone.
const MOST_UNKNOWN_DATAGRAMS: u8 = 4;

/// How far the content of a conversation was read.
pub(crate) enum Application {
    /// No payload was seen.
    Untried,
    /// TCP that is being followed.
    Stream(Box<Stream>),
    /// UDP that carries DNS.
    Dns(Box<Transactions>),
    /// UDP that carried nothing known yet.
    UnknownDatagrams(u8),
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
    ) -> Option<ApplicationProtocol> {
        if self.is_untried() {
            *self = Self::Stream(Box::new(Stream::new(starts)));
        }
        let Self::Stream(stream) = self else { return None };
        let found = stream.segment(role, segment, place, output);
        if stream.is_finished() {
            stream.release(output);
            *self = Self::Finished;
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
    ) -> Option<ApplicationProtocol> {
        if let Self::Dns(transactions) = self {
            transactions.message(payload, from, place, output);
            return None;
        }
        if dns::is_dns(payload, from) {
            let mut transactions = Box::new(Transactions::default());
            transactions.message(payload, from, place, output);
            *self = Self::Dns(transactions);
            return Some(ApplicationProtocol::Dns);
        }
        *self = match self {
            Self::Untried => Self::UnknownDatagrams(1),
            Self::UnknownDatagrams(count) if *count < MOST_UNKNOWN_DATAGRAMS => Self::UnknownDatagrams(*count + 1),
            _ => Self::Finished,
        };
        None
    }

    /// Says what is left to say at the end of a conversation.
    pub(crate) fn end(&mut self, flow: FlowId, key: FlowKey, output: &mut Output<'_>) {
        match self {
            Self::Stream(stream) => {
                stream.end(flow, key, output);
                stream.release(output);
            }
            Self::Dns(transactions) => transactions.end(flow, output),
            Self::Untried | Self::UnknownDatagrams(_) | Self::Finished => {}
        }
        *self = Self::Finished;
    }
}

/// Which end must have sent a payload, where only one of them can have.
pub(crate) fn orientation(payload: &[u8], protocol: IpProtocol) -> Option<Role> {
    let by_client = match protocol {
        IpProtocol::TCP => stream_is_by_client(payload),
        IpProtocol::UDP => dns::is_question(payload),
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
