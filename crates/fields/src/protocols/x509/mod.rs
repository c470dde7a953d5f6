//! X.509 certificates (RFC 5280), as TLS carries them.
//!
//! Wireshark shows them under the names of the standards that their parts come from, without protocols of their own.

mod extension;
mod name;

use whotalks_record::Timestamp;

use crate::FieldId;
use crate::declare::fields;
use crate::extract::asn1::{Element, elements};
use crate::extract::{Bytes, Out, Renaming};
use crate::protocols::{frame, tls};

pub(crate) use name::extract as name;

fields! {
    level Applications;
    SIGNED_CERTIFICATE_ELEMENT: "x509af.signedCertificate_element", none, "signedCertificate";
    VERSION: "x509af.version", i32, "version" labels "x509-version";
    SERIAL_NUMBER: "x509af.serialNumber", bytes, "serialNumber";
    SIGNATURE_ELEMENT: "x509af.signature_element", none, "signature";
    ALGORITHM_IDENTIFIER_ELEMENT: "x509af.algorithmIdentifier_element", none, "algorithmIdentifier";
    ALGORITHM_ELEMENT: "x509af.algorithm_element", none, "algorithm";
    ALGORITHM_ID: "x509af.algorithm.id", oid, "Algorithm Id";
    ISSUER: "x509af.issuer", u32, "issuer" labels "x509-name";
    VALIDITY_ELEMENT: "x509af.validity_element", none, "validity";
    NOT_BEFORE: "x509af.notBefore", u32, "notBefore" labels "x509-time";
    NOT_AFTER: "x509af.notAfter", u32, "notAfter" labels "x509-time";
    UTC_TIME: "x509af.utcTime", text, "utcTime";
    GENERALIZED_TIME: "x509af.generalizedTime", time, "generalizedTime";
    SUBJECT: "x509af.subject", u32, "subject" labels "x509-name";
    SUBJECT_RDN_SEQUENCE: "x509af.rdnSequence", u32, "rdnSequence";
    SUBJECT_PUBLIC_KEY_INFO_ELEMENT: "x509af.subjectPublicKeyInfo_element", none, "subjectPublicKeyInfo";
    SUBJECT_PUBLIC_KEY: "x509af.subjectPublicKey", bytes, "subjectPublicKey";
    ENCRYPTED: "x509af.encrypted", bytes, "encrypted";
    EXTENSIONS: "x509af.extensions", u32, "extensions";
    EXTENSION_ELEMENT: "x509af.Extension_element", none, "Extension";
    EXTENSION_ID: "x509af.extension.id", oid, "Extension Id";
    CRITICAL: "x509af.critical", boolean, "critical";
    DSS_PARAMS_ELEMENT: "x509af.DSS_Params_element", none, "DSS-Params";
    DSS_P: "x509af.p", bytes, "p";
    DSS_Q: "x509af.q", bytes, "q";
    DSS_G: "x509af.g", bytes, "g";
    RDN_SEQUENCE: "x509if.rdnSequence", u32, "rdnSequence";
    RDN_SEQUENCE_ITEM: "x509if.RDNSequence_item", u32, "RDNSequence item";
    RDN_ITEM_ELEMENT: "x509if.RelativeDistinguishedName_item_element", none, "RelativeDistinguishedName item";
    ATTRIBUTE_OID: "x509if.oid", oid, "Object Id";
    DIRECTORY_STRING: "x509sat.DirectoryString", u32, "DirectoryString" labels "x509-directory-string";
    TELETEX_STRING: "x509sat.teletexString", text, "teletexString";
    PRINTABLE_STRING: "x509sat.printableString", text, "printableString";
    UNIVERSAL_STRING: "x509sat.universalString", text, "universalString";
    BMP_STRING: "x509sat.bmpString", text, "bmpString";
    UTF8_STRING: "x509sat.uTF8String", text, "uTF8String";
    COUNTRY_NAME: "x509sat.CountryName", text, "CountryName";
    SYNTAX_PRINTABLE_STRING: "x509sat.PrintableString", text, "PrintableString";
    SYNTAX_IA5_STRING: "x509sat.IA5String", text, "IA5String";
    SYNTAX_BMP_STRING: "x509sat.BMPString", text, "BMPString";
    SYNTAX_INTEGER: "x509sat.Integer", i32, "Integer";
    SUBJECT_KEY_IDENTIFIER: "x509ce.SubjectKeyIdentifier", bytes, "SubjectKeyIdentifier";
    AUTHORITY_KEY_IDENTIFIER_ELEMENT: "x509ce.AuthorityKeyIdentifier_element", none, "AuthorityKeyIdentifier";
    KEY_IDENTIFIER: "x509ce.keyIdentifier", bytes, "keyIdentifier";
    AUTHORITY_CERT_ISSUER: "x509ce.authorityCertIssuer", u32, "authorityCertIssuer";
    AUTHORITY_CERT_SERIAL_NUMBER: "x509ce.authorityCertSerialNumber", bytes, "authorityCertSerialNumber";
    KEY_USAGE: "x509ce.KeyUsage", bytes, "KeyUsage";
    KEY_USAGE_DIGITAL_SIGNATURE: "x509ce.KeyUsage.digitalSignature", boolean, "digitalSignature";
    KEY_USAGE_CONTENT_COMMITMENT: "x509ce.KeyUsage.contentCommitment", boolean, "contentCommitment";
    KEY_USAGE_KEY_ENCIPHERMENT: "x509ce.KeyUsage.keyEncipherment", boolean, "keyEncipherment";
    KEY_USAGE_DATA_ENCIPHERMENT: "x509ce.KeyUsage.dataEncipherment", boolean, "dataEncipherment";
    KEY_USAGE_KEY_AGREEMENT: "x509ce.KeyUsage.keyAgreement", boolean, "keyAgreement";
    KEY_USAGE_KEY_CERT_SIGN: "x509ce.KeyUsage.keyCertSign", boolean, "keyCertSign";
    KEY_USAGE_CRL_SIGN: "x509ce.KeyUsage.cRLSign", boolean, "cRLSign";
    KEY_USAGE_ENCIPHER_ONLY: "x509ce.KeyUsage.encipherOnly", boolean, "encipherOnly";
    KEY_USAGE_DECIPHER_ONLY: "x509ce.KeyUsage.decipherOnly", boolean, "decipherOnly";
    GENERAL_NAMES: "x509ce.GeneralNames", u32, "GeneralNames";
    GENERAL_NAME: "x509ce.GeneralName", u32, "GeneralName" labels "x509-general-name";
    RFC822_NAME: "x509ce.rfc822Name", text, "rfc822Name";
    DNS_NAME: "x509ce.dNSName", text, "dNSName";
    DIRECTORY_NAME: "x509ce.directoryName", u32, "directoryName" labels "x509-name";
    UNIFORM_RESOURCE_IDENTIFIER: "x509ce.uniformResourceIdentifier", text, "uniformResourceIdentifier";
    IP_ADDRESS_IPV4: "x509ce.IPAddress.ipv4", ipv4, "iPAddress";
    IP_ADDRESS_IPV6: "x509ce.IPAddress.ipv6", ipv6, "iPAddress";
    REGISTERED_ID: "x509ce.registeredID", oid, "registeredID";
    BASIC_CONSTRAINTS_ELEMENT: "x509ce.BasicConstraintsSyntax_element", none, "BasicConstraintsSyntax";
    CA: "x509ce.cA", boolean, "cA";
    PATH_LEN_CONSTRAINT: "x509ce.pathLenConstraint", u64, "pathLenConstraint";
    CRL_DIST_POINTS: "x509ce.CRLDistPointsSyntax", u32, "CRLDistPointsSyntax";
    DISTRIBUTION_POINT_ELEMENT: "x509ce.DistributionPoint_element", none, "DistributionPoint";
    DISTRIBUTION_POINT: "x509ce.distributionPoint", u32, "distributionPoint" labels "x509-distribution-point";
    FULL_NAME: "x509ce.fullName", u32, "fullName";
    CERTIFICATE_POLICIES: "x509ce.CertificatePoliciesSyntax", u32, "CertificatePoliciesSyntax";
    POLICY_INFORMATION_ELEMENT: "x509ce.PolicyInformation_element", none, "PolicyInformation";
    POLICY_IDENTIFIER: "x509ce.policyIdentifier", oid, "policyIdentifier";
    POLICY_QUALIFIERS: "x509ce.policyQualifiers", u32, "policyQualifiers";
    POLICY_QUALIFIER_INFO_ELEMENT: "x509ce.PolicyQualifierInfo_element", none, "PolicyQualifierInfo";
    QUALIFIER_ID: "x509ce.id", oid, "Id";
    KEY_PURPOSE_IDS: "x509ce.KeyPurposeIDs", u32, "KeyPurposeIDs";
    KEY_PURPOSE_ID: "x509ce.KeyPurposeId", oid, "KeyPurposeId";
    CERTIFICATE_TEMPLATE_ELEMENT: "x509ce.CertificateTemplate_element", none, "CertificateTemplate";
    TEMPLATE_ID: "x509ce.templateID", oid, "templateID";
    TEMPLATE_MAJOR_VERSION: "x509ce.templateMajorVersion", i32, "templateMajorVersion";
    TEMPLATE_MINOR_VERSION: "x509ce.templateMinorVersion", i32, "templateMinorVersion";
    AUTHORITY_INFO_ACCESS: "pkix1implicit.AuthorityInfoAccessSyntax", u32, "AuthorityInfoAccessSyntax";
    ACCESS_DESCRIPTION_ELEMENT: "pkix1implicit.AccessDescription_element", none, "AccessDescription";
    ACCESS_METHOD: "pkix1implicit.accessMethod", oid, "accessMethod";
    ACCESS_LOCATION: "pkix1implicit.accessLocation", u32, "accessLocation" labels "x509-general-name";
    USER_NOTICE_ELEMENT: "pkix1implicit.UserNotice_element", none, "UserNotice";
    EXPLICIT_TEXT: "pkix1implicit.explicitText", u32, "explicitText" labels "x509-display-text";
    NOTICE_IA5_STRING: "pkix1implicit.ia5String", text, "ia5String";
    NOTICE_VISIBLE_STRING: "pkix1implicit.visibleString", text, "visibleString";
    NOTICE_BMP_STRING: "pkix1implicit.bmpString", text, "bmpString";
    NOTICE_UTF8_STRING: "pkix1implicit.utf8String", text, "utf8String";
    PRACTICE_STATEMENT: "pkix1explicit.DirectoryString", text, "DirectoryString";
    RSA_MODULUS: "pkcs1.modulus", bytes, "modulus";
    RSA_PUBLIC_EXPONENT: "pkcs1.publicExponent", i32, "publicExponent";
    EC_PARAMETERS: "pkcs1.ECParameters", u32, "ECParameters" labels "pkcs1-parameters";
    EC_NAMED_CURVE: "pkcs1.namedCurve", oid, "namedCurve";
}

