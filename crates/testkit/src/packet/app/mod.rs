//! What applications put into segments and datagrams.

pub(crate) mod dns;
pub(crate) mod http;
pub(crate) mod socks;
pub(crate) mod tls;
