//! Findings as sentences.

use whotalks_record::{Grade, Nanoseconds, NetworkProtectionAction, Text};
use whotalks_report::{Finding, FindingKind, Judged, PolicyReport, Unjudged, UnjudgedReason, Violation};

use super::{NOTHING, Words, quote};
use crate::messages::{FindingMessage as Message, UnitMessage, WordMessage};

/// The most ports that a sentence names.
const MOST_PORTS: usize = 6;

impl Words {
    /// The finding as a sentence without a full stop.
    pub fn finding(&self, finding: &Finding) -> String {
        let program = self.program_with_pid(finding.program.as_ref(), finding.pid);
        let host = finding
            .host
            .as_ref()
            .map_or_else(|| self.text(&WordMessage::HostUnknown), |it| quote(it));
        let remote = self.list(&finding.remotes.iter().map(ToString::to_string).collect::<Vec<_>>());
        let remote = if remote.is_empty() { NOTHING.to_owned() } else { remote };
        self.finding_sentence(&finding.kind, Parts { host, program, remote })
    }

    fn finding_sentence(&self, kind: &FindingKind, parts: Parts) -> String {
        let Parts { host, program, remote } = parts;
        self.text(&match kind {
            FindingKind::SynSweep {
                network,
                targets,
                ports,
                duration,
                answered,
            } => Message::SynSweep {
                host,
                program,
                scope: network
                    .as_ref()
                    .map_or_else(|| self.text(&Message::SynSweepScopeMany), |it| quote(it)),
                targets: self.text(&Message::SynSweepTargets { count: *targets }),
                ports: self.ports(ports),
                duration: self.span(*duration),
                answers: self.answers(*answered),
            },
            FindingKind::PortScan {
                caller,
                target,
                ports,
                duration,
                answered,
            } => Message::PortScan {
                caller: caller.to_string(),
                program,
                target: target.to_string(),
                ports: *ports,
                duration: self.span(*duration),
                answers: self.answers(Some(*answered)),
            },
            FindingKind::LookAlikeName {
                imitates,
                image,
                parent,
            } => look_alike(program, imitates, image, parent.as_ref()),
            FindingKind::WrongPath { image, expected } => Message::WrongPath {
                program,
                image: quote(image),
                expected: quote(expected),
            },
            FindingKind::ListenerBurst { ports, duration } => self.listener_burst(program, *ports, *duration),
            FindingKind::Beacon {
                interval,
                jitter,
                calls,
                score,
            } => Message::Beacon {
                program,
                remote,
                interval: self.span(*interval),
                jitter: self.span(*jitter),
                calls: *calls,
                score: format!("{score:.2}"),
            },
            FindingKind::UnexpectedProgram { name, expected } => self.unexpected_program(program, name, expected),
            FindingKind::SourcesDisagree { programs } => Message::SourcesDisagree {
                remote,
                programs: self.list(programs),
            },
            FindingKind::NameMismatch { asked, shown } => Message::NameMismatch {
                remote,
                asked: quote(asked),
                shown: quote(shown),
            },
            FindingKind::LogCleared => Message::LogCleared { host },
            FindingKind::ProtectionOff => Message::ProtectionOff { host },
            FindingKind::NetworkProtection(judged) => self.judged(judged, host, program),
            FindingKind::LateralConnection { other, address } => Message::LateralConnection {
                host,
                other: quote(other),
                address: address.to_string(),
            },
            FindingKind::PolicyViolation(violation) => self.violation(violation, Parts { host, program, remote }),
        })
    }

    fn violation(&self, violation: &Violation, parts: Parts) -> Message {
        Message::PolicyViolation {
            host: parts.host,
            program: self.program_with_grade(parts.program, violation.program_grade),
            rule: violation.rule,
            title: quote(&violation.title),
            conversations: violation.conversations,
            blocked: violation.blocked,
            remote: self.far_end(&violation.names, parts.remote),
        }
    }

