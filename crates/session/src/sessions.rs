//! From packets to flows.

use whotalks_record::{
    CloseReason, EvidenceId, FlowId, Interner, IpProtocol, Issue, IssueKind, Nanoseconds, Packet, PacketProcess,
    Record, Sink, Span, Timestamp, VlanTags,
};
use whotalks_wire::dissect::{self, Dissected, Ip, Transport};
use whotalks_wire::link::pktap;
use whotalks_wire::link::vlan::Vlans;
use whotalks_wire::net::may_hold_packets;
use whotalks_wire::transport::Ports;

use crate::application::Output;
use crate::conversation::{Conversation, Seen};
use crate::damage::Damage;
use crate::fragments::{self, Fragments};
use crate::key::Key;
use crate::limits::Limits;
use crate::owners::{Ends, Owners, process_in_header};
use crate::reassembly::Budget;
use crate::table::{Class, SlotId, Table};

/// A flow is taken to be still talking this long after its last packet: a handshake over a slow path, or a SYN that is sent
/// again after one second and then after two (RFC 6298 2.1, 5.5).
const STILL_TALKING: Nanoseconds = Nanoseconds::from_seconds(3);
/// How far the capture's clock moves between two searches for silent flows. Idle limits are minutes.
const SWEEP_INTERVAL: Nanoseconds = Nanoseconds::from_seconds(1);

/// Turns the packets of one capture into flows, names and transactions; everything else a reader delivers is passed on.
///
/// It stands between a reader and a sink and is one itself. A flow is delivered when it ends by silence, gives way to
/// another, or at [`Sessions::finish`]; names and transactions when they are read.
pub struct Sessions<S> {
    sink: S,
    limits: Limits,
    table: Table<Conversation>,
    fragments: Fragments,
    damage: Damage,
    texts: Interner,
    budget: Budget,
    owners: Owners,
    /// The processes of the packet that comes next, or that is being looked at.
    told: Option<PacketProcess>,
    /// The latest time of any packet; captures that were merged badly run back at times.
    clock: Timestamp,
    next_sweep: Timestamp,
    next_id: u64,
    evicted: u64,
}

/// Datagrams in fragments within datagrams in fragments that are put together: tunnels in tunnels.
const MOST_NESTED: u8 = 4;

impl<S: Sink> Sessions<S> {
    /// An empty flow table in front of `sink`.
    pub fn new(sink: S, limits: Limits) -> Self {
        Self {
            sink,
            limits,
            table: Table::new(),
            fragments: Fragments::default(),
            damage: Damage::default(),
            texts: Interner::default(),
            budget: Budget::new(limits.reassembly_bytes),
            owners: Owners::default(),
            told: None,
            clock: Timestamp::MIN,
            next_sweep: Timestamp::MIN,
            next_id: 0,
            evicted: 0,
        }
    }

    /// Delivers the flows that are still open, in the order of their first packets, and what was lost or damaged; gives the
    /// sink back.
    pub fn finish(mut self, evidence: EvidenceId) -> S {
        let mut open: Vec<_> = self.table.drain().collect();
        open.sort_unstable_by_key(|conversation| conversation.id);
        for conversation in open {
            self.deliver(conversation, CloseReason::CaptureEnded);
        }
        self.damage.report(&mut self.sink);
        let bounds = [
            ("session.flows", self.limits.flows, self.evicted),
            ("session.reassembly_bytes", self.budget.limit(), self.budget.refused()),
            (
                "session.fragment_bytes",
                fragments::MOST_HELD_BYTES,
                self.fragments.evicted(),
            ),
        ];
        for (bound, limit, count) in bounds.into_iter().filter(|(_, _, count)| *count > 0) {
            let kind = IssueKind::BoundReached {
                bound,
                limit: limit as u64,
                count,
            };
            self.sink.issue(Issue {
                span: Span::whole(evidence),
                kind,
            });
        }
        if let Some(range) = self.owners.range(evidence) {
            self.sink.record(Record::Range(range));
        }
        if let Some(issue) = self.owners.bound_reached(evidence) {
            self.sink.issue(issue);
        }
        self.report_overlaps(evidence);
        self.sink
    }

