//! Domain Name System (RFC 1035).

use whotalks_bytes::Cursor;
use whotalks_wire::app::dns;

mod security;

use crate::declare::fields;
use crate::extract::{Bytes, Context, Out, Place};
use crate::protocols::{llmnr, mdns};

fields! {
    level Applications;
    PROTOCOL: "dns", protocol, "Domain Name System";
    ID: "dns.id", x16, "Transaction ID";
    LENGTH: "dns.length", u16, "Length";
    FLAGS: "dns.flags", x16, "Flags";
    FLAGS_RESPONSE: "dns.flags.response", boolean, "Response" labels "dns-response";
    FLAGS_OPCODE: "dns.flags.opcode", u16, "Opcode" labels "dns-opcode";
    FLAGS_AUTHORITATIVE: "dns.flags.authoritative", boolean, "Authoritative";
    FLAGS_TRUNCATED: "dns.flags.truncated", boolean, "Truncated";
    FLAGS_RECDESIRED: "dns.flags.recdesired", boolean, "Recursion desired";
    FLAGS_RECAVAIL: "dns.flags.recavail", boolean, "Recursion available";
    FLAGS_Z: "dns.flags.z", boolean, "Z";
    FLAGS_AUTHENTICATED: "dns.flags.authenticated", boolean, "Answer authenticated" labels "set";
    FLAGS_CHECKDISABLE: "dns.flags.checkdisable", boolean, "Non-authenticated data";
    FLAGS_RCODE: "dns.flags.rcode", u16, "Reply code" labels "dns-rcode";
    COUNT_QUERIES: "dns.count.queries", u16, "Questions";
    COUNT_ANSWERS: "dns.count.answers", u16, "Answer RRs";
    COUNT_AUTH_RR: "dns.count.auth_rr", u16, "Authority RRs";
    COUNT_ADD_RR: "dns.count.add_rr", u16, "Additional RRs";
    QRY_NAME: "dns.qry.name", text, "Name";
    QRY_NAME_LEN: "dns.qry.name.len", u16, "Name Length";
    COUNT_LABELS: "dns.count.labels", u16, "Label Count";
    QRY_TYPE: "dns.qry.type", u16, "Type" labels "dns-type";
    QRY_CLASS: "dns.qry.class", x16, "Class" labels "dns-class";
    QRY_QU: "dns.qry.qu", boolean, "'QU' question";
    RESP_NAME: "dns.resp.name", text, "Name";
    RESP_TYPE: "dns.resp.type", u16, "Type" labels "dns-type";
    RESP_CLASS: "dns.resp.class", x16, "Class" labels "dns-class";
    RESP_CACHE_FLUSH: "dns.resp.cache_flush", boolean, "Cache flush";
    RESP_TTL: "dns.resp.ttl", u32, "Time to live";
    RESP_LEN: "dns.resp.len", u16, "Data length";
    A: "dns.a", ipv4, "Address";
    AAAA: "dns.aaaa", ipv6, "AAAA Address";
    CNAME: "dns.cname", text, "CNAME";
    NS: "dns.ns", text, "Name Server";
    PTR_DOMAIN_NAME: "dns.ptr.domain_name", text, "Domain Name";
    MX_PREFERENCE: "dns.mx.preference", u16, "Preference";
    MX_MAIL_EXCHANGE: "dns.mx.mail_exchange", text, "Mail Exchange";
    TXT: "dns.txt", text, "TXT";
    TXT_LENGTH: "dns.txt.length", u8, "TXT Length";
    SOA_MNAME: "dns.soa.mname", text, "Primary name server";
    SOA_RNAME: "dns.soa.rname", text, "Responsible authority's mailbox";
    SOA_SERIAL_NUMBER: "dns.soa.serial_number", u32, "Serial Number";
    SOA_REFRESH_INTERVAL: "dns.soa.refresh_interval", u32, "Refresh Interval";
    SOA_RETRY_INTERVAL: "dns.soa.retry_interval", u32, "Retry Interval";
    SOA_EXPIRE_LIMIT: "dns.soa.expire_limit", u32, "Expire limit";
    SOA_MINIMUM_TTL: "dns.soa.minimum_ttl", u32, "Minimum TTL";
    SRV_PRIORITY: "dns.srv.priority", u16, "Priority";
    SRV_WEIGHT: "dns.srv.weight", u16, "Weight";
    SRV_PORT: "dns.srv.port", u16, "Port";
    SRV_TARGET: "dns.srv.target", text, "Target";
    SRV_SERVICE: "dns.srv.service", text, "Service";
    SRV_PROTO: "dns.srv.proto", text, "Protocol";
    SRV_NAME: "dns.srv.name", text, "Name";
    RR_UDP_PAYLOAD_SIZE: "dns.rr.udp_payload_size", u16, "UDP payload size";
    RESP_EXT_RCODE: "dns.resp.ext_rcode", x8, "Higher bits in extended RCODE";
    RESP_EDNS0_VERSION: "dns.resp.edns0_version", u8, "EDNS0 version";
    RESP_Z: "dns.resp.z", x16, "Z";
    RESP_Z_DO: "dns.resp.z.do", boolean, "DO bit";
    RESP_Z_RESERVED: "dns.resp.z.reserved", x16, "Reserved";
    OPT: "dns.opt", none, "Option";
    OPT_CODE: "dns.opt.code", u16, "Option Code" labels "dns-opt";
    OPT_LEN: "dns.opt.len", u16, "Option Length";
    OPT_DATA: "dns.opt.data", bytes, "Option Data";
    SVCB_SVCPRIORITY: "dns.svcb.svcpriority", u16, "SvcPriority";
    SVCB_TARGETNAME: "dns.svcb.targetname", text, "TargetName";
    SVCB_SVCPARAM_KEY: "dns.svcb.svcparam.key", u16, "SvcParamKey" labels "dns-svcparam";
    SVCB_SVCPARAM: "dns.svcb.svcparam", none, "SvcParam";
    SVCB_SVCPARAM_VALUE_LENGTH: "dns.svcb.svcparam.value.length", u16, "SvcParamValue length";
    SVCB_SVCPARAM_ALPN_LENGTH: "dns.svcb.svcparam.alpn.length", u8, "ALPN length";
    SVCB_SVCPARAM_ECHCONFIG: "dns.svcb.svcparam.echconfig", bytes, "ECHConfig";
    SVCB_SVCPARAM_ALPN: "dns.svcb.svcparam.alpn", text, "ALPN";
    SVCB_SVCPARAM_PORT: "dns.svcb.svcparam.port", u16, "Port";
    SVCB_SVCPARAM_IPV4HINT_IP: "dns.svcb.svcparam.ipv4hint.ip", ipv4, "IP";
    SVCB_SVCPARAM_IPV6HINT_IP: "dns.svcb.svcparam.ipv6hint.ip", ipv6, "IP";
    RRSIG_TYPE_COVERED: "dns.rrsig.type_covered", u16, "Type Covered" labels "dns-type";
    RRSIG_ALGORITHM: "dns.rrsig.algorithm", u8, "Algorithm" labels "dns-security-algorithm";
    RRSIG_LABELS: "dns.rrsig.labels", u8, "Labels";
    RRSIG_ORIGINAL_TTL: "dns.rrsig.original_ttl", u32, "Original TTL";
    RRSIG_SIGNATURE_EXPIRATION: "dns.rrsig.signature_expiration", time, "Signature Expiration";
    RRSIG_SIGNATURE_INCEPTION: "dns.rrsig.signature_inception", time, "Signature Inception";
    RRSIG_KEY_TAG: "dns.rrsig.key_tag", u16, "Key Tag";
    RRSIG_SIGNERS_NAME: "dns.rrsig.signers_name", text, "Signer's name";
    RRSIG_SIGNATURE: "dns.rrsig.signature", bytes, "Signature";
    DNSKEY_FLAGS: "dns.dnskey.flags", x16, "Flags";
    DNSKEY_FLAGS_ZONE_KEY: "dns.dnskey.flags.zone_key", boolean, "Zone Key";
    DNSKEY_FLAGS_KEY_REVOKED: "dns.dnskey.flags.key_revoked", boolean, "Key Revoked";
    DNSKEY_FLAGS_SECURE_ENTRY_POINT: "dns.dnskey.flags.secure_entry_point", boolean, "Key Signing Key";
    DNSKEY_PROTOCOL: "dns.dnskey.protocol", u8, "Protocol";
    DNSKEY_ALGORITHM: "dns.dnskey.algorithm", u8, "Algorithm" labels "dns-security-algorithm";
    DNSKEY_KEY_ID: "dns.dnskey.key_id", u16, "Key id";
    DNSKEY_PUBLIC_KEY: "dns.dnskey.public_key", bytes, "Public Key";
    DS_KEY_ID: "dns.ds.key_id", x16, "Key id";
    DS_ALGORITHM: "dns.ds.algorithm", u8, "Algorithm" labels "dns-security-algorithm";
    DS_DIGEST_TYPE: "dns.ds.digest_type", u8, "Digest Type";
    DS_DIGEST: "dns.ds.digest", bytes, "Digest";
    NSEC_NEXT_DOMAIN_NAME: "dns.nsec.next_domain_name", text, "Next Domain Name";
    NSEC3_ALGO: "dns.nsec3.algo", u8, "Hash algorithm";
    NSEC3_FLAGS: "dns.nsec3.flags", u8, "NSEC3 flags";
    NSEC3_FLAGS_OPT_OUT: "dns.nsec3.flags.opt_out", boolean, "NSEC3 Opt-out flag";
    NSEC3_ITERATIONS: "dns.nsec3.iterations", u16, "NSEC3 iterations";
    NSEC3_SALT_LENGTH: "dns.nsec3.salt_length", u8, "Salt length";
    NSEC3_SALT_VALUE: "dns.nsec3.salt_value", bytes, "Salt value";
    NSEC3_HASH_LENGTH: "dns.nsec3.hash_length", u8, "Hash length";
    NSEC3_HASH_VALUE: "dns.nsec3.hash_value", text, "Next hashed owner";
    TLSA_CERTIFICATE_USAGE: "dns.tlsa.certificate_usage", u8, "Certificate Usage";
    TLSA_SELECTOR: "dns.tlsa.selector", u8, "Selector";
    TLSA_MATCHING_TYPE: "dns.tlsa.matching_type", u8, "Matching Type";
    TLSA_CERTIFICATE_ASSOCIATION_DATA: "dns.tlsa.certificate_association_data", bytes, "Certificate Association Data";
    CAA_FLAGS: "dns.caa.flags", x8, "CAA Flags";
    CAA_FLAGS_ISSUER_CRITICAL: "dns.caa.flags.issuer_critical", boolean, "Issuer Critical";
    CAA_TAG_LENGTH: "dns.caa.tag_length", u8, "Tag length";
    CAA_TAG: "dns.caa.tag", text, "Tag";
    CAA_VALUE: "dns.caa.value", text, "Value";
    OPT_CLIENT_FAMILY: "dns.opt.client.family", u16, "Family";
    OPT_CLIENT_NETMASK: "dns.opt.client.netmask", u8, "Source Netmask";
    OPT_CLIENT_SCOPE: "dns.opt.client.scope", u8, "Scope Netmask";
    OPT_CLIENT_ADDR4: "dns.opt.client.addr4", ipv4, "Client Subnet";
    OPT_CLIENT_ADDR6: "dns.opt.client.addr6", ipv6, "Client Subnet";
    OPT_COOKIE_CLIENT: "dns.opt.cookie.client", bytes, "Client Cookie";
    OPT_COOKIE_SERVER: "dns.opt.cookie.server", bytes, "Server Cookie";
    RESPONSE_TO: "dns.response_to", frame_number, "Request In";
    TIME: "dns.time", span, "Time";
    RETRANSMISSION: "dns.retransmission", boolean, "Retransmission";
    RETRANSMIT_REQUEST_IN: "dns.retransmit_request_in", frame_number, "Retransmitted request. Original request in";
    RETRANSMIT_RESPONSE_IN: "dns.retransmit_response_in", frame_number, "Retransmitted response. Original response in";
    UNSOLICITED: "dns.unsolicited", boolean, "Unsolicited";
}

