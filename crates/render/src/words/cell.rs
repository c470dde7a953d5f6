//! The cells of tables: program, name, decision, filter, verdict.

use whotalks_correlate::{FilterAnswer, FilterMatch, NameCandidate, ServiceAnswer, Verdict};
use whotalks_record::{FilterAction, Grade, Pid, Text};
use whotalks_report::{EndpointRow, Explanation, ProgramCell, RelayedProgram};

use super::{NOTHING, Words, explanation, filter_action, filter_match, grade, name_evidence, quote, verdict};
use crate::messages::{LabelMessage, StatementMessage, UnitMessage, WordMessage};

/// The most process identifiers that one cell lists.
const MOST_PIDS: usize = 4;

impl Words {
    /// The program with the service it hosts: `svchost.exe (DiagTrack)`, `pid 1540, name unknown`.
    pub fn program(&self, program: &ProgramCell) -> String {
        match (&program.name, program.pids.as_slice()) {
            (Some(name), _) => self.with_detail(quote(name), &self.service(&program.service)),
            (None, []) => self.text(&WordMessage::ProgramUnknown),
            (None, pids) => self.text(&WordMessage::ProgramPidOnly {
                pid: self.pid_list(pids),
            }),
        }
    }

    /// The program for a narrow cell: candidates are counted and a bare identifier stands alone, since the grade is beside it.
    pub fn program_in_brief(&self, program: &ProgramCell) -> String {
        match (&program.name, program.pids.as_slice()) {
            (None, [_, ..]) => self.pids(&program.pids),
            (Some(name), _) if program.service.services.len() > 1 => {
                let count = program.service.services.len() as u64;
                self.with_detail(quote(name), &self.text(&StatementMessage::ServiceOneOfMany { count }))
            }
            _ => self.program(program),
        }
    }

    /// The verdict with what the endpoint is for: `known: Windows diagnostic data`.
    pub fn explanation_in_brief(&self, verdict: &Explanation) -> String {
        let word = self.text(&explanation(verdict));
        match verdict {
            Explanation::Known(known) => self.labelled(word, self.localised(&known.purpose).to_owned()),
            _ => word,
        }
    }

    /// The program with its identifiers: `spollsv.exe (pid 1540)`.
    pub fn program_with_pid(&self, name: Option<&Text>, pid: Option<Pid>) -> String {
        match (name, pid) {
            (Some(name), Some(pid)) => self.with_detail(quote(name), &self.pid(pid)),
            (Some(name), None) => quote(name),
            (None, Some(pid)) => self.text(&WordMessage::ProgramPidOnly { pid: pid.to_string() }),
            (None, None) => self.text(&WordMessage::ProgramUnknown),
        }
    }

    /// `pid 1540`.
    pub fn pid(&self, pid: Pid) -> String {
        self.text(&WordMessage::Pid { pid: pid.to_string() })
    }

    /// `pid 1540`, `pids 1540, 1544`; empty where there are none.
    pub fn pids(&self, pids: &[Pid]) -> String {
        match pids {
            [] => String::new(),
            [pid] => self.pid(*pid),
            several => self.text(&WordMessage::Pids {
                pids: self.pid_list(several),
            }),
        }
    }

    fn pid_list(&self, pids: &[Pid]) -> String {
        let mut shown: Vec<String> = pids.iter().take(MOST_PIDS).map(Pid::to_string).collect();
        if let Some(more) = pids.len().checked_sub(MOST_PIDS).filter(|more| *more > 0) {
            shown.push(self.text(&UnitMessage::AndMore { count: more as u64 }));
        }
        self.list(&shown)
    }

    /// The service; candidates are never shown as one, and a weaker grade is said.
    pub fn service(&self, answer: &ServiceAnswer) -> String {
        let service = match answer.services.as_slice() {
            [] => return String::new(),
            [service] => quote(service),
            several => self.text(&StatementMessage::ServiceOneOf {
                services: self.list(several),
            }),
        };
        if answer.grade < Grade::Derived {
            self.graded(service, answer.grade)
        } else {
            service
        }
    }

    /// How the program is known: the grade, and whether other evidence contradicts.
    pub fn program_how(&self, program: &ProgramCell) -> String {
        let mut how = vec![self.text(&grade(program.grade))];
        if !program.conflicts.is_empty() {
            how.push(self.text(&WordMessage::Conflict));
        }
        how.extend(self.relays_for_whom(program));
        self.list(&how)
    }

    /// For which programs a relay calls; none where it is no relay.
    pub fn relays_for_whom(&self, program: &ProgramCell) -> Option<String> {
        let relayed: Vec<String> = program.relayed_for.iter().map(|one| self.relayed(one)).collect();
        let programs = self.list(&relayed);
        (!relayed.is_empty()).then(|| self.text(&WordMessage::RelaysFor { programs }))
    }

