//! One question about one flow: what could be known, what was said, and what to make of it.

use whotalks_correlate::Conversation;
use whotalks_record::Grade;
use whotalks_testkit::answerable::{Answer, Answerable, Reason};
use whotalks_testkit::truth::TrueFlow;

use super::said::{Field, Said};

/// A question with what came of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    pub(super) field: Field,
    /// What was said; none where the flow was not seen at all.
    pub(super) said: Option<Said>,
    /// What could be known.
    pub(super) expected: Expected,
}

/// What an honest observer says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expected {
    /// The truth.
    Answer,
    /// "Unknown", for one of these reasons.
    Unknown(Vec<Reason>),
}

/// What to make of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// As it should be.
    Held,
    /// Something false, told with that grade.
    Wrong(Grade),
    /// It could be known, and was not said, or only guessed.
    Missed,
    /// It cannot be known, and the reason given is none of the right ones.
    WrongReason,
}

/// The questions about a flow; none about a field that the flow never had.
pub(super) fn questions(
    flow: &TrueFlow,
    answerable: &Answerable,
    conversation: Option<&Conversation>,
) -> Vec<Question> {
    let ask = |field: Field| {
        let said = conversation.map(|conversation| field.said(flow, conversation));
        let expected = expected(field, answerable, said.as_ref())?;
        Some(Question { field, said, expected })
    };
    Field::ALL.into_iter().filter_map(ask).collect()
}

fn expected(field: Field, answerable: &Answerable, said: Option<&Said>) -> Option<Expected> {
    let answer = match field {
        Field::Process => &answerable.process,
        Field::Image => &answerable.image,
        Field::Service => &answerable.service,
        Field::Name => &answerable.name,
        Field::Verdict => &answerable.decision,
        Field::Filter => &answerable.filter,
        Field::Client => &answerable.client,
    };
    match answer {
        Answer::Known => Some(Expected::Answer),
        // Where nothing shows that a process relays, nothing is said of it; a client that is told all the same is wrong.
        Answer::NotApplicable | Answer::UnknownBecause(_) if field == Field::Client && !is_ambiguous(answer) => {
            let told = said.is_some_and(|said| said.grade >= Grade::Derived);
            told.then(|| Expected::Unknown(Vec::new()))
        }
        Answer::UnknownBecause(reasons) => Some(Expected::Unknown(reasons.clone())),
        // A program that used an address has no name to be found, and it takes evidence to say so.
        Answer::NotApplicable if field == Field::Name => Some(Expected::Unknown(answerable.name_silence.clone())),
        Answer::NotApplicable => None,
    }
}

fn is_ambiguous(answer: &Answer) -> bool {
    matches!(answer, Answer::UnknownBecause(reasons) if reasons.contains(&Reason::Ambiguous))
}

impl Question {
    /// What to make of it. A right answer is right even where nobody could demand it.
    pub(super) fn outcome(&self) -> Outcome {
        let Some(said) = &self.said else {
            return Outcome::Missed;
        };
        let told = said.grade >= Grade::Derived;
        match &self.expected {
            _ if told && said.right => Outcome::Held,
            _ if told => Outcome::Wrong(said.grade),
            Expected::Answer => Outcome::Missed,
            Expected::Unknown(reasons) => match said.reasons.iter().any(|reason| reasons.contains(reason)) {
                true => Outcome::Held,
                // A guess that says so and hits is no harm.
                false if said.grade == Grade::Inferred && said.right => Outcome::Held,
                false => Outcome::WrongReason,
            },
        }
    }

    /// What was said and what was wanted, for a person who looks for the mistake.
    pub(super) fn explain(&self) -> String {
        let wanted = match &self.expected {
            Expected::Answer => "it can be known".to_owned(),
            Expected::Unknown(reasons) => format!("unknown because of one of {reasons:?}"),
        };
        let said = match &self.said {
            None => "the flow was not seen".to_owned(),
            Some(Said {
                value: Some(value),
                grade,
                why,
                ..
            }) => format!("said {value} ({}) {why}", grade.word()),
            Some(Said { why, .. }) => format!("said unknown: {why}"),
        };
        format!("{said}; {wanted}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(grade: Grade, right: bool, reasons: &[Reason], expected: Expected) -> Outcome {
        let value = (grade != Grade::Unknown).then(|| "a value".to_owned());
        let said = Said {
            value,
            grade,
            right,
            reasons: reasons.to_vec(),
            why: String::new(),
        };
        Question {
            field: Field::Name,
            said: Some(said),
            expected,
        }
        .outcome()
    }

    #[test]
    fn a_false_value_is_wrong_whether_or_not_it_could_be_known() {
        let unknown = || Expected::Unknown(vec![Reason::Ambiguous]);
        assert_eq!(
            outcome(Grade::Observed, false, &[], Expected::Answer),
            Outcome::Wrong(Grade::Observed)
        );
        assert_eq!(
            outcome(Grade::Derived, false, &[], unknown()),
            Outcome::Wrong(Grade::Derived)
        );
    }

    #[test]
    fn what_can_be_known_must_be_told_and_a_guess_does_not_count() {
        assert_eq!(outcome(Grade::Derived, true, &[], Expected::Answer), Outcome::Held);
        assert_eq!(outcome(Grade::Inferred, true, &[], Expected::Answer), Outcome::Missed);
        assert_eq!(
            outcome(Grade::Unknown, false, &[Reason::EventsLost], Expected::Answer),
            Outcome::Missed
        );
    }

    #[test]
    fn what_cannot_be_known_needs_the_right_reason() {
        let unknown = || Expected::Unknown(vec![Reason::EventsLost, Reason::Ambiguous]);
        assert_eq!(
            outcome(Grade::Unknown, false, &[Reason::Ambiguous], unknown()),
            Outcome::Held
        );
        assert_eq!(
            outcome(Grade::Unknown, false, &[Reason::SourceNotCollected], unknown()),
            Outcome::WrongReason
        );
        assert_eq!(outcome(Grade::Unknown, false, &[], unknown()), Outcome::WrongReason);
        assert_eq!(outcome(Grade::Inferred, false, &[], unknown()), Outcome::WrongReason);
    }
}