/// Which protocol has the message: all have the same form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Dns,
    Multicast,
    LinkLocal,
}

/// RFC 1035 4.1.1.
const LAYOUT: &[Place] = &[
    Place::at(ID, 0, 2),
    Place::at(FLAGS, 2, 2),
    Place::bits(FLAGS_RESPONSE, 2, 2, 0x8000),
    Place::bits(FLAGS_OPCODE, 2, 2, 0x7800),
    Place::bits(FLAGS_TRUNCATED, 2, 2, 0x0200),
    Place::at(COUNT_QUERIES, 4, 2),
    Place::at(COUNT_ANSWERS, 6, 2),
    Place::at(COUNT_AUTH_RR, 8, 2),
    Place::at(COUNT_ADD_RR, 10, 2),
];

const QUERY_LAYOUT: &[Place] = &[
    Place::bits(FLAGS_RECDESIRED, 2, 2, 0x0100),
    Place::bits(FLAGS_Z, 2, 2, 0x0040),
    Place::bits(FLAGS_CHECKDISABLE, 2, 2, 0x0010),
];

const RESPONSE_LAYOUT: &[Place] = &[
    Place::bits(FLAGS_AUTHORITATIVE, 2, 2, 0x0400),
    Place::bits(FLAGS_RECAVAIL, 2, 2, 0x0080),
    Place::bits(FLAGS_AUTHENTICATED, 2, 2, 0x0020),
    Place::bits(FLAGS_RCODE, 2, 2, 0x000f),
];

