//! Table `AddressNames`.

use std::net::IpAddr;

use whotalks_record::{AddressName, Span, Text};

use crate::declare::{columns, table};

table! {
    /// Names that capture files give addresses: entries of pcapng Name Resolution Blocks.
    pub struct AddressNames(Observed);
    AddressName as entry {
        /// The block.
        Block: Span [Reader] = entry.span;
        /// The address.
        Address: IpAddr [Evidence] = entry.address;
        /// The name, as written.
        Name: Text [Evidence lookup] = entry.name;
    } => AddressName {
        span: Block,
        address: Address,
        name: Name,
    }
}
