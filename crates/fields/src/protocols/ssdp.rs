//! Simple Service Discovery Protocol (UPnP Device Architecture 2.0).

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "ssdp", protocol, "Simple Service Discovery Protocol";
}
