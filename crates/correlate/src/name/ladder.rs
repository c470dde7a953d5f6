//! The name ladder: which candidate is the best, and why none is.

use std::cmp::Reverse;

use whotalks_record::{Grade, Text};

use crate::unknown::EncryptedBy;
use crate::{NameAnswer, NameCandidate, NameEvidence, UnknownReason};

/// Orders all candidates and promotes the best. Nothing below `derived` is promoted while candidates disagree, and the outer
/// name of an encrypted ClientHello is promoted only where an answer to the same client gives the same name.
pub(crate) fn climb(mut candidates: Vec<NameCandidate>) -> NameAnswer {
    confirm_outer_names(&mut candidates);
    candidates.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| one.name.cmp(&other.name)));
    let unknown = why_unknown(&candidates);
    if unknown.is_some() || candidates.is_empty() {
        return NameAnswer {
            best: None,
            others: candidates,
            unknown,
        };
    }
    let best = candidates.remove(better_said(&candidates));
    NameAnswer {
        best: Some(best),
        others: candidates,
        unknown: None,
    }
}

/// The place of the best candidate. What a library asked for is put together from several events: where one event alone says the
/// same, that is the better word.
fn better_said(sorted: &[NameCandidate]) -> usize {
    let best = sorted.first().filter(|best| best.evidence == NameEvidence::Requested);
    let says_more = |best: &NameCandidate| {
        let same = |one: &NameCandidate| one.name == best.name && one.grade > best.grade;
        sorted.iter().position(same)
    };
    best.and_then(says_more).unwrap_or_default()
}

/// Better first: the rung, then the grade, then the earlier sighting.
fn rank(
    candidate: &NameCandidate,
) -> (
    Reverse<bool>,
    NameEvidence,
    Reverse<Grade>,
    Option<whotalks_record::Timestamp>,
) {
    (
        Reverse(candidate.grade >= Grade::Derived),
        candidate.evidence,
        Reverse(candidate.grade),
        candidate.time,
    )
}

/// GREASE cannot be told from a real encrypted ClientHello by its presence, but a DNS answer for the very name can confirm it.
fn confirm_outer_names(candidates: &mut [NameCandidate]) {
    let answered: Vec<Text> = candidates
        .iter()
        .filter(|one| {
            matches!(
                one.evidence,
                NameEvidence::DnsAnswer
                    | NameEvidence::SharedDnsAnswer
                    | NameEvidence::AskedByProcess
                    | NameEvidence::Requested
                    | NameEvidence::RequestToProxy
            )
        })
        .map(|one| Text::clone(&one.name))
        .collect();
    for one in candidates.iter_mut().filter(|one| one.evidence.may_be_outer_name()) {
        if answered.contains(&one.name) {
            one.grade = Grade::Derived;
        }
    }
}

/// Why no candidate can be promoted; none where the best one can.
fn why_unknown(sorted: &[NameCandidate]) -> Option<UnknownReason> {
    let best = sorted.first()?;
    if best.grade >= Grade::Derived {
        return None;
    }
    if best.evidence.may_be_outer_name() {
        return Some(UnknownReason::EncryptedName(EncryptedBy::EncryptedClientHello));
    }
    let mut names: Vec<Text> = sorted.iter().map(|one| Text::clone(&one.name)).collect();
    names.sort();
    names.dedup();
    (names.len() > 1).then_some(UnknownReason::Ambiguous(names))
}

#[cfg(test)]
mod tests {
    use whotalks_record::{Ech, NameSource, Timestamp};

    use super::*;

    fn candidate(name: &str, evidence: NameEvidence, grade: Grade) -> NameCandidate {
        let time = Some(Timestamp::from_seconds(1, 0));
        NameCandidate {
            name: name.into(),
            port: None,
            evidence,
            grade,
            time,
            proof: Vec::new(),
        }
    }

    #[test]
    fn the_proxy_target_outranks_everything() {
        let answer = climb(vec![
            candidate("a.example", NameEvidence::DnsAnswer, Grade::Derived),
            candidate(
                "b.example",
                NameEvidence::ProxyTarget(NameSource::HttpConnect),
                Grade::Observed,
            ),
            candidate("c.example", NameEvidence::TlsServerName(Ech::Absent), Grade::Observed),
        ]);
        assert_eq!(answer.best.map(|best| best.name).as_deref(), Some("b.example"));
        assert_eq!(answer.others.len(), 2);
    }

    #[test]
    fn one_event_that_names_what_was_asked_is_the_better_word_and_another_name_is_not() {
        let requested = candidate("a.example", NameEvidence::Requested, Grade::Derived);
        for (stated, evidence) in [
            ("a.example", NameEvidence::StackName),
            ("b.example", NameEvidence::Requested),
        ] {
            let stack = candidate(stated, NameEvidence::StackName, Grade::Observed);
            let answer = climb(vec![stack, requested.clone()]);
            let best = answer.best.unwrap();
            assert_eq!((&*best.name, best.evidence), ("a.example", evidence));
        }
    }

    #[test]
    fn several_names_of_a_shared_address_are_ambiguous() {
        let shared = |name| candidate(name, NameEvidence::SharedDnsAnswer, Grade::Inferred);
        let answer = climb(vec![shared("b.example"), shared("a.example")]);
        assert_eq!(answer.best, None);
        assert_eq!(
            answer.unknown,
            Some(UnknownReason::Ambiguous(vec!["a.example".into(), "b.example".into()]))
        );
    }

    #[test]
    fn an_outer_name_needs_an_answer_that_confirms_it() {
        let outer = candidate(
            "public.example",
            NameEvidence::TlsServerName(Ech::Present),
            Grade::Inferred,
        );
        let answer = climb(vec![outer.clone()]);
        assert_eq!(
            answer.unknown,
            Some(UnknownReason::EncryptedName(EncryptedBy::EncryptedClientHello))
        );
        let answer = climb(vec![
            outer,
            candidate("public.example", NameEvidence::DnsAnswer, Grade::Derived),
        ]);
        assert_eq!(answer.best.map(|best| best.grade), Some(Grade::Derived));
    }

    #[test]
    fn a_single_weak_name_is_given_with_its_grade() {
        let answer = climb(vec![candidate(
            "old.example",
            NameEvidence::ExpiredDnsAnswer,
            Grade::Inferred,
        )]);
        assert_eq!(answer.best.map(|best| best.grade), Some(Grade::Inferred));
    }
}