const RESPONSE: u16 = 0x8000;
/// The bit that multicast DNS takes from the class (RFC 6762 5.4, 10.2).
const TOP_OF_CLASS: u64 = 0x8000;

/// Types of records (IANA "Domain Name System Parameters").
const TYPE_A: u16 = 1;
const TYPE_NS: u16 = 2;
const TYPE_CNAME: u16 = 5;
const TYPE_SOA: u16 = 6;
const TYPE_PTR: u16 = 12;
const TYPE_MX: u16 = 15;
const TYPE_TXT: u16 = 16;
const TYPE_AAAA: u16 = 28;
const TYPE_SRV: u16 = 33;
const TYPE_OPT: u16 = 41;
const TYPE_SVCB: u16 = 64;
const TYPE_HTTPS: u16 = 65;

/// The fields of the message that `message` is.
pub(crate) fn extract<'a>(message: Bytes<'a>, kind: Kind, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    match kind {
        Kind::Dns => out.protocol(PROTOCOL, message.0),
        Kind::Multicast => out.protocol(mdns::PROTOCOL, message.0),
        Kind::LinkLocal => out.protocol(llmnr::PROTOCOL, message.0),
    }
    if !out.wants_any(FIELDS, PROTOCOL) {
        return;
    }
    out.layout(message, LAYOUT);
    let flags = message.u16(2).unwrap_or_default();
    let is_response = flags & RESPONSE != 0;
    if kind != Kind::LinkLocal {
        out.layout(message, QUERY_LAYOUT);
    }
    match (is_response, kind) {
        (true, Kind::LinkLocal) => out.layout(message, &[Place::bits(FLAGS_RCODE, 2, 2, 0x000f)]),
        (true, _) => out.layout(message, RESPONSE_LAYOUT),
        (false, _) => {}
    }
    // Multicast answers have no question of their own.
    if kind != Kind::Multicast || !is_response {
        pairing(message, is_response, context, out);
    }
    entries(message, kind, out);
}

