//! Kerberos.

use whotalks_record::Timestamp;

use crate::declare::fields;
use crate::extract::{Bytes, Context, Out};
use crate::extract::asn1::{Element, elements};

fields! {
    level Applications;
    PROTOCOL: "kerberos", protocol, "Kerberos";
    MSG_TYPE: "kerberos.msg_type", i32, "msg-type" labels "kerberos-message";
    PVNO: "kerberos.pvno", u32, "pvno";
    REALM: "kerberos.realm", text, "realm";
    CREALM: "kerberos.crealm", text, "crealm";
    CNAME_STRING: "kerberos.CNameString", text, "CNameString";
    SNAME_STRING: "kerberos.SNameString", text, "SNameString";
    CNAMESTRING: "kerberos.cname_string", u32, "cname-string";
    SNAMESTRING: "kerberos.sname_string", u32, "sname-string";
    NAME_TYPE: "kerberos.name_type", i32, "name-type" labels "kerberos-name-type";
    ETYPE: "kerberos.etype", i32, "etype" labels "kerberos-encryption";
    ERROR_CODE: "kerberos.error_code", i32, "error-code" labels "kerberos-error";
    TILL: "kerberos.till", time, "till";
    NONCE: "kerberos.nonce", u32, "nonce";
    CIPHER: "kerberos.cipher", bytes, "cipher";
    KVNO: "kerberos.kvno", u32, "kvno";
    KDC_OPTIONS: "kerberos.kdc_options", bytes, "kdc-options";
    PADATA_TYPE: "kerberos.padata_type", i32, "padata-type" labels "kerberos-padata";
    STIME: "kerberos.stime", time, "stime";
    RM_LENGTH: "kerberos.rm.length", u32, "Record Length";
}

/// What an element means depends on the message or structure around it (RFC 4120 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    KdcRequest,
    RequestBody,
    KdcReply,
    ApRequest,
    ApReply,
    Error,
    Ticket,
}

/// Application tags of messages (RFC 4120 5.10), with class and form.
const TICKET: u8 = 0x61;
const AS_REQUEST: u8 = 0x6a;
const AS_REPLY: u8 = 0x6b;
const TGS_REQUEST: u8 = 0x6c;
const TGS_REPLY: u8 = 0x6d;
const AP_REQUEST: u8 = 0x6e;
const AP_REPLY: u8 = 0x6f;
const ERROR: u8 = 0x7e;

/// A message behind its length, as TCP carries it (RFC 4120 7.2.2).
pub(crate) fn stream<'a>(message: Bytes<'a>, _: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.number(RM_LENGTH, message.be(0, 4));
    extract(message.from(4), out);
}

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, message.0);
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    if let Some(element) = Element::first(message) {
        self::message(element, out);
    }
}

fn message<'a>(element: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    let around = match element.tag {
        AS_REQUEST | TGS_REQUEST => Around::KdcRequest,
        AS_REPLY | TGS_REPLY => Around::KdcReply,
        AP_REQUEST => Around::ApRequest,
        AP_REPLY => Around::ApReply,
        ERROR => Around::Error,
        TICKET => Around::Ticket,
        _ => return,
    };
    parts(element, around, out);
}

/// The tagged parts of the sequence within an element.
fn parts<'a>(element: Element<'a>, around: Around, out: &mut Out<'_, '_, 'a>) {
    let Some(sequence) = element.inner() else { return };
    for part in elements(sequence.value) {
        let Some(value) = part.inner() else { continue };
        self::part(part.tag & 0x1f, value, around, out);
    }
}

fn part<'a>(number: u8, value: Element<'a>, around: Around, out: &mut Out<'_, '_, 'a>) {
    use Around::{ApReply, ApRequest, Error, KdcReply, KdcRequest, RequestBody, Ticket};
    match (around, number) {
        (KdcRequest, 1) | (KdcReply | ApRequest | ApReply | Error, 0) => out.number(PVNO, unsigned(value)),
        (KdcRequest, 2) | (KdcReply | ApRequest | ApReply | Error, 1) => out.signed(MSG_TYPE, value.number()),
        (KdcRequest, 3) | (KdcReply, 2) => padata(value, out),
        (KdcRequest, 4) => body(value, out),
        (RequestBody, 0) => out.bytes(KDC_OPTIONS, value.value.slice(1, 4)),
        (RequestBody, 1) | (KdcReply, 4) | (Error, 8) => principal(value, CNAMESTRING, CNAME_STRING, out),
        (RequestBody, 2) | (Ticket, 1) | (Error, 9) => out.text(REALM, Some(value.value.0)),
        (RequestBody, 3) | (Ticket, 2) | (Error, 10) => principal(value, SNAMESTRING, SNAME_STRING, out),
        (RequestBody, 5) => out.time(TILL, time(value)),
        (RequestBody, 7) => out.number(NONCE, unsigned(value)),
        (RequestBody, 8) => elements(value.value).for_each(|etype| out.signed(ETYPE, etype.number())),
        (KdcReply, 3) | (Error, 7) => out.text(CREALM, Some(value.value.0)),
        (KdcReply, 5) | (ApRequest, 3) => message(value, out),
        (KdcReply, 6) | (ApRequest, 4) | (ApReply, 2) | (Ticket, 3) => encrypted(value, out),
        (Error, 4) => out.time(STIME, time(value)),
        (Error, 6) => out.signed(ERROR_CODE, value.number()),
        _ => {}
    }
}

fn unsigned(value: Element<'_>) -> Option<u64> {
    value.number().map(|number| number as u32 as u64)
}

/// The sequence of the request's body is not tagged itself.
fn body<'a>(value: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    for part in elements(value.value) {
        if let Some(inner) = part.inner() {
            self::part(part.tag & 0x1f, inner, Around::RequestBody, out);
        }
    }
}

fn padata<'a>(value: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    const TGS_REQUEST_DATA: i64 = 1;
    for entry in elements(value.value) {
        let kind = entry.tagged(0xa1).and_then(Element::inner).and_then(Element::number);
        out.signed(PADATA_TYPE, kind);
        let data = entry.tagged(0xa2).and_then(Element::inner);
        if let (Some(TGS_REQUEST_DATA), Some(request)) = (kind, data.and_then(Element::inner)) {
            message(request, out);
        }
    }
}

fn principal<'a>(value: Element<'a>, count: crate::FieldId, part: crate::FieldId, out: &mut Out<'_, '_, 'a>) {
    out.signed(NAME_TYPE, value.tagged(0xa0).and_then(Element::inner).and_then(Element::number));
    let Some(names) = value.tagged(0xa1).and_then(Element::inner) else { return };
    out.count(count, elements(names.value).count());
    elements(names.value).for_each(|name| out.text(part, Some(name.value.0)));
}

fn encrypted<'a>(value: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    for entry in elements(value.value) {
        let Some(inner) = entry.inner() else { continue };
        match entry.tag & 0x1f {
            0 => out.signed(ETYPE, inner.number()),
            1 => out.number(KVNO, unsigned(inner)),
            2 => out.bytes(CIPHER, Some(inner.value.0)),
            _ => {}
        }
    }
}

/// `20231108120000Z`.
fn time(value: Element<'_>) -> Option<Timestamp> {
    let text = std::str::from_utf8(value.value.0).ok()?;
    let time = jiff::civil::DateTime::strptime("%Y%m%d%H%M%SZ", text).ok()?;
    let seconds = time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
    Some(Timestamp::from_seconds(seconds, 0))
}
