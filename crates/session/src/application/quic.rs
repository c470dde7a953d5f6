//! The name in the hello of QUIC, which Initial packets carry in pieces.

use whotalks_record::{ApplicationProtocol, Ech, NameSource};
use whotalks_wire::app::name_text;
use whotalks_wire::app::quic::{Packet, google, packets};
use whotalks_wire::app::tls::ClientHello;

use super::output::Name;
use super::tls;
use crate::quic::{QuicHello, QuicHelloReader, client_keys};
use crate::reassembly::Budget;
use crate::role::Role;

/// A connection whose hello is not complete.
#[derive(Default)]
pub(crate) struct Connection {
    reader: QuicHelloReader,
    /// What of its bytes the budget knows.
    taken: usize,
}

/// How far the hello was read.
pub(super) enum Hello {
    /// More of it is needed.
    Waiting,
    /// It is read; the name if it states one, and what the connection carries.
    Read(Option<Name>, ApplicationProtocol),
    /// It will not come.
    Lost,
}

/// Whether a client (true) or a server (false) must have sent a datagram; none when it cannot be told.
pub(super) fn is_by_client(payload: &[u8]) -> Option<bool> {
    if google::version(payload).is_some() {
        return Some(true);
    }
    match packets(payload).next()? {
        Packet::Initial(initial) => initial.open(&client_keys(&initial)?).map(|_| true),
        Packet::ZeroRtt(_) => Some(true),
        Packet::Retry(_) | Packet::VersionNegotiation { .. } => Some(false),
        Packet::Handshake(_) | Packet::OtherVersion(_) | Packet::Short(_) => None,
    }
}

impl Connection {
    /// Reads a datagram.
    pub(super) fn datagram(&mut self, role: Role, payload: &[u8], budget: &mut Budget) -> Hello {
        if role == Role::Server {
            return Hello::Waiting;
        }
        match self.reader.datagram(payload) {
            QuicHello::Waiting => {}
            QuicHello::Tls(body) => return tls_hello(body),
            QuicHello::Google(host) => return Hello::Read(google_name(host), ApplicationProtocol::Quic),
            QuicHello::Lost => return Hello::Lost,
        }
        self.release(budget);
        self.taken = self.reader.held_bytes();
        if budget.take(self.taken) {
            Hello::Waiting
        } else {
            self.taken = 0;
            Hello::Lost
        }
    }

    /// Gives back what is held.
    pub(super) fn release(&mut self, budget: &mut Budget) {
        budget.give_back(std::mem::take(&mut self.taken));
    }
}

fn tls_hello(body: &[u8]) -> Hello {
    let Ok(hello) = ClientHello::parse(body) else {
        return Hello::Lost;
    };
    let is_dns = hello.application_protocols().any(|protocol| protocol == b"doq");
    let protocol = if is_dns {
        ApplicationProtocol::Doq
    } else {
        ApplicationProtocol::Quic
    };
    Hello::Read(tls::name(&hello, NameSource::QuicSni), protocol)
}

fn google_name(host: Option<Vec<u8>>) -> Option<Name> {
    let host = host.filter(|host| tls::is_name(host))?;
    Some(Name {
        source: NameSource::QuicSni(Ech::Absent),
        name: name_text(&host),
        port: None,
        path: None,
    })
}