/// A message behind its length, as TCP carries it (RFC 1035 4.2.2).
pub(crate) fn stream<'a>(message: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.number(LENGTH, message.u16(0));
    extract(message.from(2), Kind::Dns, context, out);
}

/// Which question an answer is for.
fn pairing(message: Bytes<'_>, is_response: bool, context: &mut Context<'_>, out: &mut Out<'_, '_, '_>) {
    let Some(id) = message.be(0, 2) else { return };
    if !is_response {
        if let Some(earlier) = context.ask(id) {
            out.flag(RETRANSMISSION, Some(true));
            out.number(RETRANSMIT_REQUEST_IN, Some(earlier.frame));
        }
        return;
    }
    let Some(question) = context.answer(id) else {
        out.flag(UNSOLICITED, Some(true));
        return;
    };
    if let Some(first) = question.answered {
        out.flag(RETRANSMISSION, Some(true));
        out.number(RETRANSMIT_RESPONSE_IN, Some(first));
        return;
    }
    out.number(RESPONSE_TO, Some(question.frame));
    out.span(TIME, context.since(question.time));
}

fn entries<'a>(message: Bytes<'a>, kind: Kind, out: &mut Out<'_, '_, 'a>) {
    let counts = [4, 6, 8, 10].map(|at| message.u16(at).unwrap_or_default());
    let [questions, records @ ..] = counts;
    let mut at = 12;
    for _ in 0..questions {
        let Some(end) = question(message, at, kind, out) else { return };
        at = end;
    }
    for _ in 0..records.iter().map(|count| u32::from(*count)).sum() {
        let Some(end) = record(message, at, kind, out) else { return };
        at = end;
    }
}

