//! Files and versions of files.

pub mod ftp;
pub(crate) mod git;
pub(crate) mod iscsi;
pub mod onc_rpc;
pub(crate) mod rsync;
pub mod tftp;
