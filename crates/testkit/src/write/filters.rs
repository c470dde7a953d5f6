//! Writes `netsh wfp show filters` and `netsh wfp show state`.

use crate::clock::iso_time;
use crate::scenario::model::{Condition, Filter, Host, Layer, Scenario};
use std::fmt::Write;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// `filters.xml`.
pub(crate) fn filters_file(host: &Host) -> Vec<u8> {
    let mut text = format!(
        "{DECLARATION}<wfpdiag>\n<filters numItems=\"{}\">\n",
        host.filters.len()
    );
    for filter in &host.filters {
        push_filter(&mut text, filter);
    }
    text.push_str("</filters>\n</wfpdiag>\n");
    text.into_bytes()
}

/// `wfpstate.xml`: the same filters below their layers, and a second top element after the first, as Windows writes it.
pub(crate) fn state_file(scenario: &Scenario, host: &Host) -> Vec<u8> {
    let at_ns = scenario.filters_ns + host.skew_ns;
    let layers = [
        Layer::InboundTransportDiscardV4,
        Layer::ReceiveAcceptV4,
        Layer::ReceiveAcceptV6,
        Layer::ConnectV4,
        Layer::ConnectV6,
    ];
    let mut text = format!(
        "{DECLARATION}<wfpstate>\n\t<timeStamp>{}</timeStamp>\n",
        iso_time(at_ns)
    );
    let _ = writeln!(text, "\t<layers numItems=\"{}\">", layers.len());
    for layer in layers {
        push_layer(&mut text, host, layer);
    }
    text.push_str("\t</layers>\n</wfpstate>\n<firewallState>\n\t<profile>Private</profile>\n</firewallState>\n");
    text.into_bytes()
}

fn push_layer(text: &mut String, host: &Host, layer: Layer) {
    let filters: Vec<&Filter> = host.filters.iter().filter(|filter| filter.layer == layer).collect();
    let _ = write!(
        text,
        "<item>\n<layer>\n<layerKey>{}</layerKey>\n<displayData>\n<name>{}</name>\n<description/>\n</displayData>\n\
         <flags numItems=\"1\">\n<item>FWPM_LAYER_FLAG_KERNEL</item>\n</flags>\n\
         <defaultSubLayerKey>FWPM_SUBLAYER_UNIVERSAL</defaultSubLayerKey>\n<layerId>{}</layerId>\n</layer>\n<callouts/>\n\
         <filters numItems=\"{}\">\n",
        layer.key(),
        layer.display_name(),
        layer.id(),
        filters.len()
    );
    for filter in filters {
        push_filter(text, filter);
    }
    text.push_str("</filters>\n</item>\n");
}

fn push_filter(text: &mut String, filter: &Filter) {
    let _ = write!(
        text,
        "\t<item>\n\t\t<filterKey>{}</filterKey>\n\t\t<displayData>\n\t\t\t<name>{}</name>\n\t\t\t<description>{}</description>\n\
         \t\t</displayData>\n\t\t<flags numItems=\"1\">\n\t\t\t<item>FWPM_FILTER_FLAG_INDEXED</item>\n\t\t</flags>\n",
        filter.key,
        escaped(&filter.name),
        escaped(&filter.description)
    );
    match filter.provider {
        Some(provider) => {
            let _ = writeln!(text, "\t\t<providerKey>{provider}</providerKey>");
        }
        None => text.push_str("\t\t<providerKey/>\n"),
    }
    push_provider_data(text, filter);
    let _ = write!(
        text,
        "\t\t<layerKey>{}</layerKey>\n\t\t<subLayerKey>{}</subLayerKey>\n\
         \t\t<weight>\n\t\t\t<type>FWP_UINT64</type>\n\t\t\t<uint64>{}</uint64>\n\t\t</weight>\n",
        filter.layer.key(),
        filter.sublayer,
        filter.weight
    );
    push_conditions(text, &filter.conditions);
    let action = if filter.blocks {
        "FWP_ACTION_BLOCK"
    } else {
        "FWP_ACTION_PERMIT"
    };
    let _ = write!(
        text,
        "\t\t<action>\n\t\t\t<type>{action}</type>\n\t\t\t<filterType/>\n\t\t</action>\n\t\t<rawContext>0</rawContext>\n\
         \t\t<reserved/>\n\t\t<filterId>{}</filterId>\n\t\t<effectiveWeight>\n\t\t\t<type>FWP_UINT64</type>\n\
         \t\t\t<uint64>{}</uint64>\n\t\t</effectiveWeight>\n\t</item>\n",
        filter.listed_id, filter.weight
    );
}

/// Filters of firewall rules carry the rule id as UTF-16; the readable form shows a dot for every zero byte.
fn push_provider_data(text: &mut String, filter: &Filter) {
    if !filter.origin.starts_with('{') {
        text.push_str("\t\t<providerData/>\n");
        return;
    }
    let hex: String = filter
        .origin
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let dotted: String = filter.origin.chars().flat_map(|character| [character, '.']).collect();
    let _ = write!(
        text,
        "\t\t<providerData>\n\t\t\t<data>{hex}</data>\n\t\t\t<asString>{}</asString>\n\t\t</providerData>\n",
        escaped(&dotted)
    );
}

fn push_conditions(text: &mut String, conditions: &[Condition]) {
    if conditions.is_empty() {
        text.push_str("\t\t<filterCondition/>\n");
        return;
    }
    let _ = writeln!(text, "\t\t<filterCondition numItems=\"{}\">", conditions.len());
    for condition in conditions {
        let (field, value) = condition_value(condition);
        let _ = write!(
            text,
            "\t\t\t<item>\n\t\t\t\t<fieldKey>{field}</fieldKey>\n\t\t\t\t<matchType>FWP_MATCH_EQUAL</matchType>\n\
             \t\t\t\t<conditionValue>{value}</conditionValue>\n\t\t\t</item>\n"
        );
    }
    text.push_str("\t\t</filterCondition>\n");
}

fn condition_value(condition: &Condition) -> (&'static str, String) {
    let number = |kind: &str, tag: &str, value: u64| format!("<type>{kind}</type><{tag}>{value}</{tag}>");
    match condition {
        Condition::RemotePort(port) => (
            "FWPM_CONDITION_IP_REMOTE_PORT",
            number("FWP_UINT16", "uint16", (*port).into()),
        ),
        Condition::LocalPort(port) => (
            "FWPM_CONDITION_IP_LOCAL_PORT",
            number("FWP_UINT16", "uint16", (*port).into()),
        ),
        Condition::Protocol(protocol) => (
            "FWPM_CONDITION_IP_PROTOCOL",
            number("FWP_UINT8", "uint8", (*protocol).into()),
        ),
        Condition::RemoteAddress(address, mask) => (
            "FWPM_CONDITION_IP_REMOTE_ADDRESS",
            format!("<type>FWP_V4_ADDR_MASK</type><v4AddrMask><addr>{address}</addr><mask>{mask}</mask></v4AddrMask>"),
        ),
        Condition::Application(path) => ("FWPM_CONDITION_ALE_APP_ID", application_blob(path)),
    }
}

fn application_blob(path: &str) -> String {
    let hex: String = path
        .encode_utf16()
        .chain([0])
        .flat_map(u16::to_le_bytes)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let dotted: String = path.chars().flat_map(|character| [character, '.']).collect();
    let dotted = escaped(&dotted);
    format!("<type>FWP_BYTE_BLOB_TYPE</type><byteBlob><data>{hex}</data><asString>{dotted}</asString></byteBlob>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
