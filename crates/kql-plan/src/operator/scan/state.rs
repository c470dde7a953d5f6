//! What the steps of `scan` have seen so far, and where the next record goes.

use whotalks_kql_syntax::tree::operator::ScanOutput;
use whotalks_kql_values::Value;

use crate::engine::RowEvaluator;
use crate::error::Result;
use crate::operator::held::HeldRow;
use crate::physical::Cell;

/// A step, made ready to be asked about a record.
pub(super) struct Step {
    /// Whether a record goes to it.
    pub(super) condition: RowEvaluator,
    /// What it remembers: the place in the record and the value.
    pub(super) assignments: Vec<(usize, RowEvaluator)>,
    /// Which of its records come out.
    pub(super) output: ScanOutput,
}

/// A sequence that has come to some step.
#[derive(Debug, Clone)]
struct Sequence {
    /// Its number.
    id: i64,
    /// The last record of each step up to the one it has come to.
    records: Vec<HeldRow>,
    /// A record that comes out unless another of the same step follows it.
    pending: Option<HeldRow>,
}

/// The steps and the sequences that they hold, at most one for each.
pub(super) struct Machine {
    steps: Vec<Step>,
    sequences: Vec<Option<Sequence>>,
    defaults: Vec<Value<'static>>,
    with_match_id: bool,
    next_id: i64,
}

impl Machine {
    /// Steps that have seen nothing.
    pub(super) fn new(steps: Vec<Step>, defaults: Vec<Value<'static>>, with_match_id: bool) -> Self {
        let sequences = vec![None; steps.len()];
        Self {
            steps,
            sequences,
            defaults,
            with_match_id,
            next_id: 0,
        }
    }

    /// Takes the next record; what comes out is added to `output`.
    pub(super) fn take(&mut self, mut record: HeldRow, output: &mut Vec<HeldRow>) -> Result<()> {
        record.extend(self.defaults.iter().cloned());
        for index in (0..self.steps.len()).rev() {
            if let Some(before) = index.checked_sub(1)
                && self.goes_on(before, index, &record)?
            {
                self.flush(index, output);
                let sequence = self.sequences.get_mut(before).and_then(Option::take);
                return self.put(index, sequence, record, output);
            }
            if self.goes_on(index, index, &record)? {
                let sequence = self.sequences.get_mut(index).and_then(Option::take);
                return self.put(index, sequence, record, output);
            }
            if index == 0 && self.holds(0, None, &record)? {
                return self.put(0, None, record, output);
            }
        }
        Ok(())
    }

    /// What is still to come out at the end; nothing is remembered afterwards.
    pub(super) fn finish(&mut self, output: &mut Vec<HeldRow>) {
        (0..self.steps.len()).for_each(|index| self.flush(index, output));
        self.sequences.iter_mut().for_each(|sequence| *sequence = None);
    }

    /// Whether a step holds a sequence that the record takes to another.
    fn goes_on(&self, holder: usize, step: usize, record: &HeldRow) -> Result<bool> {
        match self.sequences.get(holder).and_then(Option::as_ref) {
            Some(sequence) => self.holds(step, Some(sequence), record),
            None => Ok(false),
        }
    }

    fn holds(&self, step: usize, sequence: Option<&Sequence>, record: &HeldRow) -> Result<bool> {
        let Some(step) = self.steps.get(step) else {
            return Ok(false);
        };
        let value = step.condition.value(&self.seen(sequence, record))?;
        Ok(value.as_bool() == Some(true))
    }

    /// The record and the last records of all steps, in the order of the columns that conditions are bound over.
    fn seen(&self, sequence: Option<&Sequence>, record: &HeldRow) -> HeldRow {
        let nothing: HeldRow = {
            let columns = record.len().saturating_sub(self.defaults.len());
            std::iter::repeat_n(Value::Null, columns)
                .chain(self.defaults.iter().cloned())
                .collect()
        };
        let mut seen = record.clone();
        for index in 0..self.steps.len() {
            let last = sequence.and_then(|sequence| sequence.records.get(index));
            seen.extend(last.unwrap_or(&nothing).iter().cloned());
        }
        seen
    }

    /// Gives a record to a step, together with the sequence that it goes on with or a new one.
    fn put(
        &mut self,
        index: usize,
        sequence: Option<Sequence>,
        mut record: HeldRow,
        output: &mut Vec<HeldRow>,
    ) -> Result<()> {
        let Some(step) = self.steps.get(index) else {
            return Ok(());
        };
        for (place, value) in &step.assignments {
            let value = value.value(&self.seen(sequence.as_ref(), &record))?;
            if let Some(cell) = record.get_mut(*place) {
                *cell = value;
            }
        }
        let mut sequence = sequence.unwrap_or_else(|| Sequence {
            id: self.next_id,
            records: Vec::new(),
            pending: None,
        });
        self.next_id = self.next_id.max(sequence.id.saturating_add(1));
        sequence.records.truncate(index);
        sequence.records.push(record.clone());
        let row = with_id(record, self.with_match_id.then_some(sequence.id));
        match step.output {
            ScanOutput::All => output.push(row),
            ScanOutput::Last => sequence.pending = Some(row),
            ScanOutput::None => {}
        }
        if let Some(place) = self.sequences.get_mut(index) {
            *place = Some(sequence);
        }
        Ok(())
    }

    fn flush(&mut self, index: usize, output: &mut Vec<HeldRow>) {
        let sequence = self.sequences.get_mut(index).and_then(Option::as_mut);
        output.extend(sequence.and_then(|sequence| sequence.pending.take()));
    }
}

fn with_id(mut record: HeldRow, id: Option<i64>) -> HeldRow {
    record.extend(id.map(Value::Long));
    record
}
