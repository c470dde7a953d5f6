//! Calls of the socket driver that leave something open: the end that the network stack is going to choose, or whose the socket
//! is, where an earlier file of the session says so.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use whotalks_record::{Endpoint, KernelSocket, Nanoseconds, SocketCall, SocketCallKind, Timestamp};

use crate::statement::{Connection, ConnectionKind};

/// Calls remembered to know them again. Beyond it all are forgotten, and told once more.
const MOST_REMEMBERED: usize = 65_536;

/// A call has two events, and datagrams to one end are told again when they have rested this long.
const SAME_CALL: Nanoseconds = Nanoseconds::from_seconds(60);

type Key = (KernelSocket, SocketCallKind, Option<Endpoint>);

/// What was told of which socket.
#[derive(Debug, Default)]
pub(super) struct Calls {
    told: HashMap<Key, Timestamp, RandomState>,
}

impl Calls {
    /// The record of a statement that does not name both ends and the process; none where it does, where it is no news, and, but
    /// for a file that is `one_of_several`, where only another file could make something of it.
    pub(super) fn take(&mut self, connection: &Connection, one_of_several: bool) -> Option<SocketCall> {
        let socket = connection.socket?;
        let is_strange = connection.pid.is_none() && one_of_several;
        let is_whole = connection.pid.is_some() && connection.local.is_some();
        let kind = match connection.kind {
            ConnectionKind::Bound if is_strange => SocketCallKind::Bound,
            ConnectionKind::Closed if is_strange => SocketCallKind::Closed,
            ConnectionKind::Requested | ConnectionKind::Sent if !is_whole => SocketCallKind::Called,
            ConnectionKind::Accepted if !is_whole => SocketCallKind::Accepted,
            _ => return None,
        };
        let has_failed = connection.status.is_some_and(|status| status != 0);
        let remote = connection.remote.filter(|remote| remote.port != 0);
        let is_call = matches!(kind, SocketCallKind::Called | SocketCallKind::Accepted);
        if is_call && remote.is_none() || has_failed && kind == SocketCallKind::Bound {
            return None;
        }
        let key = (socket, kind, remote);
        if is_call && !self.is_news(key, connection.time) {
            return None;
        }
        Some(SocketCall {
            span: connection.span,
            time: connection.time,
            socket,
            kind,
            pid: connection.pid,
            protocol: connection.protocol,
            local: connection.local,
            remote,
        })
    }

    fn is_news(&mut self, key: Key, time: Timestamp) -> bool {
        if self.told.len() >= MOST_REMEMBERED {
            self.told.clear();
        }
        let before = self.told.insert(key, time);
        before.is_none_or(|before| time - before > SAME_CALL)
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use whotalks_record::{EvidenceId, Pid, Span};

    use super::*;

    fn statement(kind: ConnectionKind, pid: Option<u32>, second: i64) -> Connection {
        Connection {
            span: Span::whole(EvidenceId(1)),
            time: Timestamp::from_seconds(second, 0),
            kind,
            protocol: None,
            local: None,
            remote: Some(Endpoint::new(IpAddr::from([192, 0, 2, 1]), 443)),
            pid: pid.map(Pid),
            process_start_key: None,
            status: Some(0),
            name: None,
            socket: Some(KernelSocket {
                endpoint: 1,
                process: 2,
            }),
        }
    }

    #[test]
    fn a_call_is_told_once_and_a_whole_statement_not_at_all() {
        let mut calls = Calls::default();
        let call = statement(ConnectionKind::Requested, Some(7), 0);
        assert!(calls.take(&call, false).is_some());
        assert!(
            calls
                .take(&statement(ConnectionKind::Requested, Some(7), 1), false)
                .is_none()
        );
        assert!(
            calls
                .take(&statement(ConnectionKind::Requested, Some(7), 100), false)
                .is_some()
        );
        let whole = Connection {
            local: call.remote,
            ..statement(ConnectionKind::Sent, Some(7), 0)
        };
        assert!(calls.take(&whole, true).is_none());
    }

    #[test]
    fn what_only_another_file_explains_is_told_only_where_there_are_others() {
        let mut calls = Calls::default();
        for kind in [ConnectionKind::Bound, ConnectionKind::Closed] {
            assert!(calls.take(&statement(kind, None, 0), false).is_none());
            assert!(calls.take(&statement(kind, None, 0), true).is_some());
            assert!(calls.take(&statement(kind, Some(7), 0), true).is_none());
        }
    }
}
