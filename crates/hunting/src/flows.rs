//! `Flows`: everything that was concluded about a conversation, in one flat row.

use serde_json::Value;
use whotalks_record::{FlowKey, Text};
use whotalks_session::community_id;
use whotalks_tables::hunting::FlowRow;
use whotalks_tables::{ConversationRow, NameCandidateItem, ProcessConflictItem, Word};

use crate::Devices;
use crate::device_network_events::{flow_id, whole};
use crate::json::{array, object, some, text, texts};

/// The row of a conversation.
pub(crate) fn row(conversation: &whotalks_correlate::Conversation, devices: &Devices) -> FlowRow {
    let device = devices.of_host(conversation.host);
    let told = ConversationRow::new(conversation, &[]);
    let key = FlowKey {
        protocol: conversation.protocol,
        client: conversation.local,
        server: conversation.remote,
    };
    let mut row = FlowRow {
        timestamp: told.first,
        last_seen: told.last,
        device_id: device.id,
        device_name: device.name,
        protocol: Some(told.protocol.to_string().into()),
        direction: word(told.direction),
        local_ip: Some(told.local_address),
        local_port: Some(i32::from(told.local_port)),
        remote_ip: Some(told.remote_address),
        remote_port: Some(i32::from(told.remote_port)),
        community_id: community_id(&key).map(Text::from),
        initial_rtt: told.initial_rtt.map(|time| time.0),
        answered: told.answered,
        close_reason: word(told.close),
        application: word(Some(told.application)),
        recognised_by: word(told.recognised_by),
        flow_id: flow_id(conversation),
        span: told.proof.first().cloned(),
        ..FlowRow::default()
    };
    set_traffic(&mut row, &told);
    set_process(&mut row, &told);
    set_name(&mut row, &told);
    set_decision(&mut row, &told);
    row.proof = texts(all_proof(&told));
    row
}

fn set_traffic(row: &mut FlowRow, told: &ConversationRow) {
    row.sent_packets = told.sent_packets.map(whole);
    row.sent_ip_bytes = told.sent_ip_bytes.map(whole);
    row.sent_payload_bytes = told.sent_payload_bytes.map(whole);
    row.received_packets = told.received_packets.map(whole);
    row.received_ip_bytes = told.received_ip_bytes.map(whole);
    row.received_payload_bytes = told.received_payload_bytes.map(whole);
}

fn set_process(row: &mut FlowRow, told: &ConversationRow) {
    row.process_grade = word(Some(told.process_grade));
    row.process_rule = word(told.process_rule);
    row.process_id = told.process_id.map(|pid| i64::from(pid.0));
    row.process_started = told.process_started;
    row.process_ended = told.process_ended;
    row.process_image.clone_from(&told.image);
    row.process_command_line.clone_from(&told.command_line);
    row.process_user.clone_from(&told.user);
    row.process_services = texts(&told.services);
    row.process_unknown = word(told.process_unknown);
    row.process_conflicts = array(told.process_conflicts.iter().map(conflict));
    row.relayed_for_grade = word(told.relayed_for_grade);
    row.relayed_for_process_id = told.relayed_for_process_id.map(|pid| i64::from(pid.0));
    row.relayed_for_image.clone_from(&told.relayed_for_image);
}

fn set_name(row: &mut FlowRow, told: &ConversationRow) {
    row.remote_name.clone_from(&told.name);
    row.remote_name_port = told.name_port.map(i32::from);
    row.remote_name_evidence = word(told.name_evidence);
    row.remote_name_grade = word(Some(told.name_grade));
    row.remote_name_unknown = word(told.name_unknown);
    row.other_names = array(told.other_names.iter().map(other_name));
}

fn set_decision(row: &mut FlowRow, told: &ConversationRow) {
    row.verdict = word(Some(told.verdict));
    row.verdict_grade = word(Some(told.verdict_grade));
    row.filter_id = told.filter.map(|filter| whole(filter.0));
    row.filter_name.clone_from(&told.filter_name);
    row.filter_provider.clone_from(&told.filter_provider);
    row.filter_origin = told.filter_origin.as_ref().map(|origin| Text::clone(&origin.0));
    row.filter_layer.clone_from(&told.filter_layer);
    row.filter_action = word(told.filter_action);
    row.filter_grade = word(told.filter_grade);
    row.dropped_packets = Some(whole(told.dropped_packets));
    row.verdict_unknown = word(told.verdict_unknown);
}

/// Every reference once, in order of what it proves.
fn all_proof(told: &ConversationRow) -> Vec<Text> {
    let mut proof: Vec<Text> = Vec::new();
    let lists = [
        &told.proof,
        &told.process_proof,
        &told.name_proof,
        &told.verdict_proof,
        &told.filter_proof,
        &told.drop_proof,
    ];
    for one in lists.into_iter().flatten() {
        if !proof.contains(one) {
            proof.push(Text::clone(one));
        }
    }
    proof
}

fn conflict(conflict: &ProcessConflictItem) -> Value {
    object([
        ("ProcessId", conflict.process_id.map(|pid| Value::from(pid.0))),
        ("Image", some(conflict.image.as_ref())),
        ("Rule", text(conflict.rule.word())),
        ("Proof", Some(list(&conflict.proof))),
    ])
}

fn other_name(name: &NameCandidateItem) -> Value {
    object([
        ("Name", text(&name.name)),
        ("Port", name.port.map(Value::from)),
        ("Evidence", text(name.evidence.word())),
        ("Grade", text(name.grade.word())),
        ("Proof", Some(list(&name.proof))),
    ])
}

fn list(references: &[Text]) -> Value {
    references.iter().map(|reference| Value::from(&**reference)).collect()
}

fn word<T: Word>(value: Option<T>) -> Option<Text> {
    value.map(|value| value.word().into())
}
