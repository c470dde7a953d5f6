//! `Coverage`: what each source covers.

use whotalks_correlate::CoverageLine;
use whotalks_record::Span;
use whotalks_tables::Word as _;
use whotalks_tables::hunting::CoverageRow;

use crate::Devices;
use crate::device_network_events::{reference, whole};

/// The row of a line of the ledger.
pub(crate) fn row(line: &CoverageLine, devices: &Devices) -> CoverageRow {
    let device = devices.of_host(line.host);
    CoverageRow {
        timestamp: line.first,
        last_time: line.last,
        device_id: device.id,
        device_name: device.name,
        evidence_id: Some(i64::from(line.evidence.0)),
        source: Some(line.source.word().into()),
        units: Some(whole(line.units)),
        lost: line.lost.map(whole),
        overwritten_before: Some(line.overwritten_before),
        span: Some(reference(Span::whole(line.evidence))),
    }
}
