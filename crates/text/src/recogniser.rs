//! The parts that know one tool each, and who gets which line.

use crate::arp::Arp;
use crate::auditpol::Auditpol;
use crate::command::Command;
use crate::dns_cache::DnsCache;
use crate::ipconfig::Ipconfig;
use crate::lines::Line;
use crate::linux_netstat::LinuxNetstat;
use crate::netstat::{Connections, Statistics};
use crate::objects::Objects;
use crate::output::Output;
use crate::registry::Registry;
use crate::routes::Routes;
use crate::ss::Ss;
use crate::stated_time;
use crate::systeminfo::Systeminfo;
use crate::tasklist::Tasklist;
use crate::winhttp::WinHttp;

/// Knows the listings of one tool.
pub(crate) trait Recogniser {
    /// Looks at a line. True if it belongs to a listing of this tool; then lines go here first until one does not.
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool;

    /// The listing, if one is open, has ended.
    fn close(&mut self, end: End, output: &mut Output<'_>);
}

/// Why a listing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Something else began.
    Listing,
    /// The text ended, perhaps cut off.
    Text,
}

/// How many parts there are; several read what two tools print.
const RECOGNISERS: usize = 14;

/// All recognisers, and the one whose listing is open.
pub(crate) struct Recognisers {
    all: [Box<dyn Recogniser>; RECOGNISERS],
    active: Option<usize>,
}

impl Default for Recognisers {
    fn default() -> Self {
        let all: [Box<dyn Recogniser>; RECOGNISERS] = [
            Box::<Connections>::default(),
            Box::<Statistics>::default(),
            Box::<Ss>::default(),
            Box::<LinuxNetstat>::default(),
            Box::<Tasklist>::default(),
            Box::<DnsCache>::default(),
            Box::<Ipconfig>::default(),
            Box::<Routes>::default(),
            Box::<Arp>::default(),
            Box::<WinHttp>::default(),
            Box::<Auditpol>::default(),
            Box::<Registry>::default(),
            Box::<Objects>::default(),
            Box::<Systeminfo>::default(),
        ];
        Self { all, active: None }
    }
}

impl Recognisers {
    /// Takes one line: a border between listings, or a line for one of the recognisers.
    pub(crate) fn line(&mut self, line: &Line, output: &mut Output<'_>) {
        if self.border(line, output) {
            return;
        }
        if let Some(active) = self.active.and_then(|index| self.all.get_mut(index))
            && active.line(line, output)
        {
            return;
        }
        if line.text.trim().is_empty() {
            return;
        }
        self.offer(line, output);
    }

    /// Whether the line is a prompt or the fence of a code block, which ends what came before.
    fn border(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let fence = line.text.trim_start().starts_with("```") || line.text.trim_start().starts_with("~~~");
        let command = Command::parse(&line.text);
        if !fence && command.is_none() {
            return false;
        }
        self.close(End::Listing, output);
        if let Some(command) = command {
            if let Some(time) = command.time {
                output.state_time(time);
            }
            output.command = command;
        }
        true
    }

    fn offer(&mut self, line: &Line, output: &mut Output<'_>) {
        let active = self.active;
        let others = self
            .all
            .iter_mut()
            .enumerate()
            .filter(|(index, _)| Some(*index) != active);
        for (index, other) in others {
            if other.line(line, output) {
                self.switch(index, output);
                return;
            }
        }
        output.count_unclaimed();
        if let Some(time) = stated_time::of_line(&line.text) {
            output.state_time(time);
        }
    }

    fn switch(&mut self, index: usize, output: &mut Output<'_>) {
        let before = self.active.replace(index);
        if let Some(before) = before.and_then(|before| self.all.get_mut(before)) {
            before.close(End::Listing, output);
        }
    }

    /// Ends whatever is open.
    pub(crate) fn close(&mut self, end: End, output: &mut Output<'_>) {
        self.active = None;
        for recogniser in &mut self.all {
            recogniser.close(end, output);
        }
    }
}
