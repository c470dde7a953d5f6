//! DNS answers on the wire, by who asked and which address was answered.
//!
//! An answer counts from its arrival to max(TTL, 60 s) for new conversations, afterwards as inferred for up to a day. One name
//! for the address in that window is derived; several are all listed and none is promoted. A CNAME chain folds to the name
//! asked. Loopback, unspecified and multicast answers name nothing.

use std::net::IpAddr;

use rustc_hash::FxHashMap;
use whotalks_record::{
    DnsRecordData, DnsTransaction, DnsTransport, Grade, Nanoseconds, Span, Text, Timestamp, is_multicast_or_broadcast,
};

use crate::{NameCandidate, NameEvidence};

/// Stub resolvers and applications keep an answer at least this long whatever its time to live says.
const SHORTEST_LIFE: Nanoseconds = Nanoseconds::from_seconds(60);
/// An expired answer still hints at a name for this long.
const LONGEST_HINT: Nanoseconds = Nanoseconds::from_seconds(24 * 3600);
/// The most names of one address that are listed.
const MOST_NAMES: usize = 8;

/// Answers by asking address and answered address, in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct DnsIndex {
    answers: FxHashMap<(IpAddr, IpAddr), Vec<Answer>>,
}

#[derive(Clone, Debug)]
struct Answer {
    name: Text,
    from: Timestamp,
    until: Timestamp,
    span: Span,
}

impl DnsIndex {
    pub(crate) fn build(transactions: &[DnsTransaction]) -> Self {
        let mut index = Self::default();
        for transaction in transactions
            .iter()
            .filter(|one| one.transport != DnsTransport::Multicast)
        {
            index.add(transaction);
        }
        for answers in index.answers.values_mut() {
            answers.sort_by_key(|answer| (answer.from, answer.span));
        }
        index
    }

    /// Whether `client` was seen asking anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// The names that answers to `client` give `remote` for a conversation that began at `time`.
    pub(crate) fn candidates(&self, client: IpAddr, remote: IpAddr, time: Timestamp) -> Vec<NameCandidate> {
        let answers = self
            .answers
            .get(&(client, remote))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let earlier = answers.partition_point(|answer| answer.from <= time);
        let heard = answers.get(..earlier).unwrap_or_default();
        let valid = latest_per_name(heard.iter().rev().filter(|answer| time <= answer.until));
        if !valid.is_empty() {
            let evidence = if valid.len() == 1 {
                NameEvidence::DnsAnswer
            } else {
                NameEvidence::SharedDnsAnswer
            };
            let grade = if valid.len() == 1 {
                Grade::Derived
            } else {
                Grade::Inferred
            };
            return valid
                .into_iter()
                .map(|answer| answer.candidate(evidence, grade))
                .collect();
        }
        let hints = heard.iter().rev().filter(|answer| time - answer.until <= LONGEST_HINT);
        let hints = latest_per_name(hints);
        hints
            .into_iter()
            .map(|answer| answer.candidate(NameEvidence::ExpiredDnsAnswer, Grade::Inferred))
            .collect()
    }

    fn add(&mut self, transaction: &DnsTransaction) {
        let Some(answered) = transaction.answered else { return };
        let ttl_seconds = transaction
            .answers
            .iter()
            .map(|answer| answer.ttl_seconds)
            .min()
            .unwrap_or(0);
        let life = Nanoseconds::from_seconds(i64::from(ttl_seconds)).max(SHORTEST_LIFE);
        for answer in &transaction.answers {
            let DnsRecordData::Address(address) = answer.data else {
                continue;
            };
            if names_nothing(address) {
                continue;
            }
            let entry = Answer {
                name: Text::clone(&transaction.name),
                from: answered,
                until: answered + life,
                span: transaction.span,
            };
            self.answers
                .entry((transaction.client.address, address))
                .or_default()
                .push(entry);
        }
    }
}

/// The first answer of each name, at most [`MOST_NAMES`].
fn latest_per_name<'a>(answers: impl Iterator<Item = &'a Answer>) -> Vec<&'a Answer> {
    let mut latest: Vec<&Answer> = Vec::new();
    for answer in answers {
        if latest.len() == MOST_NAMES {
            break;
        }
        if !latest.iter().any(|known| known.name == answer.name) {
            latest.push(answer);
        }
    }
    latest
}

/// Sinkholes and mistakes: an answer that leads nowhere names nobody.
fn names_nothing(address: IpAddr) -> bool {
    address.is_loopback() || address.is_unspecified() || is_multicast_or_broadcast(address)
}

impl Answer {
    fn candidate(&self, evidence: NameEvidence, grade: Grade) -> NameCandidate {
        let (name, time, proof) = (Text::clone(&self.name), Some(self.from), vec![self.span]);
        NameCandidate {
            name,
            port: None,
            evidence,
            grade,
            time,
            proof,
        }
    }
}
