//! Batches in which the packets are marked that pass a filter.

use whotalks_filter::Filter;

use super::annotate::Annotate;
use super::seen::{Fields, Seen};
use crate::pass::{Batch, Batches};

/// Marks the packets that pass in every batch. What a filter asks can depend on all packets before, so batches are marked one
/// after the other, in the order of the capture, while other workers count those before.
pub struct Selected<'b> {
    batches: &'b mut dyn Batches,
    filter: &'b Filter,
    fields: Fields<'b>,
}

impl<'b> Selected<'b> {
    /// Marks what passes the filter. `case` fills the fields that only a case can fill.
    pub fn new(batches: &'b mut dyn Batches, filter: &'b Filter, case: Option<&'b dyn Annotate>) -> Self {
        Self {
            batches,
            filter,
            fields: Fields::new(filter.fields().clone(), case),
        }
    }

    fn passes(&mut self, batch: &Batch, index: usize) -> bool {
        let Some(seen) = Seen::of(batch, index) else {
            return false;
        };
        let passes = self.filter.matches(&self.fields.of(&seen));
        if passes {
            self.fields.displayed(seen.packet.timestamp);
        }
        passes
    }
}

impl Batches for Selected<'_> {
    fn next(&mut self, batch: &mut Batch) -> bool {
        if !self.batches.next(batch) {
            return false;
        }
        let selected = (0..batch.len()).map(|index| self.passes(batch, index)).collect();
        batch.select(selected);
        true
    }
}