    fn judged(&self, judged: &Judged, host: String, program: String) -> Message {
        let mut named: Vec<String> = judged.destinations.iter().map(|name| quote(name)).collect();
        if judged.more > 0 {
            named.push(self.text(&UnitMessage::AndMore { count: judged.more }));
        }
        let (destinations, events) = (self.list(&named), judged.events);
        let program = match &judged.user {
            Some(user) => self.text(&Message::NetworkProtectionUser {
                program,
                user: quote(user),
            }),
            None => program,
        };
        match judged.action {
            NetworkProtectionAction::Audited => Message::NetworkProtectionAudited {
                host,
                program,
                destinations,
                events,
            },
            NetworkProtectionAction::Blocked => Message::NetworkProtectionBlocked {
                host,
                program,
                destinations,
                events,
            },
        }
    }

    /// A program with its grade, where anything is known of it.
    fn program_with_grade(&self, program: String, grade: Grade) -> String {
        if grade == Grade::Unknown {
            return program;
        }
        let grade = self.text(&super::grade(grade));
        self.text(&Message::PolicyProgram { program, grade })
    }

    fn far_end(&self, names: &[Text], remote: String) -> String {
        if names.is_empty() {
            return remote;
        }
        let names: Vec<String> = names.iter().map(|name| quote(name)).collect();
        let names = self.list(&names);
        self.text(&Message::PolicyFarEnd { names, remote })
    }

    /// How a policy was applied, and what it could not be applied to.
    pub fn policy_report(&self, report: &PolicyReport) -> Vec<String> {
        let applied = Message::PolicyApplied {
            rules: report.rules,
            violated: report.violated,
        };
        let unjudged = report.unjudged.iter().map(|unjudged| self.unjudged(unjudged));
        std::iter::once(applied)
            .chain(unjudged)
            .map(|message| self.text(&message))
            .collect()
    }

    fn unjudged(&self, unjudged: &Unjudged) -> Message {
        let (rule, title) = (unjudged.rule, quote(&unjudged.title));
        match &unjudged.reason {
            UnjudgedReason::NotInCase { protocols } => Message::PolicyNotInCase {
                rule,
                title,
                protocols: self.list(protocols),
            },
            UnjudgedReason::NoContent { conversations } => Message::PolicyNoContent {
                rule,
                title,
                conversations: *conversations,
            },
            UnjudgedReason::NoName { conversations } => Message::PolicyNoName {
                rule,
                title,
                conversations: *conversations,
            },
        }
    }

    fn answers(&self, answered: Option<u64>) -> String {
        self.text(&match answered {
            Some(0) => Message::SynSweepNoneAnswered,
            Some(count) => Message::SynSweepAnswered { count },
            None => Message::SynSweepAnswersUnseen,
        })
    }

    fn ports(&self, ports: &[u16]) -> String {
        let mut shown: Vec<String> = ports.iter().take(MOST_PORTS).map(u16::to_string).collect();
        if let Some(more) = ports.len().checked_sub(MOST_PORTS).filter(|more| *more > 0) {
            shown.push(self.text(&UnitMessage::AndMore { count: more as u64 }));
        }
        self.list(&shown)
    }

    fn listener_burst(&self, program: String, ports: u64, duration: Option<Nanoseconds>) -> Message {
        match duration {
            Some(duration) => Message::ListenerBurst {
                program,
                ports,
                duration: self.span(duration),
            },
            None => Message::ListenerBurstListing { program, ports },
        }
    }

    fn unexpected_program(&self, program: String, name: &Text, expected: &[Text]) -> Message {
        let name = quote(name);
        if expected.is_empty() {
            return Message::UnexpectedProgramUnlisted { program, name };
        }
        Message::UnexpectedProgram {
            program,
            name,
            expected: self.alternatives(expected),
        }
    }
}

/// The parts that sentences share.
struct Parts {
    host: String,
    program: String,
    remote: String,
}

fn look_alike(program: String, imitates: &Text, image: &Text, parent: Option<&Text>) -> Message {
    let (imitates, image) = (quote(imitates), quote(image));
    match parent {
        Some(parent) => Message::LookAlikeNameParent {
            program,
            imitates,
            image,
            parent: quote(parent),
        },
        None => Message::LookAlikeName {
            program,
            imitates,
            image,
        },
    }
}
