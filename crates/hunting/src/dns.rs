//! `DnsTransactions`: questions and answers that packets or traces show.

use std::net::IpAddr;

use serde_json::Value;
use whotalks_correlate::ProcessAnswer;
use whotalks_record::{DnsAnswer, DnsRecordData, DnsTransaction, ResolverEvent, Text};
use whotalks_tables::Word as _;
use whotalks_tables::hunting::DnsRow;

use crate::Devices;
use crate::device_network_events::reference;
use crate::dns_words::{response_name, type_name};
use crate::in_flow::flow_id;
use crate::inspected::View;
use crate::json::{array, object, text};

/// The row of a question and its answer.
pub(crate) fn row(transaction: &DnsTransaction, view: &View, devices: &Devices) -> DnsRow {
    let device = devices.of_host(view.host);
    DnsRow {
        timestamp: transaction.asked.or(transaction.answered),
        device_id: device.id,
        device_name: device.name,
        client_ip: Some(transaction.client.address),
        client_port: Some(i32::from(transaction.client.port)),
        server_ip: Some(transaction.server.address),
        server_port: Some(i32::from(transaction.server.port)),
        transport: Some(transaction.transport.word().into()),
        query: Some(Text::clone(&transaction.name)),
        query_type: Some(type_name(transaction.record_type).into()),
        query_type_code: Some(i32::from(transaction.record_type)),
        asked_time: transaction.asked,
        answered_time: transaction.answered,
        response_code: transaction.response_code.map(i32::from),
        response_name: transaction.response_code.and_then(response_name).map(Text::from),
        answers: array(transaction.answers.iter().map(answer)),
        flow_id: Some(flow_id(transaction.span.evidence, transaction.flow)),
        span: Some(reference(transaction.span)),
    }
}

/// The row of a question that the host's own DNS client logged or traced: of its answer it keeps the addresses.
pub(crate) fn row_of_client(event: &ResolverEvent, told: &ProcessAnswer, devices: &Devices) -> DnsRow {
    let device = devices.of_host(Some(told.host));
    let answer = |address: &IpAddr| {
        object([
            ("name", text(&event.name)),
            ("type", text(if address.is_ipv4() { "A" } else { "AAAA" })),
            ("data", text(address.to_string())),
        ])
    };
    DnsRow {
        timestamp: Some(told.time),
        device_id: device.id,
        device_name: device.name,
        transport: Some("client".into()),
        query: Some(Text::clone(&event.name)),
        answered_time: Some(told.time),
        answers: array(event.addresses.iter().map(answer)),
        span: Some(reference(event.span)),
        ..DnsRow::default()
    }
}

fn answer(answer: &DnsAnswer) -> Value {
    let (kind, data) = match &answer.data {
        DnsRecordData::Address(address) if address.is_ipv4() => ("A".into(), text(address.to_string())),
        DnsRecordData::Address(address) => ("AAAA".into(), text(address.to_string())),
        DnsRecordData::CanonicalName(name) => ("CNAME".into(), text(name)),
        DnsRecordData::Pointer(name) => ("PTR".into(), text(name)),
        DnsRecordData::Other(number) => (type_name(*number), None),
    };
    object([
        ("name", text(&answer.name)),
        ("ttl", Some(Value::from(answer.ttl_seconds))),
        ("type", text(kind)),
        ("data", data),
    ])
}

/// The data of all answers that were read, in order.
pub(crate) fn answers(transaction: &DnsTransaction) -> Vec<Value> {
    let data = transaction.answers.iter().filter_map(|answer| match &answer.data {
        DnsRecordData::Address(address) => text(address.to_string()),
        DnsRecordData::CanonicalName(name) | DnsRecordData::Pointer(name) => text(name),
        DnsRecordData::Other(_) => None,
    });
    data.collect()
}
