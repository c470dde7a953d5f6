//! Lightweight Directory Access Protocol.

use crate::declare::fields;
use crate::extract::asn1::{Element, elements};
use crate::extract::{Bytes, Context, Length, Out};
use crate::protocols::spnego;

fields! {
    level Applications;
    PROTOCOL: "ldap", protocol, "Lightweight Directory Access Protocol";
    LDAPMESSAGE_ELEMENT: "ldap.LDAPMessage_element", none, "LDAPMessage";
    MESSAGE_ID: "ldap.messageID", u32, "messageID";
    PROTOCOL_OP: "ldap.protocolOp", u32, "protocolOp" labels "ldap-operation";
    BIND_REQUEST_ELEMENT: "ldap.bindRequest_element", none, "bindRequest";
    VERSION: "ldap.version", u32, "version";
    NAME: "ldap.name", text, "name";
    AUTHENTICATION: "ldap.authentication", u32, "authentication" labels "ldap-authentication";
    SIMPLE: "ldap.simple", text, "simple";
    BASE_OBJECT: "ldap.baseObject", text, "baseObject";
    SCOPE: "ldap.scope", u32, "scope" labels "ldap-scope";
    RESULT_CODE: "ldap.resultCode", u32, "resultCode" labels "ldap-result";
    MATCHED_DN: "ldap.matchedDN", text, "matchedDN";
    ERROR_MESSAGE: "ldap.errorMessage", text, "errorMessage";
    OBJECT_NAME: "ldap.objectName", text, "objectName";
    TYPE: "ldap.type", text, "type";
    FILTER: "ldap.filter", u32, "filter" labels "ldap-filter";
    ATTRIBUTE_DESCRIPTION: "ldap.AttributeDescription", text, "AttributeDescription";
    ATTRIBUTE_DESC: "ldap.attributeDesc", text, "attributeDesc";
    ASSERTION_VALUE: "ldap.assertionValue", text, "assertionValue";
    PRESENT: "ldap.present", text, "present";
    RESPONSE_TO: "ldap.response_to", frame_number, "Response To";
    TIME: "ldap.time", span, "Time";
    MECHANISM: "ldap.mechanism", text, "mechanism";
    REQUEST_NAME: "ldap.requestName", text, "requestName";
    CLDAP: "cldap", protocol, "Connectionless Lightweight Directory Access Protocol";
}

/// Tags of operations (RFC 4511 4.2 and following), with class and form.
const BIND_REQUEST: u8 = 0x60;
const BIND_RESPONSE: u8 = 0x61;
const SEARCH_REQUEST: u8 = 0x63;
const SEARCH_ENTRY: u8 = 0x64;
const SEARCH_DONE: u8 = 0x65;
const EXTENDED_REQUEST: u8 = 0x77;
const EXTENDED_RESPONSE: u8 = 0x78;
/// The name of a request and the code of success (RFC 4511 4.12, 4.1.9).
const REQUEST_NAME_TAG: u8 = 0x80;
const SUCCESS: i64 = 0;
/// What a client asks for that wants to go on in TLS (RFC 4511 4.14.1).
const START_TLS: &[u8] = b"1.3.6.1.4.1.1466.20037";

/// How long the message is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    match bytes.first() {
        Some(0x30) => Element::first(Bytes(bytes)).map_or(Length::OneMoreSegment, |element| Length::Known(element.bytes)),
        // Security layers put a length before each message.
        _ => crate::extract::services::behind(bytes, 0, 4, 4),
    }
}

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    single(message, context, out);
}

/// The same over UDP.
pub(crate) fn datagram<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(CLDAP, message.0);
    single(message, context, out);
}

fn single<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    let Some(envelope) = Element::first(message).filter(|element| element.tag == 0x30) else { return };
    out.present(LDAPMESSAGE_ELEMENT);
    let mut parts = elements(envelope.value);
    let id = parts.next().and_then(Element::number);
    out.number(MESSAGE_ID, id.map(|id| id as u64));
    let Some(operation) = parts.next() else { return };
    out.number(PROTOCOL_OP, Some(operation.tag & 0x1f));
    pairing(id.unwrap_or_default() as u64, operation.tag, context, out);
    upgrade(operation, context);
    self::operation(operation, out);
}

