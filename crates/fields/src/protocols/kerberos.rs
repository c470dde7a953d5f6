//! Kerberos.

use whotalks_record::Timestamp;

use crate::declare::fields;
use crate::extract::{Bytes, Context, Out, Place};
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
    AS_REQ_ELEMENT: "kerberos.as_req_element", none, "as-req";
    AS_REP_ELEMENT: "kerberos.as_rep_element", none, "as-rep";
    TGS_REQ_ELEMENT: "kerberos.tgs_req_element", none, "tgs-req";
    TGS_REP_ELEMENT: "kerberos.tgs_rep_element", none, "tgs-rep";
    AP_REQ_ELEMENT: "kerberos.ap_req_element", none, "ap-req";
    AP_REP_ELEMENT: "kerberos.ap_rep_element", none, "ap-rep";
    KRB_ERROR_ELEMENT: "kerberos.krb_error_element", none, "krb-error";
    TICKET_ELEMENT: "kerberos.ticket_element", none, "ticket";
    TKT_VNO: "kerberos.tkt_vno", u32, "tkt-vno";
    ENC_PART_ELEMENT: "kerberos.enc_part_element", none, "enc-part";
    AUTHENTICATOR_ELEMENT: "kerberos.authenticator_element", none, "authenticator";
    PADATA: "kerberos.padata", u32, "padata";
    PA_DATA_ELEMENT: "kerberos.PA_DATA_element", none, "PA-DATA";
    PADATA_VALUE: "kerberos.padata_value", bytes, "padata-value";
    REQ_BODY_ELEMENT: "kerberos.req_body_element", none, "req-body";
    CNAME_ELEMENT: "kerberos.cname_element", none, "cname";
    SNAME_ELEMENT: "kerberos.sname_element", none, "sname";
    BODY_ETYPE: "kerberos.kdc-req-body.etype", u32, "etype";
    ENCTYPE: "kerberos.ENCTYPE", i32, "ENCTYPE" labels "kerberos-encryption";
    FROM: "kerberos.from", time, "from";
    RTIME: "kerberos.rtime", time, "rtime";
    CTIME: "kerberos.ctime", time, "ctime";
    CUSEC: "kerberos.cusec", u32, "cusec";
    SUSEC: "kerberos.susec", u32, "susec";
    E_TEXT: "kerberos.e_text", text, "e-text";
    E_DATA: "kerberos.e_data", bytes, "e-data";
    AP_OPTIONS: "kerberos.ap_options", bytes, "ap-options";
    AP_OPTIONS_USE_SESSION_KEY: "kerberos.APOptions.use.session.key", boolean, "use-session-key";
    AP_OPTIONS_MUTUAL_REQUIRED: "kerberos.APOptions.mutual.required", boolean, "mutual-required";
    KDC_OPTIONS_FORWARDABLE: "kerberos.KDCOptions.forwardable", boolean, "forwardable";
    KDC_OPTIONS_FORWARDED: "kerberos.KDCOptions.forwarded", boolean, "forwarded";
    KDC_OPTIONS_PROXIABLE: "kerberos.KDCOptions.proxiable", boolean, "proxiable";
    KDC_OPTIONS_PROXY: "kerberos.KDCOptions.proxy", boolean, "proxy";
    KDC_OPTIONS_ALLOW_POSTDATE: "kerberos.KDCOptions.allow.postdate", boolean, "allow-postdate";
    KDC_OPTIONS_POSTDATED: "kerberos.KDCOptions.postdated", boolean, "postdated";
    KDC_OPTIONS_RENEWABLE: "kerberos.KDCOptions.renewable", boolean, "renewable";
    KDC_OPTIONS_OPT_HARDWARE_AUTH: "kerberos.KDCOptions.opt.hardware.auth", boolean, "opt-hardware-auth";
    KDC_OPTIONS_CONSTRAINED_DELEGATION: "kerberos.KDCOptions.constrained.delegation", boolean, "constrained-delegation";
    KDC_OPTIONS_CANONICALIZE: "kerberos.KDCOptions.canonicalize", boolean, "canonicalize";
    KDC_OPTIONS_REQUEST_ANONYMOUS: "kerberos.KDCOptions.request.anonymous", boolean, "request-anonymous";
    KDC_OPTIONS_DISABLE_TRANSITED_CHECK: "kerberos.KDCOptions.disable.transited.check", boolean, "disable-transited-check";
    KDC_OPTIONS_RENEWABLE_OK: "kerberos.KDCOptions.renewable.ok", boolean, "renewable-ok";
    KDC_OPTIONS_ENC_TKT_IN_SKEY: "kerberos.KDCOptions.enc.tkt.in.skey", boolean, "enc-tkt-in-skey";
    KDC_OPTIONS_RENEW: "kerberos.KDCOptions.renew", boolean, "renew";
    KDC_OPTIONS_VALIDATE: "kerberos.KDCOptions.validate", boolean, "validate";
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