    /// Says that fragments overlapped, which ordinary hosts never send (RFC 5722).
    fn report_overlaps(&mut self, evidence: EvidenceId) {
        let overlaps = self.fragments.overlaps();
        if overlaps > 0 {
            let kind = IssueKind::Malformed {
                field: "ip.fragment_offset",
                found: format!("{overlaps} fragments overlap others and differ").into(),
            };
            self.sink.issue(Issue {
                span: Span::whole(evidence),
                kind,
            });
        }
    }

    #[inline]
    fn dissected(&mut self, packet: &Packet<'_>, dissected: &Dissected<'_>, ip: &Ip, nested: u8) {
        let vlan = vlan_tags(&dissected.vlans);
        let ports = self.ports(ip, dissected);
        let (key, from_low) = Key::of(ip, ports, vlan);
        let seen = Seen {
            packet,
            dissected,
            ip,
            ports,
            vlan,
            from_low,
            clock: self.clock,
        };
        let Some(slot) = self.slot(key, &seen) else { return };
        let Some(conversation) = self.table.get_mut(slot) else {
            return;
        };
        let mut output = Output {
            sink: &mut self.sink,
            texts: &mut self.texts,
            budget: &mut self.budget,
        };
        conversation.take(&seen, &mut output);
        let (flow, class) = (conversation.id, conversation.class());
        self.table.touch(slot, class);
        // Who sent a packet of a tunnel did not send what is in it.
        if self.told.is_some() && nested == 0 && dissected.tunnel.is_none() {
            self.note_owner(packet, Ends { flow, ip, ports });
        }
        if ip.fragment.is_some() {
            self.fragment(slot, &seen, nested);
        }
    }

    /// Most captures say of no packet whose it is.
    #[cold]
    fn note_owner(&mut self, packet: &Packet<'_>, ends: Ends<'_>) {
        if let Some(told) = &self.told {
            self.owners.note(told, packet, ends);
        }
    }

    /// The ports of a packet; 0 where the protocol has none.
    #[inline]
    fn ports(&mut self, ip: &Ip, dissected: &Dissected<'_>) -> Ports {
        match ip.fragment {
            Some(fragment) if !fragment.is_atomic() => self.fragments.ports(ip, fragment, dissected.ports()),
            _ => dissected.ports().unwrap_or_default(),
        }
    }

    /// The place of the conversation that the packet belongs to, which is begun if there is none.
    #[inline]
    fn slot(&mut self, key: Key, seen: &Seen<'_>) -> Option<SlotId> {
        if let Some(slot) = self.table.find(&key) {
            let limits = self.limits.idle;
            let conversation = self.table.get_mut(slot)?;
            let is_idle = self.clock - conversation.touched > idle_limit(limits, conversation.class());
            if !is_idle && !conversation.is_reused_by(seen) {
                return Some(slot);
            }
            self.remove(
                slot,
                if is_idle {
                    CloseReason::Idle
                } else {
                    CloseReason::Reused
                },
            );
        }
        Some(self.begin(key, seen))
    }

    fn begin(&mut self, key: Key, seen: &Seen<'_>) -> SlotId {
        if self.table.len() >= self.limits.flows {
            self.evict();
        }
        let conversation = Conversation::begin(FlowId(self.next_id), seen);
        self.next_id += 1;
        self.table.insert(key, conversation.class(), conversation)
    }

    /// Makes room. Only a flow that might still have gone on is a loss. Flows that were heard a moment ago, such as a handshake
    /// that is still under way, give way only where no class before the established ones has a silent one.
    fn evict(&mut self) {
        let oldest = |class| {
            self.table
                .oldest(class)
                .map(|(slot, conversation)| (slot, class, conversation.touched))
        };
        let may_go = |(_, class, touched): &(SlotId, Class, Timestamp)| match class {
            Class::TcpEnded => true,
            Class::TcpEstablished => false,
            Class::TcpOpening | Class::Other | Class::Udp => self.clock - *touched >= STILL_TALKING,
        };
        let mut all = Class::ALL.into_iter().filter_map(oldest);
        let silent = all.clone().find(may_go);
        let Some((slot, class, _)) = silent.or_else(|| all.next()) else {
            return;
        };
        if class != Class::TcpEnded {
            self.evicted += 1;
        }
        self.remove(slot, CloseReason::Evicted);
    }