/// Whether the connection turns into TLS.
fn upgrade(operation: Element<'_>, context: &mut Context<'_>) {
    let first = elements(operation.value).next();
    match operation.tag {
        EXTENDED_REQUEST if first.is_some_and(|name| name.tag == REQUEST_NAME_TAG && name.value.0 == START_TLS) => {
            context.asks_for_tls();
        }
        EXTENDED_RESPONSE => context.answers(first.and_then(Element::number) == Some(SUCCESS)),
        _ => {}
    }
}

fn pairing(id: u64, tag: u8, context: &mut Context<'_>, out: &mut Out<'_, '_, '_>) {
    let is_request = matches!(tag & 0x1f, 0 | 3 | 6 | 8 | 10 | 12 | 14 | 23);
    if is_request {
        context.ask(id);
    } else if let Some(question) = context.asked(id) {
        out.number(RESPONSE_TO, Some(question.frame));
        out.span(TIME, context.since(question.time));
    }
}

fn operation<'a>(operation: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    let parts: Vec<_> = elements(operation.value).take(16).collect();
    match (operation.tag, parts.as_slice()) {
        (BIND_REQUEST, [version, name, authentication, ..]) => {
            out.present(BIND_REQUEST_ELEMENT);
            out.number(VERSION, version.number().map(|number| number as u64));
            out.text(NAME, Some(name.value.0));
            out.number(AUTHENTICATION, Some(authentication.tag & 0x1f));
            match authentication.tag {
                0x80 => out.text(SIMPLE, Some(authentication.value.0)),
                0xa3 => sasl(*authentication, out),
                _ => {}
            }
        }
        (BIND_RESPONSE | SEARCH_DONE | 0x67..=0x6f | EXTENDED_RESPONSE, [code, matched, message, ..]) => {
            out.number(RESULT_CODE, code.number().map(|number| number as u64));
            out.text(MATCHED_DN, Some(matched.value.0));
            out.text(ERROR_MESSAGE, Some(message.value.0));
            // The server's part of logging on (RFC 4511 4.2.2).
            if let Some(credentials) = parts.iter().find(|part| operation.tag == BIND_RESPONSE && part.tag == 0x87) {
                spnego::extract(credentials.value, out);
            }
        }
        (SEARCH_REQUEST, [base, scope, .., filter, attributes]) => {
            out.text(BASE_OBJECT, Some(base.value.0));
            out.number(SCOPE, scope.number().map(|number| number as u64));
            self::filter(*filter, 0, out);
            elements(attributes.value).for_each(|name| out.text(ATTRIBUTE_DESCRIPTION, Some(name.value.0)));
        }
        (EXTENDED_REQUEST, [name, ..]) if name.tag == REQUEST_NAME_TAG => out.text(REQUEST_NAME, Some(name.value.0)),
        (SEARCH_ENTRY, [name, attributes, ..]) => {
            out.text(OBJECT_NAME, Some(name.value.0));
            elements(attributes.value).for_each(|attribute| out.text(TYPE, attribute.inner().map(|name| name.value.0)));
        }
        _ => {}
    }
}

/// How somebody logs on, and with what (RFC 4511 4.2).
fn sasl<'a>(authentication: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    let mut parts = elements(authentication.value);
    out.text(MECHANISM, parts.next().map(|mechanism| mechanism.value.0));
    if let Some(credentials) = parts.next() {
        spnego::extract(credentials.value, out);
    }
}

/// RFC 4511 4.5.1.7.
fn filter<'a>(element: Element<'a>, depth: usize, out: &mut Out<'_, '_, 'a>) {
    out.number(FILTER, Some(element.tag & 0x1f));
    match element.tag & 0x1f {
        0..=2 if depth < crate::extract::asn1::MOST_DEPTH => {
            elements(element.value).for_each(|inner| filter(inner, depth + 1, out));
        }
        3 | 5 | 6 => {
            let mut parts = elements(element.value);
            out.text(ATTRIBUTE_DESC, parts.next().map(|name| name.value.0));
            out.text(ASSERTION_VALUE, parts.next().map(|value| value.value.0));
        }
        7 => out.text(PRESENT, Some(element.value.0)),
        _ => {}
    }
}
