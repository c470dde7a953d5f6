//! Which statements about sockets are news. Several providers tell of one connection, and some tell of every piece of data: a
//! record says once what is known, and again where something is new about it.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use whotalks_record::{
    ConnectionEvent, ConnectionEventKind, Direction, Endpoint, IpProtocol, Nanoseconds, Pid, Timestamp,
};

use crate::statement::{Connection, ConnectionKind};

/// Connections whose last telling is remembered: as many as a busy server has at once, and 4 MiB. Beyond it all are forgotten,
/// and told once more.
const MOST_REMEMBERED: usize = 65_536;

/// What two providers tell of one moment they tell within this time.
const SAME_MOMENT: Nanoseconds = Nanoseconds::from_seconds(5);

/// Data after a pause as long as this may belong to another conversation of the same two ends.
const LONGEST_PAUSE: Nanoseconds = Nanoseconds::from_seconds(60);

/// What was told of which connection.
#[derive(Debug, Default)]
pub(super) struct Connections {
    told: HashMap<Key, Told, RandomState>,
}

type Key = (Option<IpProtocol>, Endpoint, Option<Endpoint>);

#[derive(Clone, Copy, Debug)]
struct Told {
    pid: Option<Pid>,
    /// When the first of `kinds` was told.
    at: Timestamp,
    /// When the last statement came, told or not.
    seen: Timestamp,
    /// The kinds told since, one bit each.
    kinds: u16,
    is_closed: bool,
}

impl Connections {
    /// The record of a statement; none where it says nothing new, or too little: without both ends, or without a process and
    /// a name.
    pub(super) fn take(&mut self, connection: Connection) -> Option<ConnectionEvent> {
        let kind = kind_of(&connection)?;
        let local = connection.local.filter(|local| local.port != 0)?;
        let pid = connection.pid.filter(|pid| *pid != Pid::IDLE);
        let remote = connection.remote.filter(|remote| remote.port != 0);
        let is_bind = kind == ConnectionEventKind::TraceBound;
        let is_whole = is_bind || (remote.is_some() && !local.is_unspecified());
        if !is_whole || (pid.is_none() && connection.name.is_none()) {
            return None;
        }
        let key = (connection.protocol, local, remote);
        if !self.is_news(key, kind, pid, connection.time) {
            return None;
        }
        Some(ConnectionEvent {
            span: connection.span,
            time: connection.time,
            host: None,
            kind,
            pid,
            image: None,
            direction: direction(kind),
            protocol: connection.protocol,
            local: Some(local),
            remote,
            filter: None,
            filter_origin: None,
            layer_name: None,
            layer_id: None,
            user: None,
            remote_name: connection.name,
        })
    }

    fn is_news(&mut self, key: Key, kind: ConnectionEventKind, pid: Option<Pid>, time: Timestamp) -> bool {
        if self.told.len() >= MOST_REMEMBERED && !self.told.contains_key(&key) {
            self.told.clear();
        }
        let fresh = Told {
            pid,
            at: time,
            seen: time,
            kinds: bit(kind),
            is_closed: kind == ConnectionEventKind::TraceClosed,
        };
        let Some(told) = self.told.get_mut(&key) else {
            self.told.insert(key, fresh);
            return true;
        };
        // A name comes without a process, and does not change whose connection it is.
        let is_other = pid.is_some() && told.pid.is_some() && told.pid != pid;
        let paused = time - told.seen > LONGEST_PAUSE;
        let is_news = is_other || told.is_news(kind, time, paused);
        told.seen = told.seen.max(time);
        if is_other || told.is_past(kind, time) {
            *told = fresh;
        } else {
            told.kinds |= bit(kind);
            told.pid = told.pid.or(pid);
            told.is_closed |= kind == ConnectionEventKind::TraceClosed;
        }
        is_news
    }
}

impl Told {
    fn is_news(&self, kind: ConnectionEventKind, time: Timestamp, paused: bool) -> bool {
        match kind {
            ConnectionEventKind::TraceUsed => paused,
            ConnectionEventKind::TraceClosed => false,
            _ => self.kinds & bit(kind) == 0 || self.is_past(kind, time),
        }
    }

    /// Whether a beginning is that of another connection than the one told of.
    fn is_past(&self, kind: ConnectionEventKind, time: Timestamp) -> bool {
        let is_trailing = matches!(kind, ConnectionEventKind::TraceUsed | ConnectionEventKind::TraceClosed);
        !is_trailing && (self.is_closed || time - self.at > SAME_MOMENT && self.kinds & bit(kind) != 0)
    }
}

