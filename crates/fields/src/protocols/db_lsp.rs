//! Dropbox LAN sync Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Out};
use crate::protocols::data;

fields! {
    level Applications;
    PROTOCOL: "db-lsp-disc", protocol, "Dropbox LAN sync Discovery Protocol";
}

/// The announcement that `message` is: JSON.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    out.protocol(data::JSON, message.0);
}
