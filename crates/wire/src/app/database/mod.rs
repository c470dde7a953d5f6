//! Databases and caches.

pub(crate) mod cassandra;
pub(crate) mod memcached;
pub(crate) mod mongodb;
pub mod mysql;
pub(crate) mod oracle;
pub mod postgresql;
pub(crate) mod redis;
pub(crate) mod sql_browser;
pub mod tds;
