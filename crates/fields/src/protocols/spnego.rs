//! GSS-API, SPNEGO and Kerberos within it (RFC 2743 3.1, RFC 4178 4.2, RFC 4121 4.1): how SMB, LDAP and HTTP log on.

use crate::declare::fields;
use crate::extract::asn1::{Element, elements};
use crate::extract::{Bytes, Out};
use crate::protocols::kerberos;

fields! {
    level Applications;
    GSS_API: "gss-api", protocol, "GSS-API Generic Security Service Application Program Interface";
    OID: "gss-api.OID", text, "OID";
    PROTOCOL: "spnego", protocol, "Simple Protected Negotiation";
    NEG_TOKEN_INIT_ELEMENT: "spnego.negTokenInit_element", none, "negTokenInit";
    NEG_TOKEN_TARG_ELEMENT: "spnego.negTokenTarg_element", none, "negTokenTarg";
    MECH_TYPES: "spnego.mechTypes", u32, "mechTypes";
    MECH_TYPE: "spnego.MechType", oid, "MechType";
    MECH_TOKEN: "spnego.mechToken", bytes, "mechToken";
    MECH_LIST_MIC: "spnego.mechListMIC", bytes, "mechListMIC";
    NEG_RESULT: "spnego.negResult", u32, "negResult" labels "spnego-result";
    SUPPORTED_MECH: "spnego.supportedMech", oid, "supportedMech";
    RESPONSE_TOKEN: "spnego.responseToken", bytes, "responseToken";
    KRB5: "spnego-krb5", protocol, "SPNEGO-KRB5";
    KRB5_BLOB: "spnego.krb5.blob", bytes, "krb5_blob";
    KRB5_OID: "spnego.krb5_oid", text, "KRB5 OID";
    KRB5_TOKEN: "spnego.krb5.tok_id", x16, "krb5_tok_id" labels "spnego-krb5-token";
}

/// A token with the identifier of its mechanism.
const INITIAL: u8 = 0x60;
const NEG_TOKEN_INIT: u8 = 0xa0;
const NEG_TOKEN_TARG: u8 = 0xa1;
const OBJECT_IDENTIFIER: u8 = 0x06;

/// 1.3.6.1.5.5.2
const SPNEGO_MECHANISM: &[u8] = &[0x2b, 6, 1, 5, 5, 2];
/// 1.2.840.113554.1.2.2, and the one that early Windows wrote: 1.2.840.48018.1.2.2.
const KERBEROS_MECHANISMS: [&[u8]; 2] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 1, 2, 2],
    &[0x2a, 0x86, 0x48, 0x82, 0xf7, 0x12, 1, 2, 2],
];

/// The fields of a token, if `token` is one; NTLM without SPNEGO around it is none.
pub(crate) fn extract<'a>(token: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(element) = Element::first(token) else { return };
    match element.tag {
        INITIAL => initial(token, element, out),
        NEG_TOKEN_INIT | NEG_TOKEN_TARG => {
            out.protocol(GSS_API, token.0);
            out.protocol(PROTOCOL, token.0);
            negotiation(element, out);
        }
        _ => {}
    }
}

fn initial<'a>(token: Bytes<'a>, element: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some((mechanism, content)) = mechanism(element) else { return };
    out.protocol(GSS_API, token.0);
    out.made_text(OID, || Some(crate::text::object_identifier(mechanism)));
    if mechanism == SPNEGO_MECHANISM {
        out.protocol(PROTOCOL, content.0);
        if let Some(element) = Element::first(content) {
            negotiation(element, out);
        }
    } else if KERBEROS_MECHANISMS.contains(&mechanism) {
        krb5(content, out);
    }
}

/// The identifier of the mechanism, and what comes after it.
fn mechanism(element: Element<'_>) -> Option<(&[u8], Bytes<'_>)> {
    let identifier = element.inner().filter(|inner| inner.tag == OBJECT_IDENTIFIER)?;
    Some((identifier.value.0, element.value.from(identifier.bytes)))
}

