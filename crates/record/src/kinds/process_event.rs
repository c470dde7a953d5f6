//! A process that started, ended, or was seen alive.

use crate::{Span, Text, Timestamp};

/// A process identifier; Windows and Linux reuse them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pid(pub u32);

/// One statement about one process: Security 4688 and 4689, Sysmon 1 and 5, a row of `tasklist`.
#[derive(Clone, Debug, PartialEq)]
pub struct ProcessEvent {
    /// The record or line.
    pub span: Span,
    /// When, by the host's clock; none for a listing without a time.
    pub time: Option<Timestamp>,
    /// The computer; none where the evidence does not name it.
    pub host: Option<Text>,
    /// What happened.
    pub kind: ProcessEventKind,
    /// The process.
    pub pid: Pid,
    /// The image: a full path, or a bare file name from a listing, ending in `…` where the listing cut it to its column.
    pub image: Option<Text>,
    /// The command line, where logged.
    pub command_line: Option<Text>,
    /// The parent (4688: the creator).
    pub parent_pid: Option<Pid>,
    /// The parent's image.
    pub parent_image: Option<Text>,
    /// The account it runs as, `DOMAIN\name` or `name`.
    pub user: Option<Text>,
    /// The services it hosts (`tasklist /svc`).
    pub services: Vec<Text>,
    /// A session-wide unique identifier, where the source has one (Sysmon ProcessGuid).
    pub unique_id: Option<Text>,
    /// SHA-256 of the image in lower-case hexadecimal, where the source has one (Sysmon Hashes).
    pub sha256: Option<Text>,
}

/// What a source says of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProcessEventKind {
    /// It started.
    Start,
    /// It ended.
    End,
    /// It was alive at that moment.
    Alive,
}

impl Pid {
    /// The Windows idle process, owner of sockets in TIME_WAIT.
    pub const IDLE: Self = Self(0);
    /// The Windows kernel: SMB, http.sys and other drivers.
    pub const SYSTEM: Self = Self(4);
}

impl std::fmt::Display for Pid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
