//! The flows of a case, with their names.

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
        let mut flows = PartRows::<Flows>::open(&self.flows)?;
        let mut names = self.names.as_ref().map(PartRows::<FlowNames>::open).transpose()?;
        let mut next = following(&mut names)?;
        let mut of_flow = Vec::new();
        while let Some(flow) = flows.next()? {
            of_flow.clear();
            while let Some(name) = next.take_if(|name| belongs(name, &flow)) {
                of_flow.push(name);
                next = following(&mut names)?;
            }
            visit(&flow, &of_flow);
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
