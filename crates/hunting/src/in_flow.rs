//! `HttpTransactions` and `TlsHandshakes`: names that travelled in flows.

use whotalks_record::{EvidenceId, FlowId, NameObservation, NameSource, Text};
use whotalks_tables::Word as _;
use whotalks_tables::hunting::{HttpRow, TlsRow};

use crate::Devices;
use crate::device_network_events::reference;
use crate::inspected::{View, has_encrypted_hello};

/// The row of a name in a request of HTTP.
pub(crate) fn http(name: &NameObservation, view: &View, devices: &Devices) -> Option<HttpRow> {
    let is_http = matches!(
        name.source,
        NameSource::HttpHost | NameSource::HttpAbsolute | NameSource::HttpConnect
    );
    let device = devices.of_host(view.host);
    is_http.then(|| HttpRow {
        timestamp: name.time,
        device_id: device.id,
        device_name: device.name,
        client_ip: Some(view.client.address),
        client_port: Some(i32::from(view.client.port)),
        server_ip: Some(view.server.address),
        server_port: Some(i32::from(view.server.port)),
        host: Some(Text::clone(&name.name)),
        target_port: name.port.map(i32::from),
        path: name.path.clone(),
        form: Some(name.source.word().into()),
        flow_id: Some(flow_id(name.span.evidence, name.flow)),
        span: Some(reference(name.span)),
    })
}

/// The row of a name in a handshake of TLS.
pub(crate) fn tls(name: &NameObservation, view: &View, devices: &Devices) -> Option<TlsRow> {
    let source = match name.source {
        NameSource::TlsSni(_) => "tls-sni",
        NameSource::QuicSni(_) => "quic-sni",
        NameSource::TlsCertificate => "certificate",
        _ => return None,
    };
    let device = devices.of_host(view.host);
    Some(TlsRow {
        timestamp: name.time,
        device_id: device.id,
        device_name: device.name,
        client_ip: Some(view.client.address),
        client_port: Some(i32::from(view.client.port)),
        server_ip: Some(view.server.address),
        server_port: Some(i32::from(view.server.port)),
        server_name: Some(Text::clone(&name.name)),
        source: Some(source.into()),
        encrypted_client_hello: has_encrypted_hello(name.source),
        flow_id: Some(flow_id(name.span.evidence, name.flow)),
        span: Some(reference(name.span)),
    })
}

/// A flow in the words of our tables.
pub(crate) fn flow_id(evidence: EvidenceId, flow: FlowId) -> Text {
    format!("{evidence}:{}", flow.0).into()
}
