//! Table `ProcessEvents`.

use whotalks_record as record;
use whotalks_record::{ProcessEvent, ProcessEventKind, Span, Text, Timestamp};

use crate::declare::{columns, table};

table! {
    /// Processes that started, ended or were seen alive: Security 4688 and 4689, Sysmon 1 and 5, rows of `tasklist`.
    pub struct ProcessEvents(Observed);
    ProcessEvent as event {
        /// The record or line.
        Record: Span [Reader] = event.span;
        /// When, by the host's clock; none for a listing without a time.
        Time: Option<Timestamp> [Evidence] = event.time;
        /// The computer; none where the evidence does not name it.
        Host: Option<Text> [Evidence lookup] = event.host;
        /// What happened.
        Kind: ProcessEventKind [Evidence] = event.kind;
        /// The process.
        ProcessId: record::Pid [Evidence] = event.pid;
        /// The image: a full path, or a bare file name from a listing.
        Image: Option<Text> [Evidence lookup] = event.image;
        /// The command line, where logged.
        CommandLine: Option<Text> [Evidence] = event.command_line;
        /// The parent process.
        ParentProcessId: Option<record::Pid> [Evidence] = event.parent_pid;
        /// The parent's image.
        ParentImage: Option<Text> [Evidence] = event.parent_image;
        /// The account it runs as.
        User: Option<Text> [Evidence] = event.user;
        /// The services it hosts.
        Services: Vec<Text> [Evidence] = event.services;
        /// A session-wide unique identifier, where the source has one.
        UniqueId: Option<Text> [Evidence] = event.unique_id;
        /// SHA-256 of the image in lower-case hexadecimal, where the source has one.
        Sha256: Option<Text> [Evidence lookup] = event.sha256;
    } => ProcessEvent {
        span: Record,
        time: Time,
        host: Host,
        kind: Kind,
        pid: ProcessId,
        image: Image,
        command_line: CommandLine,
        parent_pid: ParentProcessId,
        parent_image: ParentImage,
        user: User,
        services: Services,
        unique_id: UniqueId,
        sha256: Sha256,
    }
}
