//! `whotalks ask`: one cited answer.

use whotalks_render::{json, terminal};
use whotalks_report::{Answer, StatementKind};

use crate::arguments::Ask;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::{policy, source};

pub(super) fn run(arguments: &Ask, face: &Face) -> Result<Outcome, Failure> {
    let policy = arguments.policy.as_deref().map(policy::read).transpose()?;
    let mut case = source::case(&arguments.source, face)?;
    policy.into_iter().for_each(|policy| case.hold_against(policy));
    let folder = arguments.source.case.as_deref();
    let answer = case.ask(&arguments.subject).map_err(Failure::case(folder))?;
    if arguments.json {
        face.write_json(&json::answer(&answer))?;
    } else {
        face.write(&terminal::answer(&answer, &face.options))?;
    }
    Ok(outcome(&answer))
}

fn outcome(answer: &Answer) -> Outcome {
    let found = |kind: &StatementKind| !matches!(kind, StatementKind::NothingFound { .. });
    if answer.statements.iter().any(|statement| found(&statement.kind)) {
        Outcome::Answered
    } else {
        Outcome::NothingFound
    }
}
