//! Shows one record again.

use std::io::Read;

use whotalks_record::Position;

use super::blocks::Blocks;
use super::chunk::SETTINGS;
use evtx::EvtxChunkData;

/// The most events shown for one number: a file may join logs whose numbers overlap.
const MOST_MATCHES: usize = 8;

/// The XML of the events with this record number.
pub(crate) fn explain(source: &mut dyn Read, position: Position) -> Option<String> {
    let Position::Record(wanted) = position else {
        return None;
    };
    let mut found = Vec::new();
    let mut blocks = Blocks::new(source);
    while let Some(batch) = blocks.take_some(1) {
        for block in batch {
            let Ok(mut data) = EvtxChunkData::new(block.data, false) else {
                continue;
            };
            let Ok(mut chunk) = data.parse(SETTINGS.clone()) else {
                continue;
            };
            let records = chunk.iter().flatten().filter(|record| record.event_record_id == wanted);
            found.extend(
                records
                    .filter_map(|record| record.into_xml().ok())
                    .map(|record| record.data),
            );
        }
        if found.len() >= MOST_MATCHES {
            break;
        }
    }
    (!found.is_empty()).then(|| found.join("\n"))
}