/// Where it ends.
fn question<'a>(message: Bytes<'a>, at: usize, kind: Kind, out: &mut Out<'_, '_, 'a>) -> Option<usize> {
    let (name, end) = name(message, at)?;
    out.made_text(QRY_NAME, || Some(name.text()));
    out.count(QRY_NAME_LEN, name.text().len());
    out.count(COUNT_LABELS, name.labels);
    out.number(QRY_TYPE, message.u16(end));
    if kind == Kind::Multicast {
        out.layout(
            message,
            &[
                Place::bits(QRY_CLASS, end + 2, 2, !TOP_OF_CLASS),
                Place::bits(QRY_QU, end + 2, 2, TOP_OF_CLASS),
            ],
        );
    } else {
        out.number(QRY_CLASS, message.u16(end + 2));
    }
    Some(end + 4)
}

/// Where it ends.
fn record<'a>(message: Bytes<'a>, at: usize, kind: Kind, out: &mut Out<'_, '_, 'a>) -> Option<usize> {
    let (owner, end) = name(message, at)?;
    let record_type = message.u16(end)?;
    out.made_text(RESP_NAME, || Some(owner.text()));
    out.number(RESP_TYPE, Some(record_type));
    let length = message.length(end + 8, 2);
    if record_type == TYPE_OPT {
        pseudo_record(message, end, kind, out);
    } else {
        class_and_life(message, end, kind, out);
    }
    out.number(RESP_LEN, message.u16(end + 8));
    let length = length?;
    data(message, end + 10, length, (record_type, &owner), out);
    Some(end + 10 + length)
}

fn class_and_life<'a>(message: Bytes<'a>, end: usize, kind: Kind, out: &mut Out<'_, '_, 'a>) {
    if kind == Kind::Multicast {
        out.layout(
            message,
            &[
                Place::bits(RESP_CLASS, end + 2, 2, !TOP_OF_CLASS),
                Place::bits(RESP_CACHE_FLUSH, end + 2, 2, TOP_OF_CLASS),
            ],
        );
    } else {
        out.number(RESP_CLASS, message.u16(end + 2));
    }
    out.number(RESP_TTL, message.u32(end + 4));
}

