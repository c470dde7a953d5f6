//! Peers among themselves: files, coins, games, devices on the same network.

pub(crate) mod bitcoin;
pub mod bittorrent;
pub mod dht;
pub(crate) mod dropbox;
pub(crate) mod local_discovery;
pub(crate) mod raknet;
pub(crate) mod spotify;
pub(crate) mod steam;
pub(crate) mod stratum;
pub(crate) mod tracker;
pub(crate) mod utp;
