//! From what events say to records: connections once and not for every piece of data, lists of sockets as listings, names when
//! they were answered; and what each kind of source covers.
//!
//! | file | what it holds |
//! |---|---|
//! | `connections` | which statements about sockets are news |
//! | `names` | which answers are news |
//! | `rundown` | the network stack's own lists of connections |
//! | `coverage` | what the sources of a trace cover |

mod connections;
mod coverage;
mod names;
mod rundown;

use whotalks_record::{EvidenceId, Record, Sink};

use crate::statement::{ConnectionKind, Statement};

pub(crate) use coverage::{Coverage, Sources};

/// Makes records of statements, in the order of the events.
#[derive(Debug)]
pub(crate) struct Records {
    connections: connections::Connections,
    names: names::Names,
    rundown: rundown::Rundown,
}

impl Records {
    pub(crate) fn new(evidence: EvidenceId) -> Self {
        Self {
            connections: connections::Connections::default(),
            names: names::Names::default(),
            rundown: rundown::Rundown::new(evidence),
        }
    }

    /// Hands on what a statement brings that was not told before.
    pub(crate) fn take(&mut self, statement: Statement, sink: &mut dyn Sink) {
        match statement {
            Statement::Process(process) => sink.record(Record::Process(process)),
            Statement::Connection(connection) => match connection.kind {
                ConnectionKind::Listed(state) => self.rundown.take(&connection, state, sink),
                _ => {
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
