//! The statements of an answer as sentences.

use whotalks_correlate::{FilterAnswer, Verdict};
use whotalks_record::{Direction, IpProtocol, Text, Timestamp};
use whotalks_report::{Finding, Known, Statement, StatementKind, Subject};

use super::{Words, direction, finding_title, quote};
use crate::messages::{StatementMessage as Message, UnitMessage, WordMessage};

impl Words {
    /// What was asked about.
    pub fn subject(&self, subject: &Subject) -> String {
        match subject {
            Subject::Address(address, Some(port)) => whotalks_record::Endpoint::new(*address, *port).to_string(),
            Subject::Address(address, None) => address.to_string(),
            Subject::Pid(pid) => self.pid(*pid),
            Subject::Name(name) => quote(name),
        }
    }

    /// A statement as one sentence or a few.
    pub fn statement(&self, subject: &Subject, statement: &Statement) -> String {
        match &statement.kind {
            StatementKind::Talks { .. } => self.talks(&statement.kind),
            StatementKind::ProcessLife {
                image,
                command_line,
                started,
                ended,
            } => self.process_life(image.as_ref(), command_line.as_ref(), *started, *ended),
            StatementKind::Volume {
                sent_bytes,
                received_bytes,
                first,
                last,
            } => self.volume(*sent_bytes, *received_bytes, self.period_and_length(*first, *last)),
            StatementKind::NameIs(name) => self.text(&Message::NameIs {
                name: self.name(name),
                how: self.name_how(name),
            }),
            StatementKind::OtherNames(names) => {
                let names: Vec<String> = names.iter().map(|name| self.name_with_how(name)).collect();
                self.text(&Message::OtherNames {
                    names: self.list(&names),
                })
            }
            StatementKind::Decision {
                verdict,
                filter,
                events,
            } => self.decided(*verdict, filter.as_ref(), *events),
            StatementKind::Known(known) => self.known(known),
            StatementKind::NotInCatalogue { version } => self.text(&Message::NotInCatalogue {
                version: version.to_string(),
            }),
            StatementKind::Unknown { aspect, reason } => self.unknown(*aspect, reason),
            StatementKind::Finding(finding) => self.finding_statement(finding),
            StatementKind::Conflict { program, pid } => self.text(&Message::ConflictProgram {
                program: self.program_with_pid(Some(program), *pid),
            }),
            StatementKind::AlsoNamed { program } => self.text(&Message::AlsoNamed {
                program: quote(program),
            }),
            StatementKind::RelaysFor { programs } => self.relays_for(programs),
            StatementKind::ActsFor { programs } => self.acts_for(programs),
            StatementKind::NoOtherHost { hosts, duration } => self.text(&Message::NoOtherHost {
                coverage: self.coverage(*hosts, duration.map(|it| self.span(it))),
            }),
            StatementKind::NothingFound { hosts, first, last } => self.text(&Message::NothingFound {
                subject: self.subject(subject),
                coverage: self.coverage(*hosts, Some(self.period_and_length(*first, *last))),
            }),
        }
    }

    fn talks(&self, kind: &StatementKind) -> String {
        let StatementKind::Talks {
            program,
            pid,
            user,
            parent,
            service,
            host,
            remote,
            protocol,
            direction: opened,
            ..
        } = kind
        else {
            return String::new();
        };
        let parent = parent
            .as_ref()
            .map(|parent| self.text(&Message::ProgramParent { parent: quote(parent) }));
        let service = Some(self.service(service)).filter(|it| !it.is_empty());
        let name = program.as_ref().map(|it| quote(it));
        let known_pid = pid.filter(|_| name.is_some()).map(|pid| self.pid(pid));
        let detail: Vec<String> = [service, known_pid, user.as_ref().map(|it| quote(it)), parent]
            .into_iter()
            .flatten()
            .collect();
        let name = name.unwrap_or_else(|| self.program_with_pid(None, *pid));
        let program = self.with_detail(name, &self.list(&detail));
        let host = host
            .as_ref()
            .map_or_else(|| self.text(&WordMessage::HostUnknown), |it| quote(it));
        let detail = self.talks_detail(*protocol, *opened, kind);
        let remote = remote.to_string();
        self.text(&match opened {
            Some(Direction::Inbound) => Message::TalksCalled {
                program,
                host,
                remote,
                detail,
            },
            Some(Direction::Outbound) | None => Message::Talks {
                program,
                host,
                remote,
                detail,
            },
        })
    }

    fn talks_detail(&self, protocol: IpProtocol, opened: Option<Direction>, kind: &StatementKind) -> String {
        let mut detail = vec![protocol.to_string(), self.text(&direction(opened))];
        if let StatementKind::Talks { conversations, .. } = kind {
            detail.push(self.text(&UnitMessage::Conversations { count: *conversations }));
        }
        self.list(&detail)
    }

