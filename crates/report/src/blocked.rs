//! Blocked connections, and packet drops that were no block.

use std::collections::BTreeMap;

use whotalks_correlate::{Conversation, FilterAnswer, LocalBlock, UnknownReason, Verdict};
use whotalks_record::{ConnectionEventKind, Direction, Endpoint, FilterId, IpProtocol, Span, Text};

use crate::program::{ProgramKey, cell, fold};
use crate::proof::{Citer, Proof};
use crate::sources::Sources;
use crate::{BlockRow, DropRow, ProgramCell};

/// The most rows of either kind.
const MOST_ROWS: usize = 5_000;

/// What makes two blocks one row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct BlockKey {
    host: Option<Text>,
    program: ProgramKey,
    remote: Option<Endpoint>,
    protocol: Option<IpProtocol>,
    direction: Option<Direction>,
    filter: Option<FilterId>,
    event: ConnectionEventKind,
}

#[derive(Debug)]
struct Block {
    program: ProgramCell,
    filter: Option<FilterAnswer>,
    connections: u64,
    proof: Proof,
    unknown: Option<UnknownReason>,
}

#[derive(Debug, Default)]
struct Drop {
    flows: u64,
    packets: u64,
    filter: Option<FilterAnswer>,
    proof: Proof,
}

/// Rows under construction.
#[derive(Debug, Default)]
pub(crate) struct BlockTable {
    blocks: BTreeMap<BlockKey, Block>,
    drops: BTreeMap<(Option<Text>, bool, Option<FilterId>), Drop>,
}

impl BlockTable {
    pub(crate) fn add(&mut self, conversation: &Conversation, sources: &Sources<'_>) {
        let host = sources.host_label(conversation.host, Some(conversation.local.address));
        if conversation.decision.verdict == Verdict::Blocked {
            self.add_block(conversation, host);
        } else if conversation.decision.dropped_packets > 0 {
            self.add_drop(conversation, host);
        }
    }

    fn add_block(&mut self, conversation: &Conversation, host: Option<Text>) {
        let decision = &conversation.decision;
        let inbound = conversation.direction == Some(Direction::Inbound);
        let key = BlockKey {
            host,
            program: ProgramKey::of(&conversation.process),
            remote: Some(if inbound {
                Endpoint {
                    port: 0,
                    ..conversation.remote
                }
            } else {
                conversation.remote
            }),
            protocol: Some(conversation.protocol),
            direction: conversation.direction,
            filter: decision.filter.as_ref().map(|filter| filter.id),
            event: decision.decided_by.unwrap_or(ConnectionEventKind::ConnectionBlocked),
        };
        if self.blocks.len() >= MOST_ROWS && !self.blocks.contains_key(&key) {
            return;
        }
        let block = self.blocks.entry(key).or_insert_with(|| Block {
            program: cell(&conversation.process),
            filter: decision.filter.clone(),
            connections: 0,
            proof: Proof::default(),
            unknown: decision.unknown.clone(),
        });
        fold(&mut block.program, &conversation.process);
        block.connections += decision.events.max(1);
        block.proof.add(decision.proof.iter().copied());
    }

    pub(crate) fn add_local(&mut self, local: &LocalBlock, sources: &Sources<'_>) {
        let key = BlockKey {
            host: sources.host_label(Some(local.host), None),
            program: ProgramKey::of(&local.process),
            remote: None,
            protocol: local.protocol,
            direction: None,
            filter: local.filter.as_ref().map(|filter| filter.id),
            event: local.kind,
        };
        let block = self.blocks.entry(key).or_insert_with(|| Block {
            program: cell(&local.process),
            filter: local.filter.clone(),
            connections: 0,
            proof: Proof::default(),
            unknown: None,
        });
        block.connections += 1;
        block.proof.add(local.proof.iter().copied());
    }

    /// A drop beside a connection that is known to have passed is a late segment.
    fn add_drop(&mut self, conversation: &Conversation, host: Option<Text>) {
        let decision = &conversation.decision;
        let late = matches!(decision.verdict, Verdict::Allowed | Verdict::Passed);
        let filter = decision.drop_filter.as_ref().map(|filter| filter.id);
        let drop = self.drops.entry((host, late, filter)).or_default();
        drop.flows += 1;
        drop.packets += decision.dropped_packets;
        drop.filter = drop.filter.take().or_else(|| decision.drop_filter.clone());
        drop.proof.add(decision.drop_proof.iter().copied());
    }

    pub(crate) fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        let blocks = self.blocks.values().map(|block| &block.proof);
        blocks
            .chain(self.drops.values().map(|drop| &drop.proof))
            .flat_map(|proof| proof.spans().iter().copied())
    }

    /// The finished rows, most connections first, and the drops.
    pub(crate) fn finish(self, citer: &Citer<'_>) -> (Vec<BlockRow>, Vec<DropRow>) {
        let mut blocks: Vec<BlockRow> = self
            .blocks
            .into_iter()
            .map(|(key, block)| block.finish(key, citer))
            .collect();
        blocks.sort_by_key(|row| std::cmp::Reverse(row.connections));
        let drop_row = |((host, late_segments, _), drop): ((Option<Text>, bool, _), Drop)| DropRow {
            host,
            flows: drop.flows,
            packets: drop.packets,
            late_segments,
            citations: citer.cite(&drop.proof),
            filter: drop.filter,
        };
        (blocks, self.drops.into_iter().map(drop_row).collect())
    }
}

impl Block {
    fn finish(self, key: BlockKey, citer: &Citer<'_>) -> BlockRow {
        BlockRow {
            host: key.host,
            program: self.program,
            remote: key.remote,
            protocol: key.protocol,
            direction: key.direction,
            filter: self.filter,
            connections: self.connections,
            event: key.event,
            citations: citer.cite(&self.proof),
            unknown: self.unknown,
        }
    }
}
