//! Flows beyond memory.

use whotalks_correlate::FlowStream;
use whotalks_record::EvidenceId;
use whotalks_store::{FlowSpill, StoreError};

use crate::sample::{NamedFlow, flows};

fn filled(folder: &std::path::Path, in_memory: usize, rows: &[NamedFlow]) -> FlowSpill {
    let mut spill = FlowSpill::new(folder, in_memory);
    for (flow, names) in rows {
        spill.push(flow.clone(), names.clone()).unwrap();
    }
    spill
}

fn visited(spill: &FlowSpill) -> Vec<NamedFlow> {
    let mut seen = Vec::new();
    spill.visit(&mut |flow, names| seen.push((flow.clone(), names.to_vec())));
    assert!(spill.take_failure().is_none());
    seen
}

#[test]
fn all_flows_come_back_in_order_wherever_the_bound_lies() {
    let folder = tempfile::tempdir().unwrap();
    let rows = flows(3, 2_000);
    for in_memory in [0, 1, 1_999, 2_000, 5_000] {
        let spill = filled(folder.path(), in_memory, &rows);
        assert_eq!(spill.len(), 2_000);
        assert_eq!(visited(&spill), rows, "{in_memory} in memory");
        assert_eq!(visited(&spill), rows, "{in_memory} in memory, again");
    }
}

#[test]
fn many_chunks_come_back_also_when_visits_and_pushes_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let rows = flows(4, 30_000);
    let (first, second) = rows.split_at(15_000);
    let mut spill = filled(folder.path(), 10, first);
    assert_eq!(visited(&spill), first);
    for (flow, names) in second {
        spill.push(flow.clone(), names.clone()).unwrap();
    }
    assert_eq!(visited(&spill), rows);
}

#[test]
fn a_visit_inside_a_visit_does_not_disturb_it() {
    let folder = tempfile::tempdir().unwrap();
    let rows = flows(5, 20_000);
    let spill = filled(folder.path(), 0, &rows);
    let (mut outer, mut inner) = (0, 0);
    spill.visit(&mut |_, _| {
        outer += 1;
        if outer == 10_000 {
            spill.visit(&mut |_, _| inner += 1);
        }
    });
    assert_eq!((outer, inner), (20_000, 20_000));
}

#[test]
fn forgotten_evidence_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = flows(6, 100);
    for (flow, _) in rows.iter_mut().step_by(2) {
        flow.span.evidence = EvidenceId(2);
    }
    let mut spill = filled(folder.path(), 30, &rows);
    spill.forget(EvidenceId(2));
    let kept = visited(&spill);
    assert_eq!(kept.len(), 50);
    assert!(kept.iter().all(|(flow, _)| flow.span.evidence == EvidenceId(1)));
}

#[test]
fn nothing_stays_in_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let rows = flows(7, 20_000);
    let spill = filled(folder.path(), 0, &rows);
    drop(spill);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_that_is_not_there_is_an_error_only_when_it_is_needed() {
    let rows = flows(8, 20_000);
    let mut spill = FlowSpill::new(std::path::Path::new("/nonexistent/whotalks"), 10);
    let results = rows.iter().map(|(flow, names)| spill.push(flow.clone(), names.clone()));
    let failures: Vec<StoreError> = results.filter_map(Result::err).collect();
    assert!(matches!(failures.first(), Some(StoreError::Io { .. })), "{failures:?}");
    assert_eq!(visited(&spill), rows, "nothing is lost while it still fits into memory");
}