    fn relays_for(&self, programs: &[Text]) -> String {
        self.text(&match programs {
            [program] => Message::RelaysForOne {
                program: quote(program),
            },
            several => Message::RelaysForOneOf {
                programs: self.list(several),
            },
        })
    }

    fn acts_for(&self, programs: &[Text]) -> String {
        self.text(&match programs {
            [program] => Message::ActsForOne {
                program: quote(program),
            },
            several => Message::ActsForOneOf {
                programs: self.list(several),
            },
        })
    }

    fn process_life(
        &self,
        image: Option<&Text>,
        command: Option<&Text>,
        started: Option<Timestamp>,
        ended: Option<Timestamp>,
    ) -> String {
        let mut sentences = vec![match image {
            Some(image) => self.text(&Message::ProcessImage { image: quote(image) }),
            None => self.text(&Message::ProcessImageUnknown),
        }];
        sentences.extend(match (started.map(|it| self.time(it)), ended.map(|it| self.time(it))) {
            (Some(started), Some(ended)) => Some(self.text(&Message::ProcessStartedEnded { started, ended })),
            (Some(started), None) => Some(self.text(&Message::ProcessStarted { started })),
            (None, Some(ended)) => Some(self.text(&Message::ProcessEnded { ended })),
            (None, None) => None,
        });
        sentences.extend(command.map(|it| self.text(&Message::ProcessCommandLine { command: quote(it) })));
        self.sentences(&sentences)
    }

    fn volume(&self, sent: Option<u64>, received: Option<u64>, period: String) -> String {
        if sent.is_none() && received.is_none() {
            return self.text(&Message::VolumeUnknown { period });
        }
        let (sent, received) = (self.size_or_nothing(sent), self.size_or_nothing(received));
        self.text(&Message::Volume { sent, received, period })
    }

    fn decided(&self, verdict: Verdict, filter: Option<&FilterAnswer>, events: u64) -> String {
        let events = self.text(&UnitMessage::Events { count: events });
        let filter = filter.map(|filter| self.filter_in_full(filter));
        self.text(&match (verdict, filter) {
            (Verdict::Allowed, Some(filter)) => Message::DecisionAllowed { filter, events },
            (Verdict::Allowed, None) => Message::DecisionAllowedUnnamed { events },
            (Verdict::Blocked, Some(filter)) => Message::DecisionBlocked { filter, events },
            (Verdict::Blocked, None) => Message::DecisionBlockedUnnamed { events },
            (Verdict::DroppedPackets, _) => Message::DecisionDropped { events },
            (Verdict::Passed, _) => Message::DecisionPassed,
            (Verdict::Unknown, _) => Message::DecisionUnknown,
        })
    }

    fn known(&self, known: &Known) -> String {
        let purpose = without_stop(self.localised(&known.purpose));
        let mut sentences = vec![self.text(&Message::Known {
            owner: known.owner.to_string(),
            purpose,
        })];
        let breaks = without_stop(self.localised(&known.breaks));
        if !breaks.is_empty() {
            sentences.push(self.text(&Message::KnownBreaks { breaks }));
        }
        let ways: Vec<&str> = known.turn_offs.iter().map(|way| self.localised(&way.feature)).collect();
        sentences.push(self.text(&match ways.as_slice() {
            [] => Message::KnownNoTurnOff,
            ways => Message::KnownTurnOff { ways: self.list(ways) },
        }));
        self.sentences(&sentences)
    }

    fn finding_statement(&self, finding: &Finding) -> String {
        let title = self.text(&finding_title(&finding.kind));
        self.text(&Message::Finding {
            title,
            sentence: self.finding(finding),
        })
    }

    fn coverage(&self, hosts: u64, period: Option<String>) -> String {
        let hosts = self.text(&UnitMessage::Hosts { count: hosts });
        self.list(&std::iter::once(hosts).chain(period).collect::<Vec<_>>())
    }

    /// Sentences one after the other, each with its full stop.
    fn sentences(&self, sentences: &[String]) -> String {
        self.join(sentences, |first, rest| UnitMessage::Sentences { first, rest })
    }
}

/// The catalogue writes some texts as sentences; the message brings its own full stop.
fn without_stop(text: &str) -> String {
    text.trim_end_matches(['.', '。']).to_owned()
}

#[cfg(test)]
mod tests {
    use whotalks_record::Nanoseconds;

    use super::*;
    use crate::{Language, TimeZoneChoice};

    #[test]
    fn coverage_is_never_left_out_of_an_absence() {
        let words = Words::new(Language::English, TimeZoneChoice::Utc);
        let statement = Statement {
            grade: whotalks_record::Grade::Observed,
            kind: StatementKind::NoOtherHost {
                hosts: 1,
                duration: Some(Nanoseconds::from_seconds(759)),
            },
            citations: Vec::new(),
            remedy: None,
        };
        let subject = Subject::Name("x".into());
        let text = words.statement(&subject, &statement);
        assert_eq!(
            text,
            "No other observed host talked to it (coverage: 1 host, 12 min 39 s)."
        );
    }
}