    fn relayed(&self, relayed: &RelayedProgram) -> String {
        let program = quote(&relayed.program);
        match relayed.grade >= Grade::Derived {
            true => program,
            false => self.with_detail(program, &self.text(&grade(relayed.grade))),
        }
    }

    /// The name with the port that a proxy was asked for.
    pub fn name(&self, name: &NameCandidate) -> String {
        match name.port {
            Some(port) => format!("{}:{port}", quote(&name.name)),
            None => quote(&name.name),
        }
    }

    /// How a name is known: `TLS SNI`, `DNS, derived`. "Observed" goes without saying, every weaker grade is said.
    pub fn name_how(&self, name: &NameCandidate) -> String {
        let how = self.text(&name_evidence(name.evidence));
        if name.grade == Grade::Observed {
            how
        } else {
            self.graded(how, name.grade)
        }
    }

    /// A name with how it is known.
    pub fn name_with_how(&self, name: &NameCandidate) -> String {
        self.with_detail(self.name(name), &self.name_how(name))
    }

    fn graded(&self, text: String, sure: Grade) -> String {
        self.list(&[text, self.text(&grade(sure))])
    }

    /// Allowed or blocked, with the filter's name, or its number where no name is sure: `allowed (Default Outbound)`,
    /// `blocked (66012)`.
    pub fn decision(&self, decision: Verdict, filter: Option<&FilterAnswer>) -> String {
        let detail = filter.map_or_else(String::new, |filter| match &filter.name {
            Some(name) if filter.grade >= Grade::Derived => quote(name),
            _ => filter.id.0.to_string(),
        });
        self.with_detail(self.text(&verdict(decision)), &detail)
    }

    /// The filter with its name: `filter 68893 "Block outbound SMB"`.
    pub fn filter(&self, filter: &FilterAnswer) -> String {
        let id = filter.id.0.to_string();
        self.text(&match &filter.name {
            Some(name) => StatementMessage::Filter { id, name: quote(name) },
            None => StatementMessage::FilterUnnamed { id },
        })
    }

    /// The filter with its provider and layer, and a warning where the name is not certain.
    pub fn filter_in_brief(&self, filter: &FilterAnswer) -> String {
        let mut details = self.filter_place(filter);
        if !matches!(
            filter.matched,
            FilterMatch::SameBoot | FilterMatch::Event | FilterMatch::NotFound
        ) {
            details.push(self.text(&filter_match(filter.matched)));
        }
        self.with_detail(self.filter(filter), &self.list(&details))
    }

    /// The filter with provider, origin, layer, action and how it was found.
    pub fn filter_in_full(&self, filter: &FilterAnswer) -> String {
        let mut details = self.filter_place(filter);
        if filter.action != FilterAction::Unknown {
            details.push(self.text(&filter_action(filter.action)));
        }
        if filter.name.is_some() {
            details.push(self.text(&filter_match(filter.matched)));
            details.push(self.text(&grade(filter.grade)));
        }
        self.with_detail(self.filter(filter), &self.list(&details))
    }

    fn filter_place(&self, filter: &FilterAnswer) -> Vec<String> {
        let mut details: Vec<String> = filter.provider.iter().map(|it| quote(it)).collect();
        let origin = filter.origin.as_ref().map(|it| quote(&it.0));
        details.extend(origin.map(|origin| self.text(&StatementMessage::FilterOrigin { origin })));
        let layer = filter.layer.as_ref().map(|it| quote(it));
        details.extend(layer.map(|layer| self.text(&StatementMessage::FilterLayer { layer })));
        details
    }

    /// The verdict with what the catalogue says: `known: Windows diagnostic data → can be turned off`.
    pub fn explanation(&self, verdict: &Explanation) -> String {
        let word = self.text(&explanation(verdict));
        match verdict {
            Explanation::Known(known) | Explanation::KnownButUnexpectedProgram(known) => {
                let purpose = self.labelled(word, self.localised(&known.purpose).to_owned());
                if known.turn_offs.is_empty() {
                    return purpose;
                }
                format!("{purpose} → {}", self.text(&LabelMessage::CanBeTurnedOff))
            }
            Explanation::Explained | Explanation::Unknown { .. } => word,
        }
    }

    /// The best name of a row, or the mark of an empty cell.
    pub fn row_name(&self, row: &EndpointRow) -> String {
        row.name
            .as_ref()
            .map_or_else(|| NOTHING.to_owned(), |name| self.name(name))
    }

    /// How the best name of a row is known, or that none was seen.
    pub fn row_name_how(&self, row: &EndpointRow) -> String {
        match &row.name {
            Some(name) => self.name_how(name),
            None => self.text(&WordMessage::NameUnseen),
        }
    }
}
