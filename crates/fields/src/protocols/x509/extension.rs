//! Extensions of certificates (RFC 5280 4.2).

use super::name::{general_name, general_names, utf_16};
use super::*;

/// Extensions of the standard, behind the arc 2.5.29.
const STANDARD: [u8; 2] = [0x55, 0x1d];
/// Where to ask about the certificate (RFC 5280 4.2.2.1).
const INFORMATION_ACCESS: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 1, 1];
/// Signed times of public logs (RFC 6962 3.3).
const TRANSPARENCY: &[u8] = &[0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 2];
/// Windows' own (MS-WCCE 2.2.2.7.7): name of the template, version of the authority, template.
const TEMPLATE_NAME: &[u8] = &[0x2b, 6, 1, 4, 1, 0x82, 0x37, 20, 2];
const AUTHORITY_VERSION: &[u8] = &[0x2b, 6, 1, 4, 1, 0x82, 0x37, 21, 1];
const TEMPLATE: &[u8] = &[0x2b, 6, 1, 4, 1, 0x82, 0x37, 21, 7];
/// Netscape's, which nobody reads any more.
const NETSCAPE: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x86, 0xf8, 0x42, 0x01];

/// One extension: which, whether it must be understood, and its content.
pub(super) fn extract<'a>(extension: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    const BOOLEAN: u8 = 0x01;
    out.present(EXTENSION_ELEMENT);
    let mut parts = elements(extension.value).peekable();
    let Some(kind) = parts.next().map(|kind| kind.value.0) else { return };
    out.bytes(EXTENSION_ID, Some(kind));
    if let Some(critical) = parts.next_if(|part| part.tag == BOOLEAN) {
        out.flag(CRITICAL, critical.value.u8(0).map(|byte| byte != 0));
    }
    let Some(content) = parts.next().and_then(Element::inner) else { return };
    match kind {
        [a, b, number] if [*a, *b] == STANDARD => standard(*number, content, out),
        INFORMATION_ACCESS => information_access(content, out),
        TRANSPARENCY => {
            out.layer("tls");
            tls::signed_times(content.value, out);
        }
        TEMPLATE_NAME => {
            out.layer("x509sat");
            out.made_text(SYNTAX_BMP_STRING, || Some(utf_16(content.value.0)));
        }
        AUTHORITY_VERSION => {
            out.layer("x509sat");
            out.signed(SYNTAX_INTEGER, content.number());
        }
        TEMPLATE => template(content, out),
        other if other.starts_with(NETSCAPE) => out.layer("ns_cert_exts"),
        _ => {}
    }
}

/// The last part of the extension's identifier (RFC 5280 4.2.1).
fn standard<'a>(number: u8, content: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layer("x509ce");
    match number {
        14 => out.bytes(SUBJECT_KEY_IDENTIFIER, Some(content.value.0)),
        15 => key_usage(content, out),
        17 | 18 => general_names(GENERAL_NAMES, content, out),
        19 => basic_constraints(content, out),
        31 => distribution_points(content, out),
        32 => policies(content, out),
        35 => authority_key(content, out),
        37 => {
            out.count(KEY_PURPOSE_IDS, elements(content.value).count());
            elements(content.value).for_each(|purpose| out.bytes(KEY_PURPOSE_ID, Some(purpose.value.0)));
        }
        _ => {}
    }
}

/// RFC 5280 4.2.1.3; bits that are not sent are zero.
fn key_usage<'a>(content: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(bits) = bit_string(content) else { return };
    out.bytes(KEY_USAGE, Some(bits));
    let [first, second] = [0, 1].map(|at| bits.get(at).copied().unwrap_or_default());
    let named = [
        (KEY_USAGE_DIGITAL_SIGNATURE, first & 0x80),
        (KEY_USAGE_CONTENT_COMMITMENT, first & 0x40),
        (KEY_USAGE_KEY_ENCIPHERMENT, first & 0x20),
        (KEY_USAGE_DATA_ENCIPHERMENT, first & 0x10),
        (KEY_USAGE_KEY_AGREEMENT, first & 0x08),
        (KEY_USAGE_KEY_CERT_SIGN, first & 0x04),
        (KEY_USAGE_CRL_SIGN, first & 0x02),
        (KEY_USAGE_ENCIPHER_ONLY, first & 0x01),
        (KEY_USAGE_DECIPHER_ONLY, second & 0x80),
    ];
    named.into_iter().for_each(|(id, bit)| out.flag(id, Some(bit != 0)));
}

