//! One row.

use std::net::IpAddr;

use whotalks_record::{ConnectionEventKind, Direction, Endpoint, IpProtocol, Pid, Timestamp};

use super::columns::Columns;
use crate::stated_time;

/// What a column holds that does not apply.
const NOTHING: &str = "-";

/// What a row tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Allowed,
    Dropped,
    Closed,
    /// Events happened that are not in the log.
    EventsLost,
}

/// A row that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// As the log writes it, read as if it were UTC.
    pub(super) time: Timestamp,
    action: Action,
    pub(super) protocol: IpProtocol,
    source: Endpoint,
    destination: Endpoint,
    direction: Option<Direction>,
    /// Whether the TCP flags are those of a call: SYN and no ACK; none where the row has no flags.
    is_call: Option<bool>,
    pub(super) pid: Option<Pid>,
    /// How many events are missing, where the row is about that.
    pub(super) lost: Option<u64>,
}

impl Row {
    /// Reads a row; none where it is no such thing.
    pub(super) fn parse(text: &str, columns: &Columns) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let word = |place: usize| words.get(place).copied();
        let optional = |place: Option<usize>| place.and_then(word).filter(|word| *word != NOTHING);
        let stated = stated_time::within(&format!("{} {}", word(columns.date)?, word(columns.time)?))?;
        let (action, direction) = action(word(columns.action)?)?;
        if action == Action::EventsLost {
            let lost = optional(columns.info)?.parse().ok()?;
            return Some(Self::about_loss(stated.time, lost));
        }
        let end = |address: usize, port: Option<usize>| {
            let port = optional(port).map_or(Some(0), |port| port.parse().ok())?;
            Some(Endpoint::new(ip(word(address)?)?, port))
        };
        Some(Self {
            time: stated.time,
            action,
            protocol: protocol(word(columns.protocol)?)?,
            source: end(columns.source_address, columns.source_port)?,
            destination: end(columns.destination_address, columns.destination_port)?,
            direction: optional(columns.path).map_or(direction, of_path),
            is_call: optional(columns.tcp_flags).and_then(is_call),
            pid: pid(optional(columns.pid))?,
            lost: None,
        })
    }

    fn about_loss(time: Timestamp, lost: u64) -> Self {
        let nowhere = Endpoint::new(IpAddr::from([0, 0, 0, 0]), 0);
        Self {
            time,
            action: Action::EventsLost,
            protocol: IpProtocol(0),
            source: nowhere,
            destination: nowhere,
            direction: None,
            is_call: None,
            pid: None,
            lost: Some(lost),
        }
    }

    /// Which event it is; none for the end of a connection, which says nothing of permission.
    pub(super) fn kind(&self) -> Option<ConnectionEventKind> {
        match self.action {
            Action::Allowed => Some(ConnectionEventKind::FirewallAllowed),
            Action::Dropped if self.would_open() => Some(ConnectionEventKind::FirewallBlocked),
            Action::Dropped => Some(ConnectionEventKind::FirewallDropped),
            Action::Closed | Action::EventsLost => None,
        }
    }

    /// Whether the packet that was dropped would have opened a conversation. A segment without SYN belongs to one that is over,
    /// a datagram from outside may be a late answer, an error message opens nothing. What a program sends is stopped before there
    /// is a segment, so that such a row has no flags.
    fn would_open(&self) -> bool {
        match (self.protocol, self.direction) {
            (IpProtocol::TCP, Some(Direction::Outbound)) => self.is_call != Some(false),
            (IpProtocol::TCP, _) => self.is_call == Some(true),
            (IpProtocol::UDP, Some(Direction::Outbound)) => true,
            _ => false,
        }
    }

    /// The direction, the host's own end and the far end; none where the row does not say which is which.
    pub(super) fn ends(&self) -> Option<(Direction, Endpoint, Endpoint)> {
        match self.direction? {
            Direction::Outbound => Some((Direction::Outbound, self.source, self.destination)),
            Direction::Inbound => Some((Direction::Inbound, self.destination, self.source)),
        }
    }
}

/// Whether a text begins as a row of this log does: a date, a time, an action.
pub(crate) fn is_row(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    let [date, time, word] = words.as_slice() else {
        return false;
    };
    action(word).is_some() && stated_time::within(&format!("{date} {time}")).is_some()
}

/// An action, with the direction that it implies: the words of Windows XP say it themselves.
fn action(word: &str) -> Option<(Action, Option<Direction>)> {
    Some(match word {
        "ALLOW" => (Action::Allowed, None),
        "OPEN" => (Action::Allowed, Some(Direction::Outbound)),
        "OPEN-INBOUND" => (Action::Allowed, Some(Direction::Inbound)),
        "DROP" => (Action::Dropped, None),
        "CLOSE" => (Action::Closed, None),
        "INFO-EVENTS-LOST" => (Action::EventsLost, None),
        _ => return None,
    })
}