/// EDNS (RFC 6891 6.1).
fn pseudo_record<'a>(message: Bytes<'a>, end: usize, kind: Kind, out: &mut Out<'_, '_, 'a>) {
    if kind == Kind::Multicast {
        out.layout(message, &[Place::bits(RESP_CACHE_FLUSH, end + 2, 2, TOP_OF_CLASS)]);
    }
    out.layout(
        message.from(end),
        &[
            Place::at(RR_UDP_PAYLOAD_SIZE, 2, 2),
            Place::at(RESP_EXT_RCODE, 4, 1),
            Place::at(RESP_EDNS0_VERSION, 5, 1),
            Place::at(RESP_Z, 6, 2),
            Place::bits(RESP_Z_DO, 6, 2, 0x8000),
            Place::bits(RESP_Z_RESERVED, 6, 2, 0x7fff),
        ],
    );
}

fn data<'a>(
    message: Bytes<'a>,
    at: usize,
    length: usize,
    (record_type, owner): (u16, &Name),
    out: &mut Out<'_, '_, 'a>,
) {
    let data = message.part(at, length);
    match record_type {
        TYPE_A => out.layout(data, &[Place::at(A, 0, 4)]),
        TYPE_AAAA => out.layout(data, &[Place::at(AAAA, 0, 16)]),
        TYPE_NS => put_name(NS, message, at, out),
        TYPE_CNAME => put_name(CNAME, message, at, out),
        TYPE_PTR => put_name(PTR_DOMAIN_NAME, message, at, out),
        TYPE_MX => {
            out.number(MX_PREFERENCE, data.u16(0));
            put_name(MX_MAIL_EXCHANGE, message, at + 2, out);
        }
        TYPE_TXT => texts(data, out),
        TYPE_SOA => authority(message, at, out),
        TYPE_SRV => service(message, at, owner, out),
        TYPE_OPT => options(data, out),
        TYPE_SVCB | TYPE_HTTPS => binding(message, at, length, out),
        other => security::extract(other, message, at, length, out),
    }
}

fn put_name(id: crate::FieldId, message: Bytes<'_>, at: usize, out: &mut Out<'_, '_, '_>) {
    out.made_text(id, || Some(name(message, at)?.0.text()));
}

fn texts<'a>(mut data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    while let Some(length) = data.length(0, 1) {
        out.count(TXT_LENGTH, length);
        out.text(TXT, Some(data.part(1, length).0));
        data = data.from(length + 1);
    }
}

/// RFC 1035 3.3.13.
fn authority<'a>(message: Bytes<'a>, at: usize, out: &mut Out<'_, '_, 'a>) {
    let Some((_, after)) = name(message, at) else { return };
    let Some((_, end)) = name(message, after) else { return };
    put_name(SOA_MNAME, message, at, out);
    put_name(SOA_RNAME, message, after, out);
    out.layout(
        message.from(end),
        &[
            Place::at(SOA_SERIAL_NUMBER, 0, 4),
            Place::at(SOA_REFRESH_INTERVAL, 4, 4),
            Place::at(SOA_RETRY_INTERVAL, 8, 4),
            Place::at(SOA_EXPIRE_LIMIT, 12, 4),
            Place::at(SOA_MINIMUM_TTL, 16, 4),
        ],
    );
}

/// RFC 2782: what the owner's name says, then the data.
fn service<'a>(message: Bytes<'a>, at: usize, owner: &Name, out: &mut Out<'_, '_, 'a>) {
    let mut parts = owner.text.splitn(3, '.');
    for id in [SRV_SERVICE, SRV_PROTO, SRV_NAME] {
        let part = parts.next().map(str::to_owned);
        out.made_text(id, || part);
    }
    out.layout(
        message.from(at),
        &[
            Place::at(SRV_PRIORITY, 0, 2),
            Place::at(SRV_WEIGHT, 2, 2),
            Place::at(SRV_PORT, 4, 2),
        ],
    );
    put_name(SRV_TARGET, message, at + 6, out);
}

fn options<'a>(mut data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    while let (Some(code), Some(length)) = (data.u16(0), data.length(2, 2)) {
        out.present(OPT);
        out.number(OPT_CODE, Some(code));
        out.count(OPT_LEN, length);
        out.bytes(OPT_DATA, data.slice(4, length).filter(|data| !data.is_empty()));
        option(code, data.part(4, length), out);
        data = data.from(4 + length);
    }
}

