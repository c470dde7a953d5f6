//! NetBIOS Session Service.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "nbss", protocol, "NetBIOS Session Service";
    TYPE: "nbss.type", x8, "Message Type";
    LENGTH: "nbss.length", u24, "Length";
    CALLED_NAME: "nbss.called_name", text, "Called name";
    CALLING_NAME: "nbss.calling_name", text, "Calling name";
}
