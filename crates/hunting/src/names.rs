//! `Names`: every name candidate of a conversation.

use whotalks_correlate::{Conversation, NameCandidate};
use whotalks_record::Text;
use whotalks_tables::Word as _;
use whotalks_tables::hunting::NameRow;

use crate::Devices;
use crate::device_network_events::{flow_id, reference};
use crate::json::texts;

/// One row per candidate, the best first.
pub(crate) fn of_conversation(conversation: &Conversation, devices: &Devices) -> Vec<NameRow> {
    let best = conversation.name.best.iter().map(|name| (name, true));
    let others = conversation.name.others.iter().map(|name| (name, false));
    best.chain(others)
        .map(|(name, is_best)| row(conversation, name, is_best, devices))
        .collect()
}

fn row(conversation: &Conversation, name: &NameCandidate, is_best: bool, devices: &Devices) -> NameRow {
    let device = devices.of_host(conversation.host);
    NameRow {
        timestamp: name.time.or(conversation.first),
        device_id: device.id,
        device_name: device.name,
        local_ip: Some(conversation.local.address),
        local_port: Some(i32::from(conversation.local.port)),
        remote_ip: Some(conversation.remote.address),
        remote_port: Some(i32::from(conversation.remote.port)),
        name: Some(Text::clone(&name.name)),
        target_port: name.port.map(i32::from),
        name_evidence: Some(name.evidence.word().into()),
        grade: Some(name.grade.word().into()),
        is_best: Some(is_best),
        flow_id: flow_id(conversation),
        span: name.proof.first().copied().map(reference),
        proof: texts(name.proof.iter().map(ToString::to_string)),
    }
}
