//! What is not known, folded by aspect and reason, with the command that would have supplied it.

use std::collections::BTreeMap;

use whotalks_correlate::{Conversation, UnknownReason};
use whotalks_record::{Endpoint, Span};

use crate::endpoints::unknowns;
use crate::proof::{Citer, Proof};
use crate::remedies::remedy;
use crate::{UnknownAspect, UnknownRow};

/// The most different rows; ambiguous names alone could be as many as far ends.
const MOST_ROWS: usize = 2_000;

/// Rows under construction.
#[derive(Debug, Default)]
pub(crate) struct UnknownTable {
    rows: BTreeMap<(UnknownAspect, UnknownReason), Folded>,
}

#[derive(Debug, Default)]
struct Folded {
    conversations: u64,
    example: Option<Endpoint>,
    proof: Proof,
}

impl UnknownTable {
    pub(crate) fn add(&mut self, conversation: &Conversation) {
        for key in unknowns(conversation) {
            if self.rows.len() >= MOST_ROWS && !self.rows.contains_key(&key) {
                continue;
            }
            let row = self.rows.entry(key).or_default();
            row.conversations += 1;
            row.example.get_or_insert(conversation.remote);
            row.proof.add(conversation.proof.iter().take(1).copied());
        }
    }

    pub(crate) fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.rows.values().flat_map(|row| row.proof.spans().iter().copied())
    }

    /// The finished rows, those that concern most conversations first.
    pub(crate) fn finish(self, citer: &Citer<'_>) -> Vec<UnknownRow> {
        let row = |((aspect, reason), folded): ((UnknownAspect, UnknownReason), Folded)| UnknownRow {
            remedy: remedy(&reason),
            aspect,
            reason,
            conversations: folded.conversations,
            example: folded.example,
            citations: citer.cite(&folded.proof),
        };
        let mut rows: Vec<UnknownRow> = self.rows.into_iter().map(row).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.conversations));
        rows
    }
}