    /// Delivers the flows that have been silent for too long.
    #[inline]
    fn sweep(&mut self) {
        if self.clock < self.next_sweep {
            return;
        }
        self.next_sweep = self.clock + SWEEP_INTERVAL;
        for class in Class::ALL {
            let limit = idle_limit(self.limits.idle, class);
            while let Some((slot, conversation)) = self.table.oldest(class)
                && self.clock - conversation.touched > limit
            {
                self.remove(slot, CloseReason::Idle);
            }
        }
    }

    fn remove(&mut self, slot: SlotId, reason: CloseReason) {
        if let Some(conversation) = self.table.remove(slot) {
            self.deliver(conversation, reason);
        }
    }

    fn deliver(&mut self, conversation: Conversation, reason: CloseReason) {
        for owner in self.owners.take(conversation.id) {
            self.sink.record(Record::Owner(owner));
        }
        let mut output = Output {
            sink: &mut self.sink,
            texts: &mut self.texts,
            budget: &mut self.budget,
        };
        let flow = conversation.end(reason, &mut output);
        self.sink.record(Record::Flow(flow));
    }

    /// Puts the fragments of datagrams together and reads the whole. A packet that it holds, as in a tunnel, is taken in like one
    /// that came by itself; `nested` is how many datagrams it lies in already.
    fn fragment(&mut self, slot: SlotId, seen: &Seen<'_>, nested: u8) {
        let Some(fragment) = seen.ip.fragment.filter(|fragment| !fragment.is_atomic()) else {
            return;
        };
        let protocol = seen.ip.protocol;
        let is_udp = matches!(seen.dissected.transport, Some(Transport::Udp(_)));
        let is_broken = protocol == IpProtocol::UDP && fragment.is_first() && !is_udp;
        if !may_hold_packets(protocol) || seen.dissected.fragment.is_empty() || is_broken {
            return;
        }
        let Some(whole) = self.fragments.add(seen.ip, fragment, seen.dissected.fragment) else {
            return;
        };
        let read = dissect::datagram(seen.ip, &whole);
        match read.ip() {
            Some(inner) if read.tunnel.is_some() && nested < MOST_NESTED => {
                self.dissected(seen.packet, &read, inner, nested + 1);
            }
            _ => self.datagram(slot, &read, seen),
        }
    }

    fn datagram(&mut self, slot: SlotId, read: &Dissected<'_>, seen: &Seen<'_>) {
        let mut output = Output {
            sink: &mut self.sink,
            texts: &mut self.texts,
            budget: &mut self.budget,
        };
        if let Some(conversation) = self.table.get_mut(slot)
            && seen.ip.protocol == IpProtocol::UDP
        {
            conversation.datagram(seen.packet, read.payload, seen, &mut output);
        }
    }
}

impl<S: Sink> Sink for Sessions<S> {
    fn record(&mut self, record: Record) {
        self.sink.record(record);
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        if let Some(time) = packet.timestamp {
            self.clock = self.clock.max(time);
            self.sweep();
        }
        let dissected = dissect::packet(packet.link_type, packet.data, packet.original_length);
        if let Some(stop) = dissected.stop {
            self.damage.note(packet, stop);
        }
        if let Some(ip) = dissected.ip() {
            if self.told.is_none() && pktap::may_begin(packet.link_type) {
                self.told = process_in_header(packet.link_type, packet.data, &mut self.texts);
            }
            self.dissected(packet, &dissected, ip, 0);
        }
        if self.told.is_some() {
            self.told = None;
        }
    }

    fn process(&mut self, process: &PacketProcess) {
        self.told = Some(process.clone());
    }

    fn issue(&mut self, issue: Issue) {
        self.sink.issue(issue);
    }
}

#[inline]
const fn idle_limit(limits: crate::IdleLimits, class: Class) -> Nanoseconds {
    match class {
        Class::TcpEstablished => limits.tcp_established,
        Class::TcpOpening | Class::TcpEnded => limits.tcp_transitory,
        Class::Udp => limits.udp,
        Class::Other => limits.other,
    }
}

/// The outermost two tags.
#[inline]
fn vlan_tags(vlans: &Vlans) -> VlanTags {
    let ids = vlans.ids();
    VlanTags {
        outer: ids.first().copied(),
        inner: ids.get(1).copied(),
    }
}
