//! What Windows networks speak among themselves.

pub(crate) mod delivery_optimization;
pub mod kerberos;
pub mod ldap;
pub mod msrpc;
pub(crate) mod nbdgm;
pub mod nbns;
pub mod nbss;
pub mod smb;
