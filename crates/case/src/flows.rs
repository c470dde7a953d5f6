//! Flows with the names that travelled in them.

use rustc_hash::{FxHashMap, FxHashSet};
use whotalks_correlate::FlowStream;
use whotalks_record::{EvidenceId, Flow, FlowId, NameObservation};

/// All flows of a case, in the order in which they ended.
#[derive(Debug, Default)]
pub(crate) struct Flows {
    finished: Vec<(Flow, Vec<NameObservation>)>,
    /// Names of flows that have not ended yet; bounded by the number of open flows.
    waiting: FxHashMap<(EvidenceId, FlowId), Vec<NameObservation>>,
    forgotten: FxHashSet<EvidenceId>,
}

impl Flows {
    /// A name that was seen in an open flow.
    pub(crate) fn name(&mut self, name: NameObservation) {
        self.waiting
            .entry((name.span.evidence, name.flow))
            .or_default()
            .push(name);
    }

    /// A flow that ended.
    pub(crate) fn flow(&mut self, flow: Flow) {
        let names = self.waiting.remove(&(flow.span.evidence, flow.id)).unwrap_or_default();
        self.finished.push((flow, names));
    }

    /// Leaves out what one piece of evidence said.
    pub(crate) fn forget(&mut self, evidence: EvidenceId) {
        self.forgotten.insert(evidence);
    }
}

impl FlowStream for Flows {
    fn visit(&self, visit: &mut dyn FnMut(&Flow, &[NameObservation])) {
        let kept = self
            .finished
            .iter()
            .filter(|(flow, _)| !self.forgotten.contains(&flow.span.evidence));
        for (flow, names) in kept {
            visit(flow, names);
        }
    }
}
