//! Counts over all scenarios, by mix, field and grade.

use std::collections::BTreeMap;

use whotalks_record::Grade;
use whotalks_testkit::truth::TrueFlow;

use super::judge::{Expected, Outcome, Question};
use super::mixes::Mix;
use super::said::Field;
use crate::proof::{Failure, Proof};

/// The share of right answers that is wanted at each grade.
const PRECISION: [(Grade, f64); 2] = [(Grade::Observed, 1.0), (Grade::Derived, 0.999)];
/// The share of what can be known that must be told, with all sources.
const COVERAGE: f64 = 0.98;

/// A number out of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) part: u64,
    pub(super) whole: u64,
}

/// What was counted about one field with one mix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Right answers among all, by grade.
    pub(super) precision: BTreeMap<Grade, Share>,
    /// Right answers among the questions that can be answered.
    pub(super) coverage: Share,
    /// Right reasons among the questions that cannot.
    pub(super) unknown: Share,
}

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    cells: BTreeMap<(usize, Field), Cell>,
    held: u64,
    failures: Vec<Failure>,
}

impl Share {
    fn note(&mut self, held: bool) {
        self.part += u64::from(held);
        self.whole += 1;
    }

    fn add(&mut self, other: Self) {
        self.part += other.part;
        self.whole += other.whole;
    }

    /// From 0 to 1; 1 where there was nothing to count.
    pub(super) fn ratio(self) -> f64 {
        if self.whole == 0 {
            1.0
        } else {
            self.part as f64 / self.whole as f64
        }
    }
}

impl Cell {
    fn note(&mut self, question: &Question, outcome: &Outcome) {
        if let Some(said) = question.said.as_ref().filter(|said| said.grade != Grade::Unknown) {
            self.precision.entry(said.grade).or_default().note(said.right);
        }
        match question.expected {
            Expected::Answer => self.coverage.note(*outcome == Outcome::Held),
            Expected::Unknown(_) => self.unknown.note(*outcome == Outcome::Held),
        }
    }

    fn add(&mut self, other: &Self) {
        for (grade, share) in &other.precision {
            self.precision.entry(*grade).or_default().add(*share);
        }
        self.coverage.add(other.coverage);
        self.unknown.add(other.unknown);
    }
}

impl Tally {
    /// Counts a question.
    pub(super) fn note(&mut self, mix: &Mix, scenario: &str, flow: &TrueFlow, question: &Question) {
        let outcome = question.outcome();
        self.cells
            .entry((mix.index, question.field))
            .or_default()
            .note(question, &outcome);
        if outcome == Outcome::Held {
            self.held += 1;
            return;
        }
        let ends = format!("{} {} → {}", flow.ingredient, flow.local, flow.remote);
        let case = format!(
            "{scenario} {} {} flow {} {ends}",
            mix.name,
            question.field.word(),
            flow.id
        );
        let why = format!("{outcome:?}: {}", question.explain());
        self.failures.push(Failure { case, why });
    }

    /// Counts conversations that nobody had.
    pub(super) fn lonely(&mut self, mix: &Mix, scenario: &str, conversations: &[String]) {
        self.failures.extend(conversations.iter().map(|conversation| Failure {
            case: format!("{scenario} {} {conversation}", mix.name),
            why: "no flow of the scenario: invented, or one flow told as two".to_owned(),
        }));
    }

    /// Adds what another thread counted.
    pub(super) fn add(&mut self, other: Self) {
        for (key, cell) in &other.cells {
            self.cells.entry(*key).or_default().add(cell);
        }
        self.held += other.held;
        self.failures.extend(other.failures);
    }

    /// What was counted about a field with a mix.
    pub(super) fn cell(&self, mix: &Mix, field: Field) -> Cell {
        self.cells.get(&(mix.index, field)).cloned().unwrap_or_default()
    }

    /// Turns the counts into cases, figures and targets.
    pub(super) fn into_proof(mut self, mixes: &[Mix], proof: &mut Proof) {
        for grade in Grade::ALL {
            self.precision_target(grade, proof);
        }
        let mut unknown = Share::default();
        for mix in mixes {
            for field in Field::ALL {
                let cell = self.cell(mix, field);
                unknown.add(cell.unknown);
                coverage_target(mix, field, cell.coverage, proof);
            }
        }
        proof.figure("unknown_right_share", unknown.ratio());
        proof.require(
            unknown.part == unknown.whole,
            format!("{} of {} unknowns have the right reason", unknown.part, unknown.whole),
        );
        (0..self.held).for_each(|_| proof.pass());
        // Threads finish in any order; the report does not.
        self.failures.sort_by(|a, b| (&a.case, &a.why).cmp(&(&b.case, &b.why)));
        self.failures
            .into_iter()
            .for_each(|failure| proof.fail(failure.case, failure.why));
    }

    fn precision_target(&self, grade: Grade, proof: &mut Proof) {
        let mut share = Share::default();
        self.cells
            .values()
            .filter_map(|cell| cell.precision.get(&grade))
            .for_each(|part| share.add(*part));
        if share.whole == 0 {
            return;
        }
        proof.figure(format!("precision_{}", grade.word()), share.ratio());
        if let Some((_, wanted)) = PRECISION.iter().find(|(with_target, _)| *with_target == grade) {
            let came = format!(
                "{} of {} answers at grade {} are right",
                share.part,
                share.whole,
                grade.word()
            );
            proof.require(share.ratio() >= *wanted, format!("{came}, wanted {} %", wanted * 100.0));
        }
    }
}

fn coverage_target(mix: &Mix, field: Field, coverage: Share, proof: &mut Proof) {
    proof.figure(format!("coverage_{}_{}", mix.name, field.word()), coverage.ratio());
    let came = format!(
        "{} of {} answers about {} with all sources",
        coverage.part,
        coverage.whole,
        field.word()
    );
    proof.require(
        !mix.whole || coverage.ratio() >= COVERAGE,
        format!("{came}, wanted {} %", COVERAGE * 100.0),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accuracy::mixes;
    use crate::accuracy::said::Said;

    fn question(grade: Grade, right: bool) -> Question {
        let said = Said {
            value: Some("a".to_owned()),
            grade,
            right,
            reasons: vec![],
            why: String::new(),
        };
        Question {
            field: Field::Name,
            said: Some(said),
            expected: Expected::Answer,
        }
    }

    #[test]
    fn one_false_name_at_grade_observed_misses_the_target_and_a_false_guess_does_not() {
        for (grade, missed) in [(Grade::Observed, true), (Grade::Inferred, false)] {
            let mut tally = Tally::default();
            let wrong = question(grade, false);
            tally
                .cells
                .entry((0, Field::Name))
                .or_default()
                .note(&wrong, &wrong.outcome());
            let mut proof = Proof::new("accuracy");
            tally.precision_target(grade, &mut proof);
            assert_eq!(proof.finish(None).is_err(), missed, "{grade:?}");
        }
    }

    #[test]
    fn coverage_counts_with_all_sources_only() {
        let all = mixes::of(None);
        for (mix, missed) in [(&all[0], true), (&all[1], false)] {
            let mut proof = Proof::new("accuracy");
            coverage_target(mix, Field::Name, Share { part: 97, whole: 100 }, &mut proof);
            assert_eq!(proof.finish(None).is_err(), missed, "{}", mix.name);
        }
    }
}
