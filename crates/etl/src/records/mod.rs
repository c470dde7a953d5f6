//! From what events say to records: connections once and not for every piece of data, lists of sockets as listings, names when
//! they were answered; and what each kind of source covers.
//!
//! | file | what it holds |
//! |---|---|
//! | `calls` | calls of sockets that leave something open |
//! | `connections` | which statements about sockets are news |
//! | `rundown` | the network stack's own lists of connections |
//! | `coverage` | what the sources of a trace cover |

mod calls;
mod connections;
mod coverage;
mod rundown;

use whotalks_record::{EvidenceId, NameAnswers, Record, Sink, SocketCall};

use crate::statement::{ConnectionKind, Statement};

pub(crate) use coverage::{Coverage, Sources};

/// Makes records of statements, in the order of the events.
#[derive(Debug)]
pub(crate) struct Records {
    calls: calls::Calls,
    connections: connections::Connections,
    /// Whether other files of the same session may explain what this one leaves open.
    one_of_several: bool,
    names: NameAnswers,
    rundown: rundown::Rundown,
}

impl Records {
    pub(crate) fn new(evidence: EvidenceId) -> Self {
        Self {
            calls: calls::Calls::default(),
            connections: connections::Connections::default(),
            one_of_several: false,
            names: NameAnswers::default(),
            rundown: rundown::Rundown::new(evidence),
        }
    }

    /// Takes what follows for the content of one of several files of a session.
    pub(crate) const fn is_one_of_several(&mut self) {
        self.one_of_several = true;
    }

    /// Hands on the sockets that are left open for the next file.
    pub(crate) fn finish(&self, open: Vec<SocketCall>, sink: &mut dyn Sink) {
        if self.one_of_several {
            open.into_iter().for_each(|call| sink.record(Record::Call(call)));
        }
    }

    /// Hands on what a statement brings that was not told before.
    pub(crate) fn take(&mut self, statement: Statement, sink: &mut dyn Sink) {
        match statement {
            Statement::Process(process) => sink.record(Record::Process(process)),
            Statement::Connection(connection) => match connection.kind {
                ConnectionKind::Listed(state) => self.rundown.take(&connection, state, sink),
                _ => {
                    let call = self.calls.take(&connection, self.one_of_several);
                    call.into_iter().for_each(|call| sink.record(Record::Call(call)));
                    let event = self.connections.take(connection);
                    event
                        .into_iter()
                        .for_each(|event| sink.record(Record::Connection(event)));
                }
            },
            Statement::Name(answer) => {
                let event = self.names.take(answer);
                event.into_iter().for_each(|event| sink.record(Record::Resolver(event)));
            }
        }
    }
}
