//! Process instances as the questions above see them.

use whotalks_record::{Pid, Span, Text, Timestamp};

use crate::HostId;
use crate::process::{Instance, ProcessTable};

/// One process instance of a host.
#[derive(Clone, Debug, PartialEq)]
pub struct ProcessLife {
    /// The host.
    pub host: HostId,
    /// The process identifier.
    pub pid: Pid,
    /// When it started, where an event states it, on the reference clock.
    pub started: Option<Timestamp>,
    /// When it ended, where an event states it.
    pub ended: Option<Timestamp>,
    /// The image, in DOS form where the volume is known.
    pub image: Option<Text>,
    /// The parent's image.
    pub parent_image: Option<Text>,
    /// What says so.
    pub proof: Vec<Span>,
}

impl ProcessLife {
    pub(crate) fn new(host: HostId, instance: &Instance, table: &ProcessTable) -> Self {
        Self {
            host,
            pid: instance.pid,
            started: instance.start.exact(),
            ended: instance.end.exact(),
            image: instance.image.as_ref().map(|image| table.dos_path(host, image)),
            parent_image: instance.parent_image.clone(),
            proof: instance.proof.clone(),
        }
    }
}
