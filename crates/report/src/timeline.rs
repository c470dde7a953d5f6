//! Traffic over time in equal buckets whose width grows with the evidence.

use std::collections::BTreeMap;

use whotalks_correlate::{Conversation, Verdict};
use whotalks_record::{Nanoseconds, Timestamp};

use crate::{Finding, Timeline, TimelineMark, TimelineMarkKind};

/// The most buckets; a chart has no more pixels to show.
const MOST_BUCKETS: usize = 360;
/// The most blocks that are marked.
const MOST_MARKS: usize = 200;

/// Buckets under construction.
#[derive(Debug)]
pub(crate) struct TimelineBuilder {
    width: i64,
    /// Sent and received bytes by bucket number since the epoch.
    buckets: BTreeMap<i64, (u64, u64)>,
    blocks: Vec<Timestamp>,
}

impl Default for TimelineBuilder {
    fn default() -> Self {
        Self {
            width: Nanoseconds::from_seconds(1).0,
            buckets: BTreeMap::new(),
            blocks: Vec::new(),
        }
    }
}

impl TimelineBuilder {
    pub(crate) fn add(&mut self, conversation: &Conversation) {
        let (Some(first), Some(last)) = (conversation.first, conversation.last) else {
            return;
        };
        if conversation.decision.verdict == Verdict::Blocked && self.blocks.len() < MOST_MARKS {
            self.blocks.push(first);
        }
        let sent = conversation.sent.map_or(0, |traffic| traffic.ip_bytes);
        let received = conversation.received.map_or(0, |traffic| traffic.ip_bytes);
        self.spread(first, last, sent, received);
    }

    /// Spreads bytes evenly over a conversation's life: packets are not kept one by one.
    fn spread(&mut self, first: Timestamp, last: Timestamp, sent: u64, received: u64) {
        self.widen_for(first, last);
        let (from, until) = (self.bucket(first), self.bucket(last.max(first)));
        let parts = u64::try_from(until - from + 1).unwrap_or(1);
        for bucket in from..=until {
            let extra = u64::from(bucket == from);
            let entry = self.buckets.entry(bucket).or_default();
            entry.0 += sent / parts + extra * (sent % parts);
            entry.1 += received / parts + extra * (received % parts);
        }
        while self.extent() > MOST_BUCKETS as i64 {
            self.double();
        }
    }

    fn widen_for(&mut self, first: Timestamp, last: Timestamp) {
        while self.bucket(last) - self.bucket(first) > MOST_BUCKETS as i64 {
            self.double();
        }
    }

    fn bucket(&self, time: Timestamp) -> i64 {
        time.nanoseconds().div_euclid(self.width)
    }

    fn extent(&self) -> i64 {
        match (self.buckets.first_key_value(), self.buckets.last_key_value()) {
            (Some((first, _)), Some((last, _))) => last - first + 1,
            _ => 0,
        }
    }

    fn double(&mut self) {
        self.width = self.width.saturating_mul(2);
        let mut wider: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
        for (bucket, (sent, received)) in std::mem::take(&mut self.buckets) {
            let entry = wider.entry(bucket.div_euclid(2)).or_default();
            entry.0 += sent;
            entry.1 += received;
        }
        self.buckets = wider;
    }

    pub(crate) fn finish(self, findings: &[Finding]) -> Timeline {
        let Some((&first, _)) = self.buckets.first_key_value() else {
            return Timeline::default();
        };
        let range = first..first + self.extent();
        let series = |pick: fn(&(u64, u64)) -> u64| {
            range
                .clone()
                .map(|bucket| self.buckets.get(&bucket).map_or(0, pick))
                .collect()
        };
        let blocks = self.blocks.iter().map(|time| TimelineMark {
            time: *time,
            kind: TimelineMarkKind::Block,
        });
        let found = findings.iter().enumerate();
        let found = found.filter_map(|(index, one)| {
            Some(TimelineMark {
                time: one.first?,
                kind: TimelineMarkKind::Finding(index),
            })
        });
        let mut marks: Vec<TimelineMark> = blocks.chain(found).collect();
        marks.sort_by_key(|mark| (mark.time, mark.kind));
        Timeline {
            start: Some(Timestamp::from_nanoseconds(first.saturating_mul(self.width))),
            bucket: Nanoseconds(self.width),
            sent_bytes: series(|bytes| bytes.0),
            received_bytes: series(|bytes| bytes.1),
            marks,
        }
    }
}
