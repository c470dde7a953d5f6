//! Fields of events whose export kept no names: rendered messages and bare lists of values.

mod message;
mod positions;

pub(crate) use message::fields as fields_of_message;
pub(crate) use positions::name_properties;
