//! Messages between programs, and between people.

pub(crate) mod amqp;
pub(crate) mod dotnet_framing;
pub(crate) mod irc;
pub mod mqtt;
pub(crate) mod nats;
pub(crate) mod xmpp;
