//! What whotalks says: one reading of a capture asks all filters.

use std::collections::BTreeSet;
use std::path::Path;

use whotalks_evidence::{EvidenceSink, Limits, ManifestEntry, NoProgress, Piece, open};
use whotalks_fields::{Extractor, FieldSet, Frame, Interface};
use whotalks_filter::Filter;
use whotalks_record::{EvidenceId, Issue, Packet, Position, Record, Sink};

use super::Frames;

const EVIDENCE: EvidenceId = EvidenceId(1);

/// The frames of each filter.
pub(super) fn frames(capture: &Path, filters: &[&str]) -> Vec<Frames> {
    let filters: Vec<Option<Filter>> = filters.iter().map(|filter| Filter::compile(filter).ok()).collect();
    let wanted: FieldSet = filters
        .iter()
        .flatten()
        .flat_map(|filter| filter.fields().iter())
        .collect();
    let found = filters
        .iter()
        .map(|filter| filter.is_some().then(BTreeSet::new))
        .collect();
    let mut asker = Asker {
        extractor: Extractor::new(wanted),
        describes_interfaces: false,
        filters,
        found,
    };
    open(&[capture.to_owned()], Limits::default()).read_all(EVIDENCE, &mut asker, &mut NoProgress);
    asker.found
}

/// Asks each filter about each packet.
struct Asker {
    extractor: Extractor,
    describes_interfaces: bool,
    filters: Vec<Option<Filter>>,
    found: Vec<Frames>,
}

impl Sink for Asker {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        let Position::Packet(number) = packet.span.position else {
            return;
        };
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let interface = Interface {
            number: packet.interface.0,
            name: None,
            description: None,
            section: 1,
        };
        let values = self.extractor.frame(&Frame {
            number,
            time: packet.timestamp,
            link_type: packet.link_type,
            data: packet.data,
            original_length: packet.original_length,
            interface: self.describes_interfaces.then_some(interface),
            comments: &[],
        });
        for (filter, found) in self.filters.iter().zip(&mut self.found) {
            if let (Some(filter), Some(found)) = (filter, found)
                && filter.matches(&values)
            {
                found.insert(number);
            }
        }
        self.extractor.displayed(packet.timestamp);
    }

    fn issue(&mut self, _: Issue) {}
}

impl EvidenceSink for Asker {
    fn begins(&mut self, piece: &Piece) {
        self.describes_interfaces = piece.format.word() == "pcapng";
    }

    fn ends(&mut self, _: &ManifestEntry) {}
}