/// A message within the token of another protocol, of which Wireshark makes no layer.
pub(crate) fn within<'a>(message: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.part(PROTOCOL, message.0);
    if let Some(element) = Element::first(message).filter(|_| out.wants_any(FIELDS, PROTOCOL)) {
        self::message(element, out);
    }
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
    let (id, around) = match element.tag {
        AS_REQUEST => (AS_REQ_ELEMENT, Around::KdcRequest),
        TGS_REQUEST => (TGS_REQ_ELEMENT, Around::KdcRequest),
        AS_REPLY => (AS_REP_ELEMENT, Around::KdcReply),
        TGS_REPLY => (TGS_REP_ELEMENT, Around::KdcReply),
        AP_REQUEST => (AP_REQ_ELEMENT, Around::ApRequest),
        AP_REPLY => (AP_REP_ELEMENT, Around::ApReply),
        ERROR => (KRB_ERROR_ELEMENT, Around::Error),
        TICKET => (TICKET_ELEMENT, Around::Ticket),
        _ => return,
    };
    out.present(id);
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
        (RequestBody, 0) => request_options(value, out),
        (ApRequest, 2) => options(value, out),
        (RequestBody, 1) | (KdcReply, 4) | (Error, 8) => {
            principal(value, [CNAME_ELEMENT, CNAMESTRING, CNAME_STRING], out);
        }
        (RequestBody, 2) | (Ticket, 1) | (Error, 9) => out.text(REALM, Some(value.value.0)),
        (RequestBody, 3) | (Ticket, 2) | (Error, 10) => {
            principal(value, [SNAME_ELEMENT, SNAMESTRING, SNAME_STRING], out);
        }
        (Ticket, 0) => out.number(TKT_VNO, unsigned(value)),
        (RequestBody, 7) => out.number(NONCE, unsigned(value)),
        (RequestBody, 8) => {
            out.count(BODY_ETYPE, elements(value.value).count());
            elements(value.value).for_each(|etype| out.signed(ENCTYPE, etype.number()));
        }
        (KdcReply, 3) | (Error, 7) => out.text(CREALM, Some(value.value.0)),
        (KdcReply, 5) | (ApRequest, 3) => message(value, out),
        (KdcReply, 6) | (ApReply, 2) | (Ticket, 3) => encrypted(ENC_PART_ELEMENT, value, out),
        (ApRequest, 4) => encrypted(AUTHENTICATOR_ELEMENT, value, out),
        _ => moment_or_error(around, number, value, out),
    }
}

/// Times, and what an error says.
fn moment_or_error<'a>(around: Around, number: u8, value: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    use Around::{Error, RequestBody};
    match (around, number) {
        (RequestBody, 4) => out.time(FROM, time(value)),
        (RequestBody, 5) => out.time(TILL, time(value)),
        (RequestBody, 6) => out.time(RTIME, time(value)),
        (Error, 2) => out.time(CTIME, time(value)),
        (Error, 3) => out.number(CUSEC, unsigned(value)),
        (Error, 4) => out.time(STIME, time(value)),
        (Error, 5) => out.number(SUSEC, unsigned(value)),
        (Error, 6) => out.signed(ERROR_CODE, value.number()),
        (Error, 11) => out.text(E_TEXT, Some(value.value.0)),
        (Error, 12) => out.bytes(E_DATA, Some(value.value.0)),
        _ => {}
    }
}

