//! Windows `netstat`.

mod connections;
mod layouts;
mod owner;
mod row;
mod statistics;

pub(crate) use connections::Connections;
pub(crate) use statistics::Statistics;
