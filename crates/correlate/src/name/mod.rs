//! The name of a far end: the ladder, with all candidates kept.

mod cache_index;
mod capture_names;
mod dns_index;
mod encrypted_dns;
mod in_flow;
mod ladder;
mod resolver_index;

pub(crate) use cache_index::CacheIndex;
pub(crate) use capture_names::CaptureNames;
pub(crate) use dns_index::DnsIndex;
pub(crate) use encrypted_dns::{EncryptedDns, is_resolver_port};
pub(crate) use in_flow::in_flow;
pub(crate) use ladder::climb;
pub(crate) use resolver_index::ResolverIndex;