/// For whom an answer is wanted (RFC 7871 6), and cookies (RFC 7873 4).
fn option<'a>(code: u16, value: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    const CLIENT_SUBNET: u16 = 8;
    const COOKIE: u16 = 10;
    match code {
        CLIENT_SUBNET => {
            out.layout(
                value,
                &[
                    Place::at(OPT_CLIENT_FAMILY, 0, 2),
                    Place::at(OPT_CLIENT_NETMASK, 2, 1),
                    Place::at(OPT_CLIENT_SCOPE, 3, 1),
                ],
            );
            subnet(value, out);
        }
        COOKIE => {
            out.layout(value, &[Place::at(OPT_COOKIE_CLIENT, 0, 8)]);
            out.bytes(OPT_COOKIE_SERVER, value.0.get(8..).filter(|cookie| !cookie.is_empty()));
        }
        _ => {}
    }
}

/// As many bytes of an address as the mask needs; the rest is zero.
fn subnet(value: Bytes<'_>, out: &mut Out<'_, '_, '_>) {
    let mut address = [0; 16];
    for (byte, sent) in address.iter_mut().zip(value.from(4).0) {
        *byte = *sent;
    }
    match value.u16(0) {
        Some(1) => out.ipv4(OPT_CLIENT_ADDR4, address.get(..4)),
        Some(2) => out.put(OPT_CLIENT_ADDR6, Some(crate::Value::Ipv6(address.into()))),
        _ => {}
    }
}

/// RFC 9460 2.2.
fn binding<'a>(message: Bytes<'a>, at: usize, length: usize, out: &mut Out<'_, '_, 'a>) {
    out.number(SVCB_SVCPRIORITY, message.u16(at));
    let Some((_, end)) = name(message, at + 2) else { return };
    put_name(SVCB_TARGETNAME, message, at + 2, out);
    let mut rest = message.part(end, (at + length).saturating_sub(end));
    while let (Some(key), Some(length)) = (rest.u16(0), rest.length(2, 2)) {
        out.present(SVCB_SVCPARAM);
        out.number(SVCB_SVCPARAM_KEY, Some(key));
        out.count(SVCB_SVCPARAM_VALUE_LENGTH, length);
        parameter(key, rest.part(4, length), out);
        rest = rest.from(4 + length);
    }
}

/// RFC 9460 14.3.2.
fn parameter<'a>(key: u16, value: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    match key {
        1 => {
            let mut rest = value;
            while let Some(length) = rest.length(0, 1) {
                out.count(SVCB_SVCPARAM_ALPN_LENGTH, length);
                out.text(SVCB_SVCPARAM_ALPN, rest.slice(1, length));
                rest = rest.from(1 + length);
            }
        }
        5 => out.bytes(SVCB_SVCPARAM_ECHCONFIG, Some(value.0)),
        3 => out.number(SVCB_SVCPARAM_PORT, value.u16(0)),
        4 => (0..value.len() / 4).for_each(|index| out.layout(value, &[Place::at(SVCB_SVCPARAM_IPV4HINT_IP, index * 4, 4)])),
        6 => (0..value.len() / 16).for_each(|index| out.layout(value, &[Place::at(SVCB_SVCPARAM_IPV6HINT_IP, index * 16, 16)])),
        _ => {}
    }
}

/// A name as Wireshark writes it.
#[derive(Debug)]
struct Name {
    text: String,
    labels: usize,
}

impl Name {
    fn text(&self) -> String {
        match self.labels {
            0 => "<Root>".to_owned(),
            _ => self.text.clone(),
        }
    }
}

/// The name at a place of the message, and where it ends there.
fn name(message: Bytes<'_>, at: usize) -> Option<(Name, usize)> {
    let mut cursor = Cursor::at(message.0.get(at..)?, at as u64);
    let name = dns::Name::parse(message.0, &mut cursor).ok()?;
    let labels: Vec<_> = name.labels().map(String::from_utf8_lossy).collect();
    let found = Name {
        text: labels.join("."),
        labels: labels.len(),
    };
    Some((found, cursor.offset().try_into().ok()?))
}
