//! What hosts say, and the manifest.

use whotalks_record::{
    CachedName, ConnectionEvent, Counter, DeviceFact, EventClock, Filter, FilterCondition, FilterLayer, HostEvent,
    KernelSocket, LogGap, NetworkProtectionEvent, ProcessEvent, ResolverEvent, RuleChange, Snapshot, Socket,
    SocketCall, SourceRange, TraceSession, WebCarrier, WebRequest,
};
use whotalks_tables::{EvidenceRow, IssueItem};

use super::{Dice, Make};

impl Make for ConnectionEvent {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            time: dice.make(),
            host: dice.make(),
            kind: dice.word(),
            pid: dice.make(),
            image: dice.make(),
            direction: dice.maybe_word(),
            protocol: dice.make(),
            local: dice.make(),
            remote: dice.make(),
            filter: dice.make(),
            filter_origin: dice.make(),
            layer_name: dice.make(),
            layer_id: dice.make(),
            user: dice.make(),
            remote_name: dice.make(),
        }
    }
}

impl Make for ProcessEvent {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            time: dice.make(),
            host: dice.make(),
            kind: dice.word(),
            pid: dice.make(),
            image: dice.make(),
            command_line: dice.make(),
            parent_pid: dice.make(),
            parent_image: dice.make(),
            user: dice.make(),
            services: dice.make(),
            unique_id: dice.make(),
            sha256: dice.make(),
        }
    }
}

impl Make for ResolverEvent {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            time: dice.make(),
            host: dice.make(),
            source: dice.word(),
            pid: dice.make(),
            image: dice.make(),
            name: dice.make(),
            status: dice.make(),
            addresses: dice.make(),
        }
    }
}

impl Make for Socket {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            snapshot: dice.make(),
            protocol: dice.make(),
            local: dice.make(),
            remote: dice.make(),
            state: dice.maybe_word(),
            pid: dice.make(),
            image: dice.make(),
            component: dice.make(),
            modules: dice.make(),
        }
    }
}

impl Make for Snapshot {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            number: dice.make(),
            tool: dice.word(),
            time: dice.make(),
            time_source: dice.word(),
            uncertainty: dice.make(),
            host: dice.make(),
            has_owners: dice.make(),
        }
    }
}

impl Make for Filter {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            time: dice.make(),
            snapshot: dice.make(),
            host: dice.make(),
            change: dice.word(),
            id: dice.make(),
            key: dice.make(),
            name: dice.make(),
            description: dice.make(),
            provider: dice.make(),
            rule: dice.make(),
            layer: dice.make(),
            sublayer: dice.make(),
            action: dice.word(),
            weight: dice.make(),
            conditions: dice.make(),
        }
    }
}

impl Make for FilterCondition {
    fn make(dice: &mut Dice) -> Self {
        Self {
            field: dice.make(),
            comparison: dice.make(),
            value: dice.make(),
        }
    }
}

impl Make for FilterLayer {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            snapshot: dice.make(),
            id: dice.make(),
            key: dice.make(),
            name: dice.make(),
        }
    }
}

impl Make for RuleChange {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            time: dice.make(),
            host: dice.make(),
            event_id: dice.make(),
            rule: dice.make(),
            name: dice.make(),
            details: dice.make(),
        }
    }
}

impl Make for HostEvent {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            time: dice.make(),
            host: dice.make(),
            kind: dice.word(),
        }
    }
}

impl Make for EventClock {
    fn make(dice: &mut Dice) -> Self {
        Self {
            basis: dice.word(),
            exporter_offset: dice.make(),
        }
    }
}

impl Make for SourceRange {
    fn make(dice: &mut Dice) -> Self {
        Self {
            evidence: dice.make(),
            source: dice.word(),
            host: dice.make(),
            interface: dice.make(),
            first: dice.make(),
            last: dice.make(),
            units: dice.make(),
            lost: dice.make(),
            clock: dice.make(),
            session: dice.make(),
        }
    }
}

impl Make for TraceSession {
    fn make(dice: &mut Dice) -> Self {
        Self {
            name: dice.make(),
            boot: dice.make(),
            start: dice.make(),
            file: dice.make(),
        }
    }
}

impl Make for NetworkProtectionEvent {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            time: dice.make(),
            host: dice.make(),
            action: dice.word(),
            image: dice.make(),
            user: dice.make(),
            destination: dice.make(),
            name: dice.make(),
            address: dice.make(),
            port: dice.make(),
        }
    }
}

impl Make for WebRequest {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            time: dice.make(),
            host: dice.make(),
            stage: dice.word(),
            pid: dice.make(),
            image: dice.make(),
            module: dice.make(),
            name: dice.make(),
            port: dice.make(),
            url: dice.make(),
            verb: dice.make(),
            status: dice.make(),
            carrier: dice.make(),
            proxy: dice.make(),
            peer: dice.make(),
            job: dice.make(),
            account: dice.make(),
        }
    }
}

impl Make for WebCarrier {
    fn make(dice: &mut Dice) -> Self {
        Self {
            record: dice.make(),
            offset: dice.make(),
            length: dice.make(),
            made: dice.make(),
            local: dice.make(),
            remote: dice.make(),
        }
    }
}

impl Make for SocketCall {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            time: dice.make(),
            socket: KernelSocket {
                endpoint: dice.make(),
                process: dice.make(),
            },
            kind: dice.word(),
            pid: dice.make(),
            protocol: dice.make(),
            local: dice.make(),
            remote: dice.make(),
        }
    }
}

impl Make for EvidenceRow {
    fn make(dice: &mut Dice) -> Self {
        Self {
            id: dice.make(),
            path: dice.make(),
            folder: dice.make(),
            container: dice.make(),
            format: dice.make(),
            status: dice.make(),
            duplicate_of: dice.make(),
            bytes: dice.make(),
            sha256: dice.make(),
            modified: dice.make(),
            host_hint: dice.make(),
            is_event_log: dice.make(),
            first_record: dice.make(),
            packets: dice.make(),
            records: dice.make(),
            issues: dice.make(),
        }
    }
}

impl Make for IssueItem {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            kind: dice.word(),
            subject: dice.make(),
            found: dice.make(),
            needed: dice.make(),
            available: dice.make(),
            count: dice.make(),
        }
    }
}

impl Make for Counter {
    fn make(dice: &mut Dice) -> Self {
        let sections = [
            "ipv4",
            "ipv6",
            "icmpv4",
            "icmpv6",
            "tcp-ipv4",
            "tcp-ipv6",
            "udp-ipv4",
            "udp-ipv6",
            "interface",
        ];
        Self {
            span: dice.make(),
            snapshot: dice.make(),
            section: dice.one_of(&sections),
            name: dice.make(),
            value: dice.make(),
        }
    }
}

impl Make for CachedName {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            snapshot: dice.make(),
            name: dice.make(),
            owner: dice.make(),
            record_type: dice.make(),
            ttl_seconds: dice.make(),
            address: dice.make(),
            target: dice.make(),
        }
    }
}

impl Make for DeviceFact {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            snapshot: dice.make(),
            about: dice.make(),
            kind: dice.word(),
            value: dice.make(),
        }
    }
}

impl Make for LogGap {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            host: dice.make(),
            after: dice.make(),
            before: dice.make(),
            missing: dice.make(),
        }
    }
}
