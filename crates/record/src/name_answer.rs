//! Answers to questions for names, step by step, as the resolver of a host tells them; and which of them are news.
//!
//! One question leaves a trail of events, in the program that asks and in the service that answers; a record says once who was
//! told what.

use std::collections::HashMap;
use std::hash::BuildHasher as _;
use std::net::IpAddr;

use foldhash::fast::RandomState;

use crate::{Nanoseconds, Pid, ResolverEvent, ResolverSource, Span, Text, Timestamp};

/// Answers remembered to know them again: far more than are given within [`SAME_QUESTION`].
const MOST_REMEMBERED: usize = 4_096;

/// Hosts whose resolver service is remembered; one log is of one host as a rule.
const MOST_HOSTS: usize = 4_096;

/// The events of one question come within this time.
const SAME_QUESTION: Nanoseconds = Nanoseconds::from_seconds(2);

/// A name that was asked, and the answer or a step on the way to it.
#[derive(Clone, Debug, PartialEq)]
pub struct NameAnswer {
    /// The event.
    pub span: Span,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// The computer; none in a trace.
    pub host: Option<Text>,
    /// Who tells of it.
    pub source: ResolverSource,
    /// Who asked; never the resolver service that asked for others.
    pub pid: Option<Pid>,
    /// The resolver service, where it wrote the event.
    pub service: Option<Pid>,
    /// The name, lower case, without a trailing dot.
    pub name: Text,
    /// The type asked (IANA "DNS parameters"), where the event has it.
    pub record_type: Option<u16>,
    /// The Win32 status; 0 is success.
    pub status: Option<u32>,
    /// The addresses answered.
    pub addresses: Vec<IpAddr>,
    /// The server that was asked, where the event names it.
    pub server: Option<Text>,
    /// Whether it is the end of the question for who asked, and no step on the way.
    pub is_final: bool,
}

/// What was answered lately, and who answers.
#[derive(Debug, Default)]
pub struct NameAnswers {
    told: HashMap<u64, Timestamp, RandomState>,
    /// The resolver service of each host, as its own events show it.
    services: HashMap<Option<Text>, Pid, RandomState>,
    hasher: RandomState,
}

impl NameAnswers {
    /// The record of an answer; none for a step on the way to it, and where nobody is known to have asked.
    pub fn take(&mut self, answer: NameAnswer) -> Option<ResolverEvent> {
        if let Some(service) = answer.service {
            self.note_service(&answer.host, service);
        }
        let pid = answer.pid.filter(|pid| self.services.get(&answer.host) != Some(pid))?;
        let is_answered = answer.status == Some(0) && !answer.addresses.is_empty();
        if !is_answered && !answer.is_final {
            return None;
        }
        let who = (&answer.host, pid);
        let key = self
            .hasher
            .hash_one((who, &answer.name, &answer.addresses, is_answered));
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
            host: answer.host,
            source: answer.source,
            pid: Some(pid),
            image: None,
            name: answer.name,
            status: answer.status,
            addresses: answer.addresses,
        })
    }

    /// What the service writes into its own process, it writes for whoever asked it; so its own number names no asker.
    fn note_service(&mut self, host: &Option<Text>, service: Pid) {
        if self.services.len() >= MOST_HOSTS && !self.services.contains_key(host) {
            self.services.clear();
        }
        self.services.insert(host.clone(), service);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EvidenceId;

    fn answer(is_final: bool, status: u32, second: i64) -> NameAnswer {
        NameAnswer {
            span: Span::whole(EvidenceId(1)),
            time: Timestamp::from_seconds(second, 0),
            host: None,
            source: ResolverSource::Trace,
            pid: Some(Pid(7)),
            service: None,
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
        let mut names = NameAnswers::default();
        assert!(names.take(answer(false, 9_701, 0)).is_none());
        assert!(names.take(answer(false, 0, 0)).is_some());
        assert!(names.take(answer(true, 0, 1)).is_none());
        assert!(names.take(answer(true, 9_003, 1)).is_some());
        assert!(names.take(answer(true, 0, 9)).is_some());
    }

    #[test]
    fn what_the_resolver_service_asks_in_its_own_process_names_no_asker() {
        let mut names = NameAnswers::default();
        let step = NameAnswer {
            service: Some(Pid(7)),
            pid: Some(Pid(8)),
            ..answer(false, 0, 0)
        };
        assert_eq!(names.take(step).unwrap().pid, Some(Pid(8)));
        assert!(names.take(answer(true, 0, 1)).is_none());
        let of_another_host = NameAnswer {
            host: Some("PC2".into()),
            ..answer(true, 0, 1)
        };
        assert!(names.take(of_another_host).is_some());
    }
}
