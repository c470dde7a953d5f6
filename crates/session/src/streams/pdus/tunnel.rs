//! From one protocol to another within a connection: CONNECT, SOCKS, upgrades.

use whotalks_record::ApplicationProtocol;
use whotalks_wire::app::Direction;
use whotalks_wire::app::http1;
use whotalks_wire::app::socks;

use super::http::Asked;

/// Bytes of each side kept while a SOCKS handshake is read: the longest name, user and password need less.
const MOST_SOCKS_BYTES: usize = 1_024;

/// What becomes of the connection after a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It goes on.
    None,
    /// What follows is something else, through a tunnel.
    Enter(ApplicationProtocol),
    /// What follows is that protocol, within the one before.
    Upgrade(ApplicationProtocol),
}

/// What an HTTP head changes.
pub(super) fn after_http(head: &[u8], direction: Direction, asked: &mut Asked) -> Change {
    match direction {
        Direction::ToServer => {
            if let Ok(request) = http1::request(head) {
                *asked = Asked {
                    head: request.method == b"HEAD",
                    tunnel: request.method == b"CONNECT",
                };
            }
            Change::None
        }
        Direction::ToClient => http1::response(head).map_or(Change::None, |response| after_response(&response, *asked)),
    }
}

fn after_response(response: &http1::Response<'_>, asked: Asked) -> Change {
    match response.status {
        200..=299 if asked.tunnel => Change::Enter(ApplicationProtocol::HttpConnect),
        101 => match response.header("upgrade") {
            Some(value) if value.eq_ignore_ascii_case(b"websocket") => Change::Upgrade(ApplicationProtocol::WebSocket),
            Some(value) if value.eq_ignore_ascii_case(b"h2c") => Change::Upgrade(ApplicationProtocol::Http2),
            _ => Change::None,
        },
        _ => Change::None,
    }
}

/// The first bytes of both sides of a SOCKS connection.
#[derive(Debug, Default)]
pub(super) struct Socks {
    client: Vec<u8>,
    server: Vec<u8>,
}

impl Socks {
    /// Adds what a side sent.
    pub(super) fn add(&mut self, bytes: &[u8], direction: Direction) -> Change {
        let side = match direction {
            Direction::ToServer => &mut self.client,
            Direction::ToClient => &mut self.server,
        };
        let room = MOST_SOCKS_BYTES.saturating_sub(side.len());
        side.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.granted().map_or(Change::None, Change::Enter)
    }

    fn granted(&self) -> Option<ApplicationProtocol> {
        let version = socks::request(&self.client).ok()?.version;
        let answer = socks::answer(version, &self.server).ok()?;
        let protocol = match version {
            socks::Version::V4 => ApplicationProtocol::Socks4,
            socks::Version::V5 => ApplicationProtocol::Socks5,
        };
        answer.granted.then_some(protocol)
    }
}
