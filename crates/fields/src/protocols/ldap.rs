//! Lightweight Directory Access Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "ldap", protocol, "Lightweight Directory Access Protocol";
    LDAPMESSAGE_ELEMENT: "ldap.LDAPMessage_element", none, "LDAPMessage";
    MESSAGE_ID: "ldap.messageID", u32, "messageID";
    PROTOCOL_OP: "ldap.protocolOp", u32, "protocolOp";
    BIND_REQUEST_ELEMENT: "ldap.bindRequest_element", none, "bindRequest";
    VERSION: "ldap.version", u32, "version";
    NAME: "ldap.name", text, "name";
    AUTHENTICATION: "ldap.authentication", u32, "authentication";
    SIMPLE: "ldap.simple", text, "simple";
    BASE_OBJECT: "ldap.baseObject", text, "baseObject";
    SCOPE: "ldap.scope", u32, "scope";
    RESULT_CODE: "ldap.resultCode", u32, "resultCode";
    MATCHED_DN: "ldap.matchedDN", text, "matchedDN";
    ERROR_MESSAGE: "ldap.errorMessage", text, "errorMessage";
    OBJECT_NAME: "ldap.objectName", text, "objectName";
    TYPE: "ldap.type", text, "type";
    FILTER: "ldap.filter", u32, "filter";
    ATTRIBUTE_DESCRIPTION: "ldap.AttributeDescription", text, "AttributeDescription";
    ATTRIBUTE_DESC: "ldap.attributeDesc", text, "attributeDesc";
    ASSERTION_VALUE: "ldap.assertionValue", text, "assertionValue";
    PRESENT: "ldap.present", text, "present";
    RESPONSE_TO: "ldap.response_to", frame_number, "Response To";
    RESPONSE_IN: "ldap.response_in", frame_number, "Response In";
    TIME: "ldap.time", span, "Time";
    MECHANISM: "ldap.mechanism", text, "mechanism";
    CLDAP: "cldap", protocol, "Connectionless Lightweight Directory Access Protocol";
}
