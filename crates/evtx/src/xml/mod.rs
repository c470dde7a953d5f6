//! Events as XML.

mod event;

pub(crate) use event::parse_event;
