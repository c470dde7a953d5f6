//! Logical-Link Control.

use crate::declare::fields;

fields! {
    level Headers;
    PROTOCOL_VALUE: "llc", protocol, "Logical-Link Control";
    DSAP: "llc.dsap", x8, "DSAP";
    SSAP: "llc.ssap", x8, "SSAP";
    CONTROL: "llc.control", x16, "Control";
    OUI: "llc.oui", u24, "Organization Code";
    TYPE: "llc.type", x16, "Type";
    PID: "llc.pid", x16, "Protocol ID";
    STP: "stp", protocol, "Spanning Tree Protocol";
    STP_TYPE: "stp.type", x8, "BPDU Type";
    STP_VERSION: "stp.version", u8, "Protocol Version Identifier";
    STP_ROOT_HW: "stp.root.hw", ethernet, "Root Bridge System ID";
    STP_BRIDGE_HW: "stp.bridge.hw", ethernet, "Bridge System ID";
    STP_PORT: "stp.port", x16, "Port identifier";
    STP_ROOT_COST: "stp.root.cost", u32, "Root Path Cost";
    CDP: "cdp", protocol, "Cisco Discovery Protocol";
    CDP_DEVICEID: "cdp.deviceid", text, "Device ID";
    CDP_PLATFORM: "cdp.platform", text, "Platform";
    CDP_PORTID: "cdp.portid", text, "Sent through Interface";
    LLDP: "lldp", protocol, "Link Layer Discovery Protocol";
    LLDP_TLV_TYPE: "lldp.tlv.type", u16, "TLV Type";
}
