//! Findings: what an analyst should look at first. One detection per file under `detect/`.

use std::net::IpAddr;

use whotalks_record::{Endpoint, Grade, Nanoseconds, NetworkProtectionAction, Pid, Text, Timestamp};

use crate::Citation;

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub grade: Grade,
    /// What.
    pub kind: FindingKind,
    /// The host's name or address.
    pub host: Option<Text>,
    /// The program's file name.
    pub program: Option<Text>,
    /// The program's identifier.
    pub pid: Option<Pid>,
    /// When it began.
    pub first: Option<Timestamp>,
    /// When it ended.
    pub last: Option<Timestamp>,
    /// The far ends it concerns, at most a handful.
    pub remotes: Vec<Endpoint>,
    /// The proof.
    pub citations: Vec<Citation>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Look at it.
    Low,
    /// Look at it today.
    Medium,
    /// Look at it now.
    High,
}

/// What was found, with the numbers that its sentence needs.
#[derive(Clone, Debug, PartialEq)]
pub enum FindingKind {
    /// Many SYNs to neighbouring addresses or to one port.
    SynSweep {
        /// The network that covers the targets, as `192.168.0.0/24`, where they are neighbours.
        network: Option<Text>,
        /// How many addresses.
        targets: u64,
        /// The ports, in order.
        ports: Vec<u16>,
        /// Over how long.
        duration: Nanoseconds,
        /// How many answered with SYN/ACK; none where the source cannot tell.
        answered: Option<u64>,
    },
    /// Many ports of one address.
    PortScan {
        /// Who called: a host of the case, or one that called it.
        caller: IpAddr,
        /// Whose ports.
        target: IpAddr,
        /// How many ports.
        ports: u64,
        /// Over how long.
        duration: Nanoseconds,
        /// How many answered with SYN/ACK.
        answered: u64,
    },
    /// A program whose name imitates a system program.
    LookAlikeName {
        /// The imitated name.
        imitates: Text,
        /// The image path.
        image: Text,
        /// The parent's image.
        parent: Option<Text>,
    },
    /// A system program's name running from another folder than its own.
    WrongPath {
        /// The image path.
        image: Text,
        /// Where it belongs.
        expected: Text,
    },
    /// Many new listening ports in a short time.
    ListenerBurst {
        /// How many ports.
        ports: u64,
        /// Over how long; none from a single listing.
        duration: Option<Nanoseconds>,
    },
    /// Calls at a steady interval.
    Beacon {
        /// Median interval.
        interval: Nanoseconds,
        /// Median absolute deviation of the interval.
        jitter: Nanoseconds,
        /// How many calls.
        calls: u64,
        /// Score from 0 to 1.
        score: f64,
    },
    /// A documented endpoint reached by a program that is not expected there.
    UnexpectedProgram {
        /// The endpoint's name.
        name: Text,
        /// The programs that are expected.
        expected: Vec<Text>,
    },
    /// Two sources name different programs for one conversation.
    SourcesDisagree {
        /// The programs.
        programs: Vec<Text>,
    },
    /// The server name in TLS differs from the proxy target it was tunnelled to.
    NameMismatch {
        /// The name asked of the proxy or DNS.
        asked: Text,
        /// The name in TLS.
        shown: Text,
    },
    /// A log was cleared.
    LogCleared,
    /// Real-time protection of Defender was off.
    ProtectionOff,
    /// Network protection blocked connections of a program, or would have blocked them.
    NetworkProtection(Judged),
    /// Both ends of a flow are hosts in this case.
    LateralConnection {
        /// The other host.
        other: Text,
        /// Its address.
        address: IpAddr,
    },
    /// Something that a policy of the user forbids.
    PolicyViolation(Violation),
}

/// What network protection did to one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Whether it blocked, or only said what it would have blocked.
    pub action: NetworkProtectionAction,
    /// The destinations as the events write them, in order, at most a handful.
    pub destinations: Vec<Text>,
    /// How many further destinations there are.
    pub more: u64,
    /// How many events.
    pub events: u64,
    /// The image of the program, as the events write it.
    pub image: Option<Text>,
    /// The account, where all events name the same.
    pub user: Option<Text>,
}

/// What is against a rule of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The number of the rule in its file, from 1.
    pub rule: u64,
    /// The rule's title.
    pub title: Text,
    /// How many conversations.
    pub conversations: u64,
    /// How many of them the host's own filters blocked.
    pub blocked: u64,
    /// The names of far ends that are the reason, at most a handful; none where the rule asks for none.
    pub names: Vec<Text>,
    /// How sure the program is.
    pub program_grade: Grade,
}