/// The kind of record that a statement gives; none for an attempt that gave nothing.
fn kind_of(connection: &Connection) -> Option<ConnectionEventKind> {
    let has_failed = connection.status.is_some_and(|status| status != 0);
    Some(match connection.kind {
        ConnectionKind::Connected if connection.name.is_some() => ConnectionEventKind::TraceNamed,
        ConnectionKind::Connected if has_failed => ConnectionEventKind::TraceFailed,
        ConnectionKind::Bound | ConnectionKind::Accepted if has_failed => return None,
        ConnectionKind::Bound => ConnectionEventKind::TraceBound,
        ConnectionKind::Requested => ConnectionEventKind::TraceRequested,
        ConnectionKind::Connected => ConnectionEventKind::TraceConnected,
        ConnectionKind::Accepted => ConnectionEventKind::TraceAccepted,
        ConnectionKind::Failed => ConnectionEventKind::TraceFailed,
        ConnectionKind::Closed => ConnectionEventKind::TraceClosed,
        ConnectionKind::Sent | ConnectionKind::Received => ConnectionEventKind::TraceUsed,
        ConnectionKind::Listed(_) => return None,
    })
}

/// Who opened it, as far as the kind says so.
const fn direction(kind: ConnectionEventKind) -> Option<Direction> {
    match kind {
        ConnectionEventKind::TraceRequested
        | ConnectionEventKind::TraceConnected
        | ConnectionEventKind::TraceFailed
        | ConnectionEventKind::TraceNamed => Some(Direction::Outbound),
        ConnectionEventKind::TraceAccepted => Some(Direction::Inbound),
        _ => None,
    }
}

const fn bit(kind: ConnectionEventKind) -> u16 {
    match kind {
        ConnectionEventKind::TraceRequested => 1,
        ConnectionEventKind::TraceConnected => 2,
        ConnectionEventKind::TraceAccepted => 4,
        ConnectionEventKind::TraceFailed => 8,
        ConnectionEventKind::TraceUsed => 16,
        ConnectionEventKind::TraceClosed => 32,
        ConnectionEventKind::TraceBound => 64,
        _ => 128,
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use whotalks_record::{EvidenceId, Span};

    use super::*;

    fn told(connections: &mut Connections, kind: ConnectionKind, pid: u32, second: i64) -> Option<ConnectionEventKind> {
        let end = |last, port| Some(Endpoint::new(IpAddr::from([10, 0, 0, last]), port));
        let connection = Connection {
            span: Span::whole(EvidenceId(1)),
            time: Timestamp::from_seconds(second, 0),
            kind,
            protocol: Some(IpProtocol::TCP),
            local: end(5, 50_000),
            remote: end(9, 443),
            pid: Some(Pid(pid)),
            process_start_key: None,
            status: Some(0),
            name: None,
            socket: None,
        };
        connections.take(connection).map(|event| event.kind)
    }

    #[test]
    fn a_connection_of_two_providers_is_told_once_and_its_data_not_at_all() {
        let mut all = Connections::default();
        let mut tell = |kind, second| told(&mut all, kind, 7, second);
        assert_eq!(
            tell(ConnectionKind::Requested, 0),
            Some(ConnectionEventKind::TraceRequested)
        );
        assert_eq!(tell(ConnectionKind::Requested, 0), None);
        assert_eq!(
            tell(ConnectionKind::Connected, 1),
            Some(ConnectionEventKind::TraceConnected)
        );
        assert_eq!(tell(ConnectionKind::Sent, 2), None);
        assert_eq!(tell(ConnectionKind::Closed, 3), None);
        assert_eq!(
            tell(ConnectionKind::Requested, 4),
            Some(ConnectionEventKind::TraceRequested),
            "the port is used again"
        );
    }

    #[test]
    fn data_of_what_began_before_is_told_once_until_it_rests() {
        let mut all = Connections::default();
        let mut tell = |kind, second| told(&mut all, kind, 7, second).is_some();
        assert!(tell(ConnectionKind::Received, 0));
        assert!(!tell(ConnectionKind::Sent, 50));
        assert!(!tell(ConnectionKind::Sent, 100));
        assert!(tell(ConnectionKind::Sent, 200));
    }

    #[test]
    fn another_process_is_always_news_and_nobody_is_none() {
        let mut all = Connections::default();
        assert!(told(&mut all, ConnectionKind::Sent, 7, 0).is_some());
        assert!(told(&mut all, ConnectionKind::Sent, 8, 0).is_some());
        assert!(told(&mut all, ConnectionKind::Requested, 0, 9).is_none());
    }
}
