//! The packets that pass.

use whotalks_fields::{FieldId, FieldSet, FrameFields};
use whotalks_filter::Filter;

use super::annotate::Annotate;
use super::seen::{Fields, Seen};
use crate::pass::{Batch, Secrets};

/// Bytes of keys that wait for a packet that passes: those of a hundred thousand sessions. More of them are not passed on.
const MOST_SECRET_BYTES: usize = 16 << 20;

/// What is selected.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Which packets; all of them without a filter.
    pub filter: Option<Filter>,
    /// Which fields of each.
    pub columns: Vec<FieldId>,
    /// No more packets than that.
    pub most: Option<u64>,
}

impl Selection {
    /// The fields that have to be read.
    #[must_use]
    pub fn fields(&self) -> FieldSet {
        let mut fields = self
            .filter
            .as_ref()
            .map(|filter| filter.fields().clone())
            .unwrap_or_default();
        self.columns.iter().for_each(|column| fields.insert(*column));
        fields
    }
}

/// Whether more packets are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Go on.
    Going,
    /// That was enough.
    Stop,
}

/// Shows the packets that pass to `each`.
pub struct Select<'c, F> {
    selection: &'c Selection,
    fields: Fields<'c>,
    each: F,
    /// Packets that passed.
    passed: u64,
    has_stopped: bool,
    /// Keys that wait for a packet that passes.
    secrets: Vec<Secrets>,
    secret_bytes: usize,
}

impl<'c, F> Select<'c, F>
where
    F: FnMut(&Seen<'_>, &FrameFields<'_>) -> Keep,
{
    /// For the batches of one capture. `case` fills the fields that only a case can fill.
    pub fn new(selection: &'c Selection, case: Option<&'c dyn Annotate>, each: F) -> Self {
        Self {
            selection,
            fields: Fields::new(selection.fields(), case),
            each,
            passed: 0,
            has_stopped: selection.most == Some(0),
            secrets: Vec::new(),
            secret_bytes: 0,
        }
    }

    /// How many packets passed.
    pub const fn passed(&self) -> u64 {
        self.passed
    }

    /// Whether no further packet is wanted, so that reading can end.
    pub const fn has_stopped(&self) -> bool {
        self.has_stopped
    }

    /// Shows the packets of the next batch that pass. Once it has stopped, it lets the rest pass by.
    pub fn batch(&mut self, batch: &Batch) {
        batch.secrets().iter().for_each(|secrets| self.keep(secrets));
        for index in 0..batch.len() {
            if self.has_stopped {
                return;
            }
            if let Some(seen) = Seen::of(batch, index) {
                self.select(seen);
            }
        }
    }

    fn keep(&mut self, secrets: &Secrets) {
        let bytes = self.secret_bytes.saturating_add(secrets.bytes.len());
        if bytes <= MOST_SECRET_BYTES {
            self.secret_bytes = bytes;
            self.secrets.push(secrets.clone());
        }
    }

    fn select(&mut self, mut seen: Seen<'_>) {
        seen.secrets = std::mem::take(&mut self.secrets);
        let fields = self.fields.of(&seen);
        let filter = self.selection.filter.as_ref();
        if filter.is_none_or(|filter| filter.matches(&fields)) {
            self.fields.displayed(seen.packet.timestamp);
            self.passed += 1;
            self.secret_bytes = 0;
            let keep = (self.each)(&seen, &fields);
            self.has_stopped = keep == Keep::Stop || self.selection.most == Some(self.passed);
        } else {
            self.secrets = seen.secrets;
        }
    }
}
