//! ISO transport and what runs machines.

pub(crate) mod bacnet;
pub(crate) mod coap;
pub mod cotp;
pub(crate) mod dnp3;
pub(crate) mod ethernet_ip;
pub(crate) mod iec104;
pub mod modbus;
pub(crate) mod opcua;
pub(crate) mod s7comm;