/// Tags of the universal class (X.690 8.1.2).
const INTEGER: u8 = 0x02;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const UTC: u8 = 0x17;

/// Public keys (RFC 3279 2.3): RSA, DSA and elliptic curves.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01];
const ELLIPTIC_CURVE: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

/// The fields of a certificate (RFC 5280 4.1).
pub(crate) fn extract<'a>(certificate: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let is_wanted = out.wants_any(FIELDS, SIGNED_CERTIFICATE_ELEMENT)
        || out.wants(frame::PROTOCOLS)
        || tls::wants_signed_times(out);
    if is_wanted {
        out.renamed(Renaming::default(), |out| whole(certificate, out));
    }
}

fn whole<'a>(certificate: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(whole) = sequence(certificate) else { return };
    let mut parts = elements(whole.value);
    let Some(signed) = parts.next() else { return };
    out.present(SIGNED_CERTIFICATE_ELEMENT);
    body(signed, out);
    if let Some(algorithm) = parts.next() {
        self::algorithm(ALGORITHM_IDENTIFIER_ELEMENT, algorithm, out);
    }
    out.bytes(ENCRYPTED, parts.next().and_then(bit_string));
}

fn sequence(bytes: Bytes<'_>) -> Option<Element<'_>> {
    Element::first(bytes).filter(|element| element.tag == SEQUENCE)
}

/// The part that is signed (RFC 5280 4.1.2).
fn body<'a>(signed: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    const VERSION_TAG: u8 = 0xa0;
    const EXTENSIONS_TAG: u8 = 0xa3;
    let mut parts = elements(signed.value).peekable();
    if let Some(version) = parts.next_if(|part| part.tag == VERSION_TAG) {
        out.signed(VERSION, version.inner().and_then(Element::number));
    }
    out.bytes(SERIAL_NUMBER, parts.next().map(|serial| serial.value.0));
    let (Some(algorithm), Some(issuer), Some(validity)) = (parts.next(), parts.next(), parts.next()) else { return };
    self::algorithm(SIGNATURE_ELEMENT, algorithm, out);
    name::extract((ISSUER, RDN_SEQUENCE), issuer, out);
    self::validity(validity, out);
    let (Some(subject), Some(key)) = (parts.next(), parts.next()) else { return };
    name::extract((SUBJECT, SUBJECT_RDN_SEQUENCE), subject, out);
    public_key(key, out);
    let extensions = parts.find(|part| part.tag == EXTENSIONS_TAG).and_then(Element::inner);
    if let Some(extensions) = extensions {
        out.count(EXTENSIONS, elements(extensions.value).count());
        elements(extensions.value).for_each(|one| extension::extract(one, out));
    }
}