fn negotiation<'a>(element: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    let is_initial = element.tag == NEG_TOKEN_INIT;
    out.present(if is_initial { NEG_TOKEN_INIT_ELEMENT } else { NEG_TOKEN_TARG_ELEMENT });
    let Some(sequence) = element.inner() else { return };
    for part in elements(sequence.value) {
        let Some(value) = part.inner() else { continue };
        match (part.tag & 0x1f, is_initial) {
            (0, true) => {
                out.count(MECH_TYPES, elements(value.value).count());
                elements(value.value).for_each(|kind| out.bytes(MECH_TYPE, Some(kind.value.0)));
            }
            (0, false) => out.number(NEG_RESULT, value.number().map(|number| number as u64)),
            (1, false) => out.bytes(SUPPORTED_MECH, Some(value.value.0)),
            (2, _) => {
                out.bytes(if is_initial { MECH_TOKEN } else { RESPONSE_TOKEN }, Some(value.value.0));
                within(value.value, out);
            }
            (3, _) => out.bytes(MECH_LIST_MIC, Some(value.value.0)),
            _ => {}
        }
    }
}

/// What a mechanism says within SPNEGO.
fn within<'a>(token: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(element) = Element::first(token).filter(|element| element.tag == INITIAL) else { return };
    let Some((mechanism, content)) = mechanism(element) else { return };
    if KERBEROS_MECHANISMS.contains(&mechanism) {
        out.protocol(KRB5, token.0);
        out.bytes(KRB5_BLOB, Some(token.0));
        out.made_text(KRB5_OID, || Some(crate::text::object_identifier(mechanism)));
        message(content, out);
    }
}

fn krb5<'a>(content: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(KRB5, content.0);
    out.bytes(KRB5_BLOB, Some(content.0));
    message(content, out);
}

/// The kind of a token, and what it carries if that is a message of Kerberos.
fn message<'a>(content: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    const MESSAGES: std::ops::RangeInclusive<u64> = 1..=3;
    let kind = content.le(0, 2);
    out.number(KRB5_TOKEN, kind);
    if kind.is_some_and(|kind| MESSAGES.contains(&kind)) {
        kerberos::within(content.from(2), out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FieldSet, FrameFields};

    /// An element with a length of one byte.
    fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let value = parts.concat();
        [&[tag, value.len().try_into().unwrap()], &value[..]].concat()
    }

    fn names(token: &[u8]) -> Vec<&'static str> {
        let mut wanted = FieldSet::default();
        for id in [GSS_API, PROTOCOL, KRB5, KRB5_TOKEN, kerberos::PROTOCOL, NEG_RESULT, MECH_TYPE, OID] {
            wanted.insert(id);
        }
        let mut fields = FrameFields::default();
        extract(Bytes(token), &mut Out::new(&wanted, &mut fields));
        let names = fields.iter().filter_map(|(id, _)| Some(crate::info(id)?.name));
        names.collect()
    }

    fn ap_request() -> Vec<u8> {
        let request = element(0x6e, &[&element(0x30, &[&element(0xa0, &[&[2, 1, 5]])])]);
        [&[1, 0], &request[..]].concat()
    }

    #[test]
    fn kerberos_is_read_within_spnego_and_without_it() {
        let kerberos = element(INITIAL, &[&element(6, &[KERBEROS_MECHANISMS[0]]), &ap_request()]);
        assert_eq!(
            names(&kerberos),
            ["gss-api", "gss-api.OID", "spnego-krb5", "spnego.krb5.tok_id", "kerberos"]
        );
        let kinds = element(0xa0, &[&element(0x30, &[&element(6, &[KERBEROS_MECHANISMS[1]])])]);
        let token = element(0xa2, &[&element(4, &[&kerberos])]);
        let init = element(NEG_TOKEN_INIT, &[&element(0x30, &[&kinds, &token])]);
        let whole = element(INITIAL, &[&element(6, &[SPNEGO_MECHANISM]), &init]);
        assert_eq!(
            names(&whole),
            [
                "gss-api",
                "gss-api.OID",
                "spnego",
                "spnego.MechType",
                "spnego-krb5",
                "spnego.krb5.tok_id",
                "kerberos"
            ]
        );
        for end in 0..whole.len() {
            names(&whole[..end]);
        }
    }

    #[test]
    fn an_answer_has_no_identifier_and_other_bytes_are_no_token() {
        let targ = element(NEG_TOKEN_TARG, &[&element(0x30, &[&element(0xa0, &[&[10, 1, 0]])])]);
        assert_eq!(names(&targ), ["gss-api", "spnego", "spnego.negResult"]);
        assert!(names(b"NTLMSSP\0\x01\0\0\0").is_empty());
    }
}
