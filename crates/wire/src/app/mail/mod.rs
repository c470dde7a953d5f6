//! Mail and news.

pub mod imap;
pub mod line;
pub(crate) mod nntp;
pub mod pop3;
pub mod smtp;
