//! `DeviceNetworkEvents`: what was seen inside of conversations. As with Defender these rows name no process.

use serde_json::Value;
use whotalks_correlate::HostId;
use whotalks_record::{
    ApplicationProtocol, DnsTransaction, Ech, Endpoint, Flow, IpProtocol, NameObservation, NameSource, Span, Timestamp,
};
use whotalks_tables::hunting::NetworkEventRow;

use crate::Devices;
use crate::address_kind::address_kind;
use crate::device_network_events::{is_icmp, protocol_word, reference};
use crate::dns::answers;
use crate::dns_words::{response_name, type_name};
use crate::json::{object, some, text, written};

/// The two ends of something, seen from a host that is one of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    /// The host; none where neither end is one.
    pub(crate) host: Option<HostId>,
    /// Who asked.
    pub(crate) client: Endpoint,
    /// Who was asked.
    pub(crate) server: Endpoint,
    /// Whether the host is the one who asked.
    pub(crate) is_outbound: bool,
}

impl View {
    /// Seen from the client where it is a host of the case or neither end is, else from the server.
    pub(crate) fn of(client: Endpoint, server: Endpoint, host_at: impl Fn(Endpoint) -> Option<HostId>) -> Self {
        let (asking, asked) = (host_at(client), host_at(server));
        Self {
            host: asking.or(asked),
            client,
            server,
            is_outbound: asking.is_some() || asked.is_none(),
        }
    }

    fn direction(&self) -> &'static str {
        if self.is_outbound { "Out" } else { "In" }
    }

    fn row(&self, action: &str, time: Option<Timestamp>, span: Span, devices: &Devices) -> NetworkEventRow {
        let device = devices.of_host(self.host);
        let (local, remote) = match self.is_outbound {
            true => (self.client, self.server),
            false => (self.server, self.client),
        };
        NetworkEventRow {
            timestamp: time,
            device_id: device.id,
            device_name: device.name,
            action_type: Some(action.into()),
            remote_ip: Some(remote.address),
            remote_port: Some(i32::from(remote.port)),
            local_ip: Some(local.address),
            local_port: Some(i32::from(local.port)),
            local_ip_type: Some(address_kind(local.address).into()),
            remote_ip_type: Some(address_kind(remote.address).into()),
            span: Some(reference(span)),
            ..NetworkEventRow::default()
        }
    }
}

/// The row of a DNS question.
pub(crate) fn of_dns(transaction: &DnsTransaction, view: &View, devices: &Devices) -> NetworkEventRow {
    let time = transaction.asked.or(transaction.answered);
    let mut row = view.row("DnsConnectionInspected", time, transaction.span, devices);
    let protocol = match transaction.transport {
        whotalks_record::DnsTransport::Tcp => IpProtocol::TCP,
        _ => IpProtocol::UDP,
    };
    row.protocol = Some(protocol_word(protocol));
    row.additional_fields = Some(written(&object([
        ("direction", text(view.direction())),
        ("query", some(Some(&transaction.name))),
        ("qtype_name", text(type_name(transaction.record_type))),
        (
            "rcode_name",
            transaction.response_code.and_then(response_name).and_then(text),
        ),
        (
            "answers",
            (!transaction.answers.is_empty()).then(|| Value::Array(answers(transaction))),
        ),
    ])));
    row
}

/// The row of a name inside of a flow; none for names that no inspection of Defender reports.
pub(crate) fn of_name(name: &NameObservation, view: &View, devices: &Devices) -> Option<NetworkEventRow> {
    let (action, fields) = match name.source {
        NameSource::HttpHost | NameSource::HttpAbsolute | NameSource::HttpConnect => {
            ("HttpConnectionInspected", http_fields(name, view))
        }
        NameSource::TlsSni(_) | NameSource::QuicSni(_) => ("SslConnectionInspected", tls_fields(name, view)),
        NameSource::TlsCertificate | NameSource::SocksTarget => return None,
    };
    let mut row = view.row(action, name.time, name.span, devices);
    row.protocol = Some(protocol_word(name.key.protocol));
    row.additional_fields = Some(written(&fields));
    Some(row)
}

fn http_fields(name: &NameObservation, view: &View) -> Value {
    let is_connect = name.source == NameSource::HttpConnect;
    object([
        ("direction", text(view.direction())),
        ("host", some(Some(&name.name))),
        ("uri", some(name.path.as_ref())),
        ("method", is_connect.then(|| Value::from("CONNECT"))),
    ])
}

fn tls_fields(name: &NameObservation, view: &View) -> Value {
    object([
        ("direction", text(view.direction())),
        ("server_name", some(Some(&name.name))),
    ])
}

/// The row of a flow whose content proves a protocol that Defender inspects, or of a run of ICMP messages.
pub(crate) fn of_flow(flow: &Flow, view: &View, devices: &Devices) -> Option<NetworkEventRow> {
    let action = match flow.proved_application() {
        _ if is_icmp(flow.key.protocol) => "IcmpConnectionInspected",
        ApplicationProtocol::Ssh => "SshConnectionInspected",
        ApplicationProtocol::Ftp => "FtpConnectionInspected",
        ApplicationProtocol::Smtp => "SmtpConnectionInspected",
        _ => return None,
    };
    let mut row = view.row(action, flow.first, flow.span, devices);
    row.protocol = Some(protocol_word(flow.key.protocol));
    row.additional_fields = Some(written(&object([("direction", text(view.direction()))])));
    row.last_seen = flow.last;
    row.flow_id = Some(crate::in_flow::flow_id(flow.span.evidence, flow.id));
    Some(row)
}

/// Whether a name stood in a hello that also carried an encrypted one.
pub(crate) fn has_encrypted_hello(source: NameSource) -> Option<bool> {
    match source {
        NameSource::TlsSni(ech) | NameSource::QuicSni(ech) => Some(ech == Ech::Present),
        _ => None,
    }
}