/// RFC 4120 5.4.1; bits count from the most significant one.
fn request_options<'a>(value: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    let bits = value.value.from(1);
    out.bytes(KDC_OPTIONS, bits.slice(0, 4));
    let named = [
        (KDC_OPTIONS_FORWARDABLE, 30),
        (KDC_OPTIONS_FORWARDED, 29),
        (KDC_OPTIONS_PROXIABLE, 28),
        (KDC_OPTIONS_PROXY, 27),
        (KDC_OPTIONS_ALLOW_POSTDATE, 26),
        (KDC_OPTIONS_POSTDATED, 25),
        (KDC_OPTIONS_RENEWABLE, 23),
        (KDC_OPTIONS_OPT_HARDWARE_AUTH, 20),
        (KDC_OPTIONS_CONSTRAINED_DELEGATION, 17),
        (KDC_OPTIONS_CANONICALIZE, 16),
        (KDC_OPTIONS_REQUEST_ANONYMOUS, 15),
        (KDC_OPTIONS_DISABLE_TRANSITED_CHECK, 5),
        (KDC_OPTIONS_RENEWABLE_OK, 4),
        (KDC_OPTIONS_ENC_TKT_IN_SKEY, 3),
        (KDC_OPTIONS_RENEW, 1),
        (KDC_OPTIONS_VALIDATE, 0),
    ];
    named.into_iter().for_each(|(id, bit)| out.layout(bits, &[Place::bits(id, 0, 4, 1 << bit)]));
}

/// RFC 4120 5.5.1.
fn options<'a>(value: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    let bits = value.value.from(1);
    out.bytes(AP_OPTIONS, bits.slice(0, 4));
    out.layout(
        bits,
        &[
            Place::bits(AP_OPTIONS_USE_SESSION_KEY, 0, 1, 0x40),
            Place::bits(AP_OPTIONS_MUTUAL_REQUIRED, 0, 1, 0x20),
        ],
    );
}

fn unsigned(value: Element<'_>) -> Option<u64> {
    value.number().map(|number| number as u32 as u64)
}

/// The sequence of the request's body is not tagged itself.
fn body<'a>(value: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(REQ_BODY_ELEMENT);
    for part in elements(value.value) {
        if let Some(inner) = part.inner() {
            self::part(part.tag & 0x1f, inner, Around::RequestBody, out);
        }
    }
}

fn padata<'a>(value: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    const TGS_REQUEST_DATA: i64 = 1;
    out.count(PADATA, elements(value.value).count());
    for entry in elements(value.value) {
        out.present(PA_DATA_ELEMENT);
        let kind = entry.tagged(0xa1).and_then(Element::inner).and_then(Element::number);
        out.signed(PADATA_TYPE, kind);
        let data = entry.tagged(0xa2).and_then(Element::inner);
        out.bytes(PADATA_VALUE, data.map(|data| data.value.0));
        if let (Some(TGS_REQUEST_DATA), Some(request)) = (kind, data.and_then(Element::inner)) {
            message(request, out);
        }
    }
}

fn principal<'a>(value: Element<'a>, [whole, count, part]: [crate::FieldId; 3], out: &mut Out<'_, '_, 'a>) {
    out.present(whole);
    out.signed(NAME_TYPE, value.tagged(0xa0).and_then(Element::inner).and_then(Element::number));
    let Some(names) = value.tagged(0xa1).and_then(Element::inner) else { return };
    out.count(count, elements(names.value).count());
    elements(names.value).for_each(|name| out.text(part, Some(name.value.0)));
}

fn encrypted<'a>(id: crate::FieldId, value: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(id);
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
