//! Media that calls announced: which ends they come from.

use std::collections::HashMap;
use std::net::IpAddr;

use whotalks_session::streams::Ends;

use super::services::{self, Service};
use super::talk::Talk;
use crate::protocols::rtp::Announcement;

/// Ends that may be announced; a switchboard uses some thousand ports.
const MOST_ANNOUNCED: usize = 1 << 16;

/// The ends that were announced so far.
#[derive(Debug, Default)]
pub(crate) struct Announced {
    ends: HashMap<(IpAddr, u16), Announcement>,
}

impl Announced {
    /// Takes what a message of a call announced.
    pub(crate) fn take(&mut self, talk: &mut Talk) {
        for announcement in talk.announced.drain(..) {
            let Some(address) = announcement.address else { continue };
            if self.ends.len() >= MOST_ANNOUNCED {
                self.ends.clear();
            }
            self.ends.insert((address, announcement.port), announcement);
        }
    }

    /// What a datagram of these ends is, where either was announced; the sender's word counts first. RTCP has the port
    /// after that of RTP (RFC 3550 11).
    pub(crate) fn service(&self, ends: &Ends, talk: &mut Talk) -> Option<Service> {
        if self.ends.is_empty() {
            return None;
        }
        let sides = [
            (ends.source, ends.ports.source),
            (ends.destination, ends.ports.destination),
        ];
        for (address, port) in sides {
            let media = self.ends.get(&(address, port)).map(|found| (found, services::RTP));
            let control = || {
                let found = self.ends.get(&(address, port.checked_sub(1)?))?;
                Some((found, services::RTCP))
            };
            if let Some((announcement, service)) = media.or_else(control) {
                talk.media.announcement = Some(*announcement);
                return Some(service);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use whotalks_wire::transport::Ports;

    use super::*;

    const CALLER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const CALLED: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

    fn ends(source: u16, destination: u16) -> Ends {
        Ends {
            source: CALLER,
            destination: CALLED,
            ports: Ports { source, destination },
        }
    }

    #[test]
    fn either_end_tells_and_control_has_the_next_port() {
        let mut announced = Announced::default();
        let mut talk = Talk::default();
        talk.announced.push(Announcement {
            address: Some(CALLED),
            port: 5004,
            frame: 3,
            event_type: None,
        });
        announced.take(&mut talk);
        for (destination, is_known) in [(5004, true), (5005, true), (5006, false), (0, false)] {
            let mut talk = Talk::default();
            let service = announced.service(&ends(40_000, destination), &mut talk);
            assert_eq!(service.is_some(), is_known, "{destination}");
            assert_eq!(talk.media.announcement.map(|found| found.frame), is_known.then_some(3));
        }
    }
}
