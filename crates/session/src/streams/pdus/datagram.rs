//! UDP: one datagram, one message.

use whotalks_record::ApplicationProtocol;
use whotalks_wire::app::{self, Carrier, Direction, Probe, Recognition};

/// Datagrams of a stream that are looked at before it is left alone.
const MOST_ATTEMPTS: u8 = 8;

/// What the datagrams of a stream were recognised as.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DatagramState {
    protocol: ApplicationProtocol,
    attempts: u8,
}

impl Default for DatagramState {
    fn default() -> Self {
        Self {
            protocol: ApplicationProtocol::Unknown,
            attempts: MOST_ATTEMPTS,
        }
    }
}

impl DatagramState {
    /// The protocol of a datagram; [`ApplicationProtocol::Unknown`] when nobody knows.
    pub(super) fn recognise(&mut self, payload: &[u8], direction: Direction, ports: [u16; 2]) -> ApplicationProtocol {
        if let Some(row) = app::protocol(self.protocol, Carrier::Datagram)
            && (row.probe)(payload, direction) != Probe::NotMine
        {
            return self.protocol;
        }
        if self.attempts == 0 {
            return self.protocol;
        }
        let found = match app::recognise(payload, Carrier::Datagram, direction) {
            Recognition::Certain(protocol) => Some(protocol),
            Recognition::Unsure(_) | Recognition::Unknown => {
                app::guess_by_port(payload, Carrier::Datagram, direction, ports)
            }
        };
        match found {
            Some(protocol) if self.protocol == ApplicationProtocol::Unknown => self.protocol = protocol,
            Some(_) => {}
            None => self.attempts -= 1,
        }
        found.unwrap_or(self.protocol)
    }
}
