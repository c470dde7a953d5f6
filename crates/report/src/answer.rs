//! One cited answer: what `whotalks ask` says about an address, a name, a program or a pid.

use std::net::IpAddr;

use whotalks_correlate::{FilterAnswer, NameCandidate, Remedy, ServiceAnswer, UnknownReason, Verdict};
use whotalks_record::{Direction, Endpoint, Grade, IpProtocol, Nanoseconds, Pid, Text, Timestamp};

use crate::{Citation, Finding, Known, UnknownAspect};

/// What was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An address, with a port where one was given.
    Address(IpAddr, Option<u16>),
    /// A process identifier.
    Pid(Pid),
    /// A name of a far end, or a program's file name; matched without regard to case, on whole labels from the right.
    Name(Text),
}

/// The answer: statements in the order of reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked about.
    pub subject: Subject,
    /// The statements; empty only where nothing in the evidence matches.
    pub statements: Vec<Statement>,
}

/// One sentence with its grade and its proof.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// How sure.
    pub grade: Grade,
    /// What is said.
    pub kind: StatementKind,
    /// The proof, in order of time.
    pub citations: Vec<Citation>,
    /// The command that would have supplied the proof, where the statement is "unknown".
    pub remedy: Option<Remedy>,
}

/// What a statement says; the first few variants are headlines, the others follow them.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    /// A program on a host talks to a far end.
    Talks {
        /// The program's file name; none where only the pid or nothing is known.
        program: Option<Text>,
        /// Its identifier.
        pid: Option<Pid>,
        /// The account.
        user: Option<Text>,
        /// The parent's file name.
        parent: Option<Text>,
        /// The service.
        service: ServiceAnswer,
        /// The host.
        host: Option<Text>,
        /// The far end.
        remote: Endpoint,
        /// The protocol.
        protocol: IpProtocol,
        /// Who opened it.
        direction: Option<Direction>,
        /// How many conversations.
        conversations: u64,
    },
    /// The process's life and image.
    ProcessLife {
        /// The image path.
        image: Option<Text>,
        /// The command line.
        command_line: Option<Text>,
        /// When it started.
        started: Option<Timestamp>,
        /// When it ended.
        ended: Option<Timestamp>,
    },
    /// How much was transferred and when.
    Volume {
        /// Bytes the host sent; none without packets.
        sent_bytes: Option<u64>,
        /// Bytes it received.
        received_bytes: Option<u64>,
        /// First moment.
        first: Option<Timestamp>,
        /// Last moment.
        last: Option<Timestamp>,
    },
    /// The far end's real name.
    NameIs(NameCandidate),
    /// Further names, none of which can be preferred.
    OtherNames(Vec<NameCandidate>),
    /// It was allowed or blocked.
    Decision {
        /// The decision.
        verdict: Verdict,
        /// The filter.
        filter: Option<FilterAnswer>,
        /// How many events.
        events: u64,
    },
    /// What the catalogue knows.
    Known(Box<Known>),
    /// The catalogue does not know it.
    NotInCatalogue {
        /// The catalogue's version.
        version: Text,
    },
    /// Something is not known.
    Unknown {
        /// What.
        aspect: UnknownAspect,
        /// Why.
        reason: UnknownReason,
    },
    /// A finding concerns it.
    Finding(Box<Finding>),
    /// Two sources disagree on the program.
    Conflict {
        /// The other program.
        program: Text,
        /// Its identifier.
        pid: Option<Pid>,
    },
    /// Other packets of the same flow name this program; the socket may have been handed on.
    AlsoNamed {
        /// The other program, as `name (pid)`.
        program: Text,
    },
    /// The program is a relay on the host, and called for one of these programs; for the only one where it is one.
    RelaysFor {
        /// The programs, each as `name (pid)`.
        programs: Vec<Text>,
    },
    /// The system says that the program acts for one of these; for the only one where it is one.
    ActsFor {
        /// The programs, each as `name (pid)`.
        programs: Vec<Text>,
    },
    /// No other observed host talked to it; said with what was observed.
    NoOtherHost {
        /// How many hosts were observed.
        hosts: u64,
        /// For how long.
        duration: Option<Nanoseconds>,
    },
    /// Nothing in the evidence matches; said with what was observed.
    NothingFound {
        /// How many hosts were observed.
        hosts: u64,
        /// From when.
        first: Option<Timestamp>,
        /// Until when.
        last: Option<Timestamp>,
    },
}