/// RFC 5280 4.2.1.9.
fn basic_constraints<'a>(content: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(BASIC_CONSTRAINTS_ELEMENT);
    for part in elements(content.value) {
        match part.tag {
            INTEGER => out.number(PATH_LEN_CONSTRAINT, part.number().map(|number| number as u64)),
            _ => out.flag(CA, part.value.u8(0).map(|byte| byte != 0)),
        }
    }
}

/// RFC 5280 4.2.1.13: where revoked certificates are listed.
fn distribution_points<'a>(content: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    const POINT: u8 = 0xa0;
    const WHOLE_NAME: u8 = 0xa0;
    out.count(CRL_DIST_POINTS, elements(content.value).count());
    for point in elements(content.value) {
        out.present(DISTRIBUTION_POINT_ELEMENT);
        let Some(name) = point.tagged(POINT).and_then(Element::inner) else { continue };
        out.count(DISTRIBUTION_POINT, usize::from(name.tag != WHOLE_NAME));
        if name.tag == WHOLE_NAME {
            general_names(FULL_NAME, name, out);
        }
    }
}

/// RFC 5280 4.2.1.4.
fn policies<'a>(content: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.count(CERTIFICATE_POLICIES, elements(content.value).count());
    for policy in elements(content.value) {
        out.present(POLICY_INFORMATION_ELEMENT);
        let mut parts = elements(policy.value);
        out.bytes(POLICY_IDENTIFIER, parts.next().map(|identifier| identifier.value.0));
        let Some(qualifiers) = parts.next() else { continue };
        out.count(POLICY_QUALIFIERS, elements(qualifiers.value).count());
        elements(qualifiers.value).for_each(|one| qualifier(one, out));
    }
}

fn qualifier<'a>(qualifier: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    const STATEMENT: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 2, 1];
    const NOTICE: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 2, 2];
    out.present(POLICY_QUALIFIER_INFO_ELEMENT);
    let mut parts = elements(qualifier.value);
    let (Some(kind), Some(value)) = (parts.next(), parts.next()) else { return };
    out.bytes(QUALIFIER_ID, Some(kind.value.0));
    match kind.value.0 {
        STATEMENT => {
            out.layer("pkix1explicit");
            out.text(PRACTICE_STATEMENT, Some(value.value.0));
        }
        NOTICE => notice(value, out),
        _ => {}
    }
}

fn notice<'a>(notice: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layer("pkix1implicit");
    out.present(USER_NOTICE_ELEMENT);
    for text in elements(notice.value) {
        let (choice, id) = match text.tag {
            0x16 => (0, NOTICE_IA5_STRING),
            0x1a => (1, NOTICE_VISIBLE_STRING),
            0x1e => (2, NOTICE_BMP_STRING),
            0x0c => (3, NOTICE_UTF8_STRING),
            _ => continue,
        };
        out.count(EXPLICIT_TEXT, choice);
        if id == NOTICE_BMP_STRING {
            out.made_text(id, || Some(utf_16(text.value.0)));
        } else {
            out.text(id, Some(text.value.0));
        }
    }
}

/// RFC 5280 4.2.1.1.
fn authority_key<'a>(content: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(AUTHORITY_KEY_IDENTIFIER_ELEMENT);
    for part in elements(content.value) {
        match part.tag & 0x1f {
            0 => out.bytes(KEY_IDENTIFIER, Some(part.value.0)),
            1 => general_names(AUTHORITY_CERT_ISSUER, part, out),
            2 => out.bytes(AUTHORITY_CERT_SERIAL_NUMBER, Some(part.value.0)),
            _ => {}
        }
    }
}

fn information_access<'a>(content: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layer("pkix1implicit");
    out.count(AUTHORITY_INFO_ACCESS, elements(content.value).count());
    for description in elements(content.value) {
        out.present(ACCESS_DESCRIPTION_ELEMENT);
        let mut parts = elements(description.value);
        out.bytes(ACCESS_METHOD, parts.next().map(|method| method.value.0));
        if let Some(location) = parts.next() {
            general_name(ACCESS_LOCATION, location, out);
        }
    }
}

fn template<'a>(content: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layer("x509ce");
    out.present(CERTIFICATE_TEMPLATE_ELEMENT);
    let mut parts = elements(content.value);
    out.bytes(TEMPLATE_ID, parts.next().map(|id| id.value.0));
    out.signed(TEMPLATE_MAJOR_VERSION, parts.next().and_then(Element::number));
    out.signed(TEMPLATE_MINOR_VERSION, parts.next().and_then(Element::number));
}
