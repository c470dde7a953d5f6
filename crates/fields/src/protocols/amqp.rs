//! Advanced Message Queuing Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL_VALUE: "amqp", protocol, "Advanced Message Queuing Protocol";
}
