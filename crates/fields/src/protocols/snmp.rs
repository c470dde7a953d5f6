//! Simple Network Management Protocol (RFC 3416).

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL: "snmp", protocol, "Simple Network Management Protocol";
    VERSION: "snmp.version", i32, "version";
    COMMUNITY: "snmp.community", text, "community";
    REQUEST_ID: "snmp.request_id", i32, "request-id";
    ERROR_STATUS: "snmp.error_status", i32, "error-status";
    ERROR_INDEX: "snmp.error_index", i32, "error-index";
    NAME: "snmp.name", oid, "Object Name";
    DATA: "snmp.data", u32, "data";
    GET_REQUEST_ELEMENT: "snmp.get_request_element", none, "get-request";
    GET_NEXT_REQUEST_ELEMENT: "snmp.get_next_request_element", none, "get-next-request";
    GET_RESPONSE_ELEMENT: "snmp.get_response_element", none, "get-response";
    SET_REQUEST_ELEMENT: "snmp.set_request_element", none, "set-request";
    SNMP_V2_TRAP_ELEMENT: "snmp.snmpV2_trap_element", none, "snmpV2-trap";
    TRAP_ELEMENT: "snmp.trap_element", none, "trap";
    VARIABLE_BINDINGS: "snmp.variable_bindings", u32, "variable-bindings";
}
