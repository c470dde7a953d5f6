//! Simple Service Discovery Protocol (UPnP Device Architecture 2.0).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL_VALUE: "ssdp", protocol, "Simple Service Discovery Protocol";
}