/// An algorithm and its parameters.
pub(crate) fn algorithm<'a>(id: FieldId, algorithm: Element<'a>, out: &mut Out<'_, '_, 'a>) -> Option<&'a [u8]> {
    out.present(id);
    let mut parts = elements(algorithm.value);
    let which = parts.next()?.value.0;
    out.bytes(ALGORITHM_ID, Some(which));
    let parameters = parts.next()?;
    match (which, parameters.tag) {
        (ELLIPTIC_CURVE, OBJECT_IDENTIFIER) => {
            out.layer("pkcs-1");
            // A named curve is the first choice that Wireshark counts from 1.
            out.count(EC_PARAMETERS, 1);
            out.bytes(EC_NAMED_CURVE, Some(parameters.value.0));
        }
        (DSA, SEQUENCE) => {
            out.layer("x509af");
            out.present(DSS_PARAMS_ELEMENT);
            for (id, number) in [DSS_P, DSS_Q, DSS_G].into_iter().zip(elements(parameters.value)) {
                out.bytes(id, Some(number.value.0));
            }
        }
        _ => {}
    }
    Some(which)
}

/// RFC 5280 4.1.2.5.
fn validity<'a>(validity: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(VALIDITY_ELEMENT);
    for (id, time) in [NOT_BEFORE, NOT_AFTER].into_iter().zip(elements(validity.value)) {
        out.count(id, usize::from(time.tag != UTC));
        if time.tag == UTC {
            out.made_text(UTC_TIME, || short_time(time.value.0));
        } else {
            out.time(GENERALIZED_TIME, long_time(time.value.0));
        }
    }
}

