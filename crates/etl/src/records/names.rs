//! Which answers to questions for names are news. One question leaves a trail of events, in the program that asks and in the
//! service that answers; a record says once who was told what.

use std::collections::HashMap;
use std::hash::BuildHasher as _;

use foldhash::fast::RandomState;
use whotalks_record::{Nanoseconds, ResolverEvent, Timestamp};

use crate::statement::NameAnswer;

/// Answers remembered to know them again: far more than are given within [`SAME_QUESTION`].
const MOST_REMEMBERED: usize = 4_096;

/// The events of one question come within this time.
const SAME_QUESTION: Nanoseconds = Nanoseconds::from_seconds(2);

/// What was answered lately.
#[derive(Debug, Default)]
pub(super) struct Names {
    told: HashMap<u64, Timestamp, RandomState>,
    hasher: RandomState,
}

impl Names {
    /// The record of an answer; none for a step on the way to it, and where nobody is known to have asked.
    pub(super) fn take(&mut self, answer: NameAnswer) -> Option<ResolverEvent> {
        let pid = answer.pid?;
        let is_answered = answer.status == Some(0) && !answer.addresses.is_empty();
        if !is_answered && !answer.is_final {
            return None;
        }
        let key = self
            .hasher
            .hash_one((pid, &answer.name, &answer.addresses, is_answered));
        if self.told.len() >= MOST_REMEMBERED {
            self.told.clear();
        }
        let before = self.told.insert(key, answer.time);
        if before.is_some_and(|before| answer.time - before <= SAME_QUESTION) {
            return None;
        }
        Some(ResolverEvent {
            span: answer.span,
            time: answer.time,
            host: None,
            pid: Some(pid),
            image: None,
            name: answer.name,
            status: answer.status,
            addresses: answer.addresses,
        })
    }
}

#[cfg(test)]
mod tests {
    use whotalks_record::{EvidenceId, Pid, Span};

    use super::*;

    fn answer(is_final: bool, status: u32, second: i64) -> NameAnswer {
        NameAnswer {
            span: Span::whole(EvidenceId(1)),
            time: Timestamp::from_seconds(second, 0),
            pid: Some(Pid(7)),
            name: "name.example".into(),
            record_type: Some(1),
            status: Some(status),
            addresses: if status == 0 {
                vec![[192, 0, 2, 1].into()]
            } else {
                Vec::new()
            },
            server: None,
            is_final,
        }
    }

    #[test]
    fn the_steps_to_an_answer_are_told_once_and_a_miss_in_the_cache_is_none() {
        let mut names = Names::default();
        assert!(names.take(answer(false, 9_701, 0)).is_none());
        assert!(names.take(answer(false, 0, 0)).is_some());
        assert!(names.take(answer(true, 0, 1)).is_none());
        assert!(names.take(answer(true, 9_003, 1)).is_some());
        assert!(names.take(answer(true, 0, 9)).is_some());
    }
}