/// What is forwarded has no end on this host.
fn of_path(word: &str) -> Option<Direction> {
    match word {
        "SEND" => Some(Direction::Outbound),
        "RECEIVE" => Some(Direction::Inbound),
        _ => None,
    }
}

/// A protocol by its name or number (IANA).
fn protocol(word: &str) -> Option<IpProtocol> {
    match word {
        "TCP" => Some(IpProtocol::TCP),
        "UDP" => Some(IpProtocol::UDP),
        "ICMP" => Some(IpProtocol::ICMP),
        "ICMPV6" | "ICMPv6" => Some(IpProtocol::ICMPV6),
        number => number.parse().ok().map(IpProtocol),
    }
}

/// An address; the zone behind a link-local one is dropped, as an endpoint has none.
fn ip(word: &str) -> Option<IpAddr> {
    word.split('%').next()?.parse().ok()
}

/// The flags are letters, in any order; `0` stands for none.
fn is_call(flags: &str) -> Option<bool> {
    let letters = flags.bytes().all(|byte| byte.is_ascii_uppercase());
    letters.then(|| flags.contains('S') && !flags.contains('A'))
}

/// The process; 0 is the idle process, which owns no socket, and stands where none was known. The outer none is no number.
fn pid(word: Option<&str>) -> Option<Option<Pid>> {
    let Some(word) = word else { return Some(None) };
    let number: u32 = word.parse().ok()?;
    Some(Some(Pid(number)).filter(|pid| *pid != Pid::IDLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(row: &str) -> Option<ConnectionEventKind> {
        let text = format!("2026-11-21 10:00:00 {row}");
        Row::parse(&text, &Columns::usual()).unwrap().kind()
    }

    #[test]
    fn only_what_would_open_a_conversation_is_blocked() {
        use ConnectionEventKind::{FirewallAllowed, FirewallBlocked, FirewallDropped};
        for (row, expected) in [
            (
                "DROP TCP 10.0.0.5 192.0.2.1 50000 443 0 - 0 0 0 - - - SEND 8",
                FirewallBlocked,
            ),
            (
                "DROP TCP 192.0.2.1 10.0.0.5 50000 445 52 S 1 0 8192 - - - RECEIVE",
                FirewallBlocked,
            ),
            (
                "DROP TCP 192.0.2.1 10.0.0.5 443 50000 40 A 1 2 0 - - - RECEIVE",
                FirewallDropped,
            ),
            (
                "DROP TCP 10.0.0.5 192.0.2.1 50000 443 40 R 1 2 0 - - - SEND",
                FirewallDropped,
            ),
            (
                "DROP UDP 192.0.2.1 10.0.0.5 53 50000 90 - - - - - - - RECEIVE",
                FirewallDropped,
            ),
            (
                "DROP UDP 10.0.0.5 192.0.2.1 50000 53 0 - - - - - - - SEND",
                FirewallBlocked,
            ),
            (
                "DROP ICMP 10.0.0.5 192.0.2.1 - - 60 - - - - 8 0 - SEND",
                FirewallDropped,
            ),
            (
                "ALLOW UDP 10.0.0.5 192.0.2.1 50000 53 0 - - - - - - - SEND",
                FirewallAllowed,
            ),
        ] {
            assert_eq!(kind(row), Some(expected), "{row}");
        }
        assert_eq!(kind("CLOSE TCP 10.0.0.5 192.0.2.1 50000 443 - - - - - - - - -"), None);
    }

    #[test]
    fn what_is_no_row_is_nothing() {
        for text in [
            "2026-11-21 10:00:00 DROP TCP 10.0.0.5",
            "2026-11-21 10:00:00 DROP TCP 10.0.0.5 host 1 2 0 - 0 0 0 - - - SEND 8",
            "2026-11-21 10:00:00 DROP TCP 10.0.0.5 192.0.2.1 70000 2 0 - 0 0 0 - - - SEND 8",
            "2026-11-21 10:00:00 DROP TCP 10.0.0.5 192.0.2.1 1 2 0 - 0 0 0 - - - SEND x",
            "2026-13-21 10:00:00 DROP TCP 10.0.0.5 192.0.2.1 1 2 0 - 0 0 0 - - - SEND 8",
            "2026-11-21 10:00:00 INFO-EVENTS-LOST - - - - - - - - - - - - - -",
        ] {
            assert_eq!(Row::parse(text, &Columns::usual()), None, "{text}");
        }
    }
}
