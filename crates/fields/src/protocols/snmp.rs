//! Simple Network Management Protocol (RFC 3416).

use crate::declare::fields;
use crate::extract::asn1::{Element, elements};
use crate::extract::{Bytes, Out};

fields! {
    level Headers;
    PROTOCOL: "snmp", protocol, "Simple Network Management Protocol";
    VERSION: "snmp.version", i32, "version" labels "snmp-version";
    COMMUNITY: "snmp.community", text, "community";
    REQUEST_ID: "snmp.request_id", i32, "request-id";
    ERROR_STATUS: "snmp.error_status", i32, "error-status" labels "snmp-error";
    ERROR_INDEX: "snmp.error_index", i32, "error-index";
    NAME: "snmp.name", oid, "Object Name";
    DATA: "snmp.data", u32, "data" labels "snmp-data";
    GET_REQUEST_ELEMENT: "snmp.get_request_element", none, "get-request";
    GET_NEXT_REQUEST_ELEMENT: "snmp.get_next_request_element", none, "get-next-request";
    GET_RESPONSE_ELEMENT: "snmp.get_response_element", none, "get-response";
    SET_REQUEST_ELEMENT: "snmp.set_request_element", none, "set-request";
    SNMP_V2_TRAP_ELEMENT: "snmp.snmpV2_trap_element", none, "snmpV2-trap";
    TRAP_ELEMENT: "snmp.trap_element", none, "trap";
    VARIABLE_BINDINGS: "snmp.variable_bindings", u32, "variable-bindings";
}

/// The fields of the message that `message` is (RFC 1157 4, RFC 3416 3).
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    let Some(envelope) = Element::first(message) else { return };
    let parts: Vec<_> = elements(envelope.value).take(4).collect();
    let [version, community, data, ..] = parts.as_slice() else { return };
    out.signed(VERSION, version.number());
    if community.tag != 0x04 {
        return;
    }
    out.text(COMMUNITY, Some(community.value.0));
    out.number(DATA, Some(data.tag & 0x1f));
    let kind = match data.tag & 0x1f {
        0 => GET_REQUEST_ELEMENT,
        1 => GET_NEXT_REQUEST_ELEMENT,
        2 => GET_RESPONSE_ELEMENT,
        3 => SET_REQUEST_ELEMENT,
        4 => TRAP_ELEMENT,
        7 => SNMP_V2_TRAP_ELEMENT,
        _ => return,
    };
    out.present(kind);
    if kind != TRAP_ELEMENT {
        request(*data, out);
    }
}

fn request<'a>(data: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    let mut parts = elements(data.value);
    for id in [REQUEST_ID, ERROR_STATUS, ERROR_INDEX] {
        out.signed(id, parts.next().and_then(Element::number));
    }
    let Some(bindings) = parts.next() else { return };
    out.count(VARIABLE_BINDINGS, elements(bindings.value).count());
    for binding in elements(bindings.value) {
        out.bytes(NAME, binding.inner().map(|name| name.value.0));
    }
}
