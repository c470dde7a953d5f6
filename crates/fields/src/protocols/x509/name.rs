//! Names: of directories (X.501) and in general (RFC 5280 4.2.1.6).

use super::{
    BMP_STRING, COUNTRY_NAME, DIRECTORY_NAME, DIRECTORY_STRING, DNS_NAME, GENERAL_NAME, IP_ADDRESS_IPV4, IP_ADDRESS_IPV6,
    PRINTABLE_STRING, RDN_ITEM_ELEMENT, RDN_SEQUENCE, RDN_SEQUENCE_ITEM, REGISTERED_ID, RFC822_NAME, SYNTAX_IA5_STRING,
    SYNTAX_PRINTABLE_STRING, TELETEX_STRING, UNIFORM_RESOURCE_IDENTIFIER, UNIVERSAL_STRING, UTF8_STRING, ATTRIBUTE_OID,
};
use crate::FieldId;
use crate::extract::asn1::{Element, elements};
use crate::extract::{Out, Place};

/// A name of a directory: the fields that say which form it has and how many parts, then its parts.
pub(crate) fn extract<'a>((choice, count): (FieldId, FieldId), name: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    // The only form that there is.
    out.count(choice, 0);
    out.count(count, elements(name.value).count());
    for part in elements(name.value) {
        out.count(RDN_SEQUENCE_ITEM, elements(part.value).count());
        elements(part.value).for_each(|attribute| self::attribute(attribute, out));
    }
}

/// Attributes that are no directory string: country (also of incorporation), serial number, telephone number and
/// qualifier; mail address and part of a domain.
const COUNTRIES: [&[u8]; 2] = [&[0x55, 4, 6], &[0x2b, 6, 1, 4, 1, 0x82, 0x37, 60, 2, 1, 3]];
const PRINTABLE: [&[u8]; 3] = [&[0x55, 4, 5], &[0x55, 4, 20], &[0x55, 4, 46]];
const IA5: [&[u8]; 2] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1],
    &[9, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25],
];

fn attribute<'a>(attribute: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(RDN_ITEM_ELEMENT);
    let mut parts = elements(attribute.value);
    let (Some(kind), Some(value)) = (parts.next(), parts.next()) else { return };
    let kind = kind.value.0;
    out.bytes(ATTRIBUTE_OID, Some(kind));
    out.layer("x509sat");
    match kind {
        _ if COUNTRIES.contains(&kind) => out.text(COUNTRY_NAME, Some(value.value.0)),
        _ if PRINTABLE.contains(&kind) => out.text(SYNTAX_PRINTABLE_STRING, Some(value.value.0)),
        _ if IA5.contains(&kind) => out.text(SYNTAX_IA5_STRING, Some(value.value.0)),
        _ => directory_string(value, out),
    }
}

/// A text in one of five alphabets (X.520 2.6).
fn directory_string<'a>(value: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    const BMP: u8 = 0x1e;
    let (choice, id) = match value.tag {
        0x14 => (0, TELETEX_STRING),
        0x13 => (1, PRINTABLE_STRING),
        0x1c => (2, UNIVERSAL_STRING),
        BMP => (3, BMP_STRING),
        0x0c => (4, UTF8_STRING),
        _ => return,
    };
    out.count(DIRECTORY_STRING, choice);
    match value.tag {
        BMP => out.made_text(id, || Some(utf_16(value.value.0))),
        _ => out.text(id, Some(value.value.0)),
    }
}

/// UTF-16 with the most significant byte first.
pub(super) fn utf_16(bytes: &[u8]) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units: Vec<_> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
    String::from_utf16_lossy(&units)
}

/// How many names there are, and each of them.
pub(super) fn general_names<'a>(count: FieldId, names: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.count(count, elements(names.value).count());
    elements(names.value).for_each(|name| general_name(GENERAL_NAME, name, out));
}

/// A name of one of nine forms; the tag counts them.
pub(super) fn general_name<'a>(choice: FieldId, name: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    const CONTEXT: u8 = 0x80;
    if name.tag & 0xc0 != CONTEXT {
        return;
    }
    out.number(choice, Some(name.tag & 0x1f));
    let value = name.value;
    match name.tag & 0x1f {
        1 => out.text(RFC822_NAME, Some(value.0)),
        2 => out.text(DNS_NAME, Some(value.0)),
        4 => {
            if let Some(directory) = name.inner() {
                extract((DIRECTORY_NAME, RDN_SEQUENCE), directory, out);
            }
        }
        6 => out.text(UNIFORM_RESOURCE_IDENTIFIER, Some(value.0)),
        7 if value.len() == 4 => out.layout(value, &[Place::at(IP_ADDRESS_IPV4, 0, 4)]),
        7 if value.len() == 16 => out.layout(value, &[Place::at(IP_ADDRESS_IPV6, 0, 16)]),
        8 => out.bytes(REGISTERED_ID, Some(value.0)),
        _ => {}
    }
}
