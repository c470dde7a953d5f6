//! The flows of a case, with their names.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use whotalks_correlate::FlowStream;
use whotalks_record::{Flow, NameObservation};
use whotalks_tables::{FlowNames, Flows};

use crate::StoreError;
use crate::parts::{PartFile, PartRows};

/// One part of the flows, and the names in the same order.
#[derive(Clone, Debug)]
pub(crate) struct FlowPart {
    pub(crate) flows: PartFile,
    pub(crate) names: Option<PartFile>,
}

/// What is done with a flow and its names.
pub(crate) type FlowVisit<'a> = dyn FnMut(&Flow, &[NameObservation]) -> Result<(), StoreError> + 'a;

/// The flows of a case as a stream that starts again as often as asked, a few thousand rows in memory at a time.
#[derive(Debug)]
pub struct CaseFlows {
    parts: Vec<FlowPart>,
    failure: Mutex<Option<StoreError>>,
}

impl CaseFlows {
    pub(crate) fn new(parts: Vec<FlowPart>) -> Self {
        Self {
            parts,
            failure: Mutex::new(None),
        }
    }

    /// Gives every flow with its names to `visit`, in the order of commits.
    ///
    /// # Errors
    ///
    /// The first part that cannot be read ends the visit: [`StoreError::DamagedPart`], [`StoreError::ChangedPart`],
    /// [`StoreError::WrongTable`], [`StoreError::Io`].
    pub fn try_visit(&self, visit: &mut dyn FnMut(&Flow, &[NameObservation])) -> Result<(), StoreError> {
        self.parts.iter().try_for_each(|part| part.visit(visit))
    }

    /// Why the last [`FlowStream::visit`] that failed ended early; to be asked after every pass.
    pub fn take_failure(&self) -> Option<StoreError> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl FlowStream for CaseFlows {
    /// A stream has no way to fail; see [`CaseFlows::take_failure`].
    fn visit(&self, visit: &mut dyn FnMut(&Flow, &[NameObservation])) {
        if let Err(failure) = self.try_visit(visit) {
            *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
        }
    }
}

impl FlowPart {
    fn visit(&self, visit: &mut dyn FnMut(&Flow, &[NameObservation])) -> Result<(), StoreError> {
        self.try_visit_without(&BTreeSet::new(), &mut |flow, names| {
            visit(flow, names);
            Ok(())
        })
    }

    /// Gives every flow with its names to `visit` but those of some pieces of evidence.
    pub(crate) fn try_visit_without(
        &self,
        left_out: &BTreeSet<i64>,
        visit: &mut FlowVisit<'_>,
    ) -> Result<(), StoreError> {
        let mut flows = PartRows::<Flows>::open_without(&self.flows, left_out)?;
        let names = self.names.as_ref();
        let mut names = names
            .map(|names| PartRows::<FlowNames>::open_without(names, left_out))
            .transpose()?;
        let mut next = following(&mut names)?;
        let mut of_flow = Vec::new();
        while let Some(flow) = flows.next()? {
            of_flow.clear();
            while let Some(name) = next.take_if(|name| belongs(name, &flow)) {
                of_flow.push(name);
                next = following(&mut names)?;
            }
            visit(&flow, &of_flow)?;
        }
        Ok(())
    }
}

fn following(names: &mut Option<PartRows<FlowNames>>) -> Result<Option<NameObservation>, StoreError> {
    names.as_mut().map_or(Ok(None), PartRows::next)
}

/// Names follow the order of their flows, so the next name is of this flow or of a later one.
fn belongs(name: &NameObservation, flow: &Flow) -> bool {
    name.span.evidence == flow.span.evidence && name.flow == flow.id
}
