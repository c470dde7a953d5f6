//! Trace sessions that write several files, one after the other. Each file is read for itself; what one leaves open another one
//! of its session closes: whose a socket is, of which host the session is, what it covers and what it lost.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use whotalks_record::{EvidenceId, KernelSocket, SocketCall, SocketCallKind, Timestamp, TraceSession};

use crate::observed::Observed;

/// The sessions of a case that wrote several files.
#[derive(Debug, Default)]
pub(crate) struct TraceSessions {
    places: FxHashMap<EvidenceId, Place>,
    files: Vec<Vec<EvidenceId>>,
}

/// Name, boot and start of a session.
type Key<'a> = (&'a str, Timestamp, Timestamp);

/// Where a file stands among all of its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    session: usize,
    /// Files of one run follow one another without a missing one.
    run: usize,
}

/// What is told of a socket: since when, and whose it is.
#[derive(Clone, Copy, Debug)]
struct Told<'a> {
    time: Timestamp,
    /// None where it was closed.
    open: Option<&'a SocketCall>,
}

/// Sockets that files left open, by run of files.
#[derive(Debug, Default)]
pub(crate) struct OpenSockets<'a> {
    told: FxHashMap<(usize, KernelSocket), Vec<Told<'a>>>,
}

impl TraceSessions {
    /// Files of one session agree in its name, its start and the boot. Where two of them have one number, they are copies, or of
    /// two computers that agree in all this; then nothing is made of it.
    pub(crate) fn find(observed: &Observed) -> Self {
        let mut files: BTreeMap<EvidenceId, &TraceSession> = BTreeMap::new();
        for range in &observed.ranges {
            files.extend(range.session.as_ref().map(|session| (range.evidence, session)));
        }
        let mut sessions: BTreeMap<Key<'_>, Vec<(u32, EvidenceId)>> = BTreeMap::new();
        for (evidence, session) in files {
            let key = (&*session.name, session.boot, session.start);
            sessions.entry(key).or_default().push((session.file, evidence));
        }
        let mut found = Self::default();
        let mut run = 0;
        for mut files in sessions.into_values() {
            files.sort_unstable();
            if files
                .windows(2)
                .any(|pair| matches!(pair, [one, other] if one.0 == other.0))
            {
                continue;
            }
            let mut next = None;
            for (number, evidence) in &files {
                run += usize::from(next != Some(*number));
                next = number.checked_add(1);
                let session = found.files.len();
                found.places.insert(*evidence, Place { session, run });
            }
            found
                .files
                .push(files.into_iter().map(|(_, evidence)| evidence).collect());
        }
        found
    }

    /// All files of the session of a file, in their order; none where it is the only one.
    pub(crate) fn files_with(&self, evidence: EvidenceId) -> &[EvidenceId] {
        let place = self.places.get(&evidence);
        let files = place.and_then(|place| self.files.get(place.session));
        files.map(Vec::as_slice).unwrap_or_default()
    }

    /// The files that follow one another without a missing one and hold this one.
    pub(crate) fn run_with(&self, evidence: EvidenceId) -> impl Iterator<Item = EvidenceId> {
        let own = self.places.get(&evidence);
        let files = self.files_with(evidence).iter().copied();
        files.filter(move |file| self.places.get(file) == own)
    }
}

impl<'a> OpenSockets<'a> {
    /// Collects what the files of sessions leave open.
    pub(crate) fn build(observed: &'a Observed, sessions: &TraceSessions) -> Self {
        let mut all = Self::default();
        for call in &observed.calls {
            let open = match call.kind {
                SocketCallKind::Open => Some(call),
                SocketCallKind::Closed => None,
                SocketCallKind::Bound | SocketCallKind::Called | SocketCallKind::Accepted => continue,
            };
            let Some(place) = sessions.places.get(&call.span.evidence) else {
                continue;
            };
            let told = Told { time: call.time, open };
            all.told.entry((place.run, call.socket)).or_default().push(told);
        }
        for told in all.told.values_mut() {
            told.sort_by_key(|told| (told.time, told.open.map(|call| call.span)));
        }
        all
    }

    /// The event that created the socket of a call, in an earlier file of an unbroken run of its session. The clock of a session
    /// is one, so that its times stand for themselves.
    pub(crate) fn creation_of(&self, call: &SocketCall, sessions: &TraceSessions) -> Option<&'a SocketCall> {
        let place = sessions.places.get(&call.span.evidence)?;
        let told = self.told.get(&(place.run, call.socket))?;
        let before = told.partition_point(|told| told.time <= call.time);
        told.get(before.checked_sub(1)?)?.open
    }
}