/// `181030000000Z` as Wireshark writes it; a year below 50 is of this century (RFC 5280 4.1.2.5.1).
fn short_time(bytes: &[u8]) -> Option<String> {
    let digits = std::str::from_utf8(bytes).ok()?.strip_suffix('Z')?;
    let pair = |at: usize| digits.get(at..at + 2).filter(|pair| pair.bytes().all(|digit| digit.is_ascii_digit()));
    let (year, month, day) = (pair(0)?, pair(2)?, pair(4)?);
    let century = if year < "50" { "20" } else { "19" };
    let (hour, minute, second) = (pair(6)?, pair(8)?, pair(10).unwrap_or("00"));
    Some(format!("{century}{year}-{month}-{day} {hour}:{minute}:{second} (UTC)"))
}

/// `20500101000000Z` (RFC 5280 4.1.2.5.2).
pub(crate) fn long_time(bytes: &[u8]) -> Option<Timestamp> {
    let time = jiff::civil::DateTime::strptime("%Y%m%d%H%M%SZ", std::str::from_utf8(bytes).ok()?).ok()?;
    let seconds = time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
    Some(Timestamp::from_seconds(seconds, 0))
}

/// RFC 5280 4.1.2.7.
fn public_key<'a>(key: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(SUBJECT_PUBLIC_KEY_INFO_ELEMENT);
    let mut parts = elements(key.value);
    let which = parts.next().and_then(|algorithm| self::algorithm(ALGORITHM_ELEMENT, algorithm, out));
    let Some(bits) = parts.next().and_then(bit_string) else { return };
    out.bytes(SUBJECT_PUBLIC_KEY, Some(bits));
    if which != Some(RSA) {
        return;
    }
    let Some(numbers) = sequence(Bytes(bits)) else { return };
    let mut numbers = elements(numbers.value).filter(|number| number.tag == INTEGER);
    out.bytes(RSA_MODULUS, numbers.next().map(|modulus| modulus.value.0));
    out.signed(RSA_PUBLIC_EXPONENT, numbers.next().and_then(Element::number));
}

/// The bytes of a bit string, whose first byte counts the bits that are not used.
fn bit_string(element: Element<'_>) -> Option<&[u8]> {
    element.value.0.get(1..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_year_belongs_to_two_centuries() {
        assert_eq!(short_time(b"181030000000Z").as_deref(), Some("2018-10-30 00:00:00 (UTC)"));
        assert_eq!(short_time(b"960129010203Z").as_deref(), Some("1996-01-29 01:02:03 (UTC)"));
        assert_eq!(short_time(b"18103000000\xc3\xa9"), None);
        assert_eq!(short_time(b"xx1030000000Z"), None);
    }

    #[test]
    fn the_long_time_is_read_as_utc() {
        assert_eq!(long_time(b"20500101000000Z"), Some(Timestamp::from_seconds(2_524_608_000, 0)));
        assert_eq!(long_time(b"2050"), None);
    }
}
