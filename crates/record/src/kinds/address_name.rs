//! A name that a capture file gives an address.

use std::net::IpAddr;

use crate::{Span, Text};

/// An entry of a pcapng Name Resolution Block: what the machine that wrote the file took the address for. Its origin (DNS,
/// a hosts file, a person) is not stated.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressName {
    /// The block.
    pub span: Span,
    /// The address.
    pub address: IpAddr,
    /// The name, as written.
    pub name: Text,
}
