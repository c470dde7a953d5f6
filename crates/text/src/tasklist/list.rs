//! `tasklist /fo list`: one block per process, one `label: value` per line, labels in the language of Windows except `PID`.

use whotalks_record::Span;

use super::process::{self, Process};
use crate::lines::Line;
use crate::output::joined;

/// A block of the verbose listing has nine lines.
const MOST_FIELDS: usize = 16;

/// Windows numbers its processes by fours; other texts that say `PID:` (USB product numbers, say) seldom do.
const PID_STEP: u32 = 4;

/// The block that is coming in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    span: Option<Span>,
    values: Vec<String>,
    proved: bool,
}

impl List {
    /// Takes a line `label: value` of a block, or the rest of a wrapped value.
    pub(crate) fn take(&mut self, line: &Line) -> bool {
        if self.wraps(line) {
            return true;
        }
        let Some((label, value)) = line.text.split_once(':') else {
            *self = Self::default();
            return false;
        };
        if self.proved && self.values.len() >= MOST_FIELDS {
            return false;
        }
        if !self.proved && label.trim_start() != "PID" {
            // The first line of a block, until the second proves it.
            self.values = vec![value.trim().to_owned()];
            self.span = Some(line.span);
            return true;
        }
        if !self.proved && !self.prove(value) {
            *self = Self::default();
            return false;
        }
        self.values.push(value.trim().to_owned());
        self.span = self.span.map(|first| joined(first, line.span));
        true
    }

    /// Whether the second line has shown that this is a block.
    pub(crate) const fn is_proved(&self) -> bool {
        self.proved
    }

    fn prove(&mut self, value: &str) -> bool {
        let multiple = process::pid(value).is_some_and(|pid| pid.0 % PID_STEP == 0);
        let is_name = |name: &String| name.contains(char::is_alphabetic) && !name.starts_with("0x");
        let named = self.values.len() == 1 && self.values.iter().all(is_name);
        self.proved = multiple && named;
        self.proved
    }

    /// A third value may go on behind blanks: the services.
    fn wraps(&mut self, line: &Line) -> bool {
        let more = line.text.trim();
        let behind_blanks = line.text.starts_with("          ") && !more.contains(':');
        match self.values.get_mut(2) {
            Some(services) if self.proved && behind_blanks => {
                services.push(' ');
                services.push_str(more);
                self.span = self.span.map(|first| joined(first, line.span));
                true
            }
            _ => false,
        }
    }

    /// The block is complete.
    pub(crate) fn finish(&mut self) -> Option<Process> {
        let block = std::mem::take(self);
        let columns: Vec<&str> = block.values.iter().map(String::as_str).collect();
        let span = block.span.filter(|_| block.proved && columns.len() >= 3)?;
        Process::from_columns(span, &columns)
    }
}
