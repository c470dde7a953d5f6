//! Advanced Message Queuing Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "amqp", protocol, "Advanced Message Queuing Protocol";
}
