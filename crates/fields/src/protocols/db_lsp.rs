//! Dropbox LAN sync Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "db-lsp", protocol, "Dropbox LAN sync Protocol";
    DB_LSP_DISC: "db-lsp-disc", protocol, "Dropbox LAN sync Discovery Protocol";
}
