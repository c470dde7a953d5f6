//! Online Certificate Status Protocol (RFC 6960): whether certificates were revoked.

use super::x509;
use crate::declare::fields;
use crate::extract::asn1::{Element, elements};
use crate::extract::{Bytes, Out};

fields! {
    level Applications;
    PROTOCOL: "ocsp", protocol, "Online Certificate Status Protocol";
    TBS_REQUEST_ELEMENT: "ocsp.tbsRequest_element", none, "tbsRequest";
    REQUEST_LIST: "ocsp.requestList", u32, "requestList";
    REQUEST_ELEMENT: "ocsp.Request_element", none, "Request";
    REQ_CERT_ELEMENT: "ocsp.reqCert_element", none, "reqCert";
    RESPONSE_STATUS: "ocsp.responseStatus", u32, "responseStatus" labels "ocsp-response-status";
    RESPONSE_BYTES_ELEMENT: "ocsp.responseBytes_element", none, "responseBytes";
    BASIC_RESPONSE_ELEMENT: "ocsp.BasicOCSPResponse_element", none, "BasicOCSPResponse";
    TBS_RESPONSE_DATA_ELEMENT: "ocsp.tbsResponseData_element", none, "tbsResponseData";
    RESPONDER_ID: "ocsp.responderID", u32, "responderID" labels "ocsp-responder";
    BY_NAME: "ocsp.byName", u32, "byName" labels "x509-name";
    BY_KEY: "ocsp.byKey", bytes, "byKey";
    PRODUCED_AT: "ocsp.producedAt", time, "producedAt";
    RESPONSES: "ocsp.responses", u32, "responses";
    SINGLE_RESPONSE_ELEMENT: "ocsp.SingleResponse_element", none, "SingleResponse";
    CERT_ID_ELEMENT: "ocsp.certID_element", none, "certID";
    HASH_ALGORITHM_ELEMENT: "ocsp.hashAlgorithm_element", none, "hashAlgorithm";
    ISSUER_NAME_HASH: "ocsp.issuerNameHash", bytes, "issuerNameHash";
    ISSUER_KEY_HASH: "ocsp.issuerKeyHash", bytes, "issuerKeyHash";
    SERIAL_NUMBER: "ocsp.serialNumber", bytes, "serialNumber";
    CERT_STATUS: "ocsp.certStatus", u32, "certStatus" labels "ocsp-cert-status";
    GOOD_ELEMENT: "ocsp.good_element", none, "good";
    REVOKED_ELEMENT: "ocsp.revoked_element", none, "revoked";
    UNKNOWN_ELEMENT: "ocsp.unknown_element", none, "unknown";
    REVOCATION_TIME: "ocsp.revocationTime", time, "revocationTime";
    THIS_UPDATE: "ocsp.thisUpdate", time, "thisUpdate";
    NEXT_UPDATE: "ocsp.nextUpdate", time, "nextUpdate";
    SIGNATURE_ALGORITHM_ELEMENT: "ocsp.signatureAlgorithm_element", none, "signatureAlgorithm";
    SIGNATURE: "ocsp.signature", bytes, "signature";
    CERTS: "ocsp.certs", u32, "certs";
    CERTIFICATE_ELEMENT: "ocsp.Certificate_element", none, "Certificate";
}

/// Tags of the context.
const FIRST: u8 = 0xa0;
const SEQUENCE: u8 = 0x30;
const GENERALIZED_TIME: u8 = 0x18;

/// A question (RFC 6960 4.1.1).
pub(crate) fn request<'a>(request: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, request.0);
    let Some(signed) = Element::first(request).and_then(Element::inner) else { return };
    out.present(TBS_REQUEST_ELEMENT);
    let Some(list) = elements(signed.value).find(|part| part.tag == SEQUENCE) else { return };
    out.count(REQUEST_LIST, elements(list.value).count());
    for single in elements(list.value) {
        out.present(REQUEST_ELEMENT);
        let Some(certificate) = single.inner() else { continue };
        out.present(REQ_CERT_ELEMENT);
        self::certificate(certificate, out);
    }
}

/// An answer (RFC 6960 4.2.1).
pub(crate) fn response<'a>(response: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, response.0);
    let Some(whole) = Element::first(response) else { return };
    let mut parts = elements(whole.value);
    out.number(RESPONSE_STATUS, parts.next().and_then(Element::number).map(|status| status as u64));
    let Some(bytes) = parts.next().filter(|part| part.tag == FIRST).and_then(Element::inner) else { return };
    out.present(RESPONSE_BYTES_ELEMENT);
    let Some(basic) = elements(bytes.value).nth(1).and_then(Element::inner) else { return };
    out.present(BASIC_RESPONSE_ELEMENT);
    let mut parts = elements(basic.value);
    let Some(data) = parts.next() else { return };
    out.present(TBS_RESPONSE_DATA_ELEMENT);
    self::data(data, out);
    if let Some(algorithm) = parts.next() {
        x509::algorithm(SIGNATURE_ALGORITHM_ELEMENT, algorithm, out);
    }
    out.bytes(SIGNATURE, parts.next().and_then(|bits| bits.value.0.get(1..)));
    let Some(certificates) = parts.next().filter(|part| part.tag == FIRST).and_then(Element::inner) else { return };
    out.count(CERTS, elements(certificates.value).count());
    let mut rest = certificates.value;
    while let Some(certificate) = Element::first(rest) {
        out.present(CERTIFICATE_ELEMENT);
        x509::extract(rest.part(0, certificate.bytes), out);
        rest = rest.from(certificate.bytes);
    }
}

fn data<'a>(data: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    const BY_NAME_TAG: u8 = 0xa1;
    const BY_KEY_TAG: u8 = 0xa2;
    for part in elements(data.value) {
        match part.tag {
            BY_NAME_TAG => {
                out.count(RESPONDER_ID, 1);
                if let Some(name) = part.inner() {
                    x509::name((BY_NAME, x509::RDN_SEQUENCE), name, out);
                }
            }
            BY_KEY_TAG => {
                out.count(RESPONDER_ID, 2);
                out.bytes(BY_KEY, part.inner().map(|key| key.value.0));
            }
            GENERALIZED_TIME => out.time(PRODUCED_AT, x509::long_time(part.value.0)),
            SEQUENCE => {
                out.count(RESPONSES, elements(part.value).count());
                elements(part.value).for_each(|one| single(one, out));
            }
            _ => {}
        }
    }
}

fn single<'a>(response: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    out.present(SINGLE_RESPONSE_ELEMENT);
    let mut parts = elements(response.value);
    let (Some(certificate), Some(status)) = (parts.next(), parts.next()) else { return };
    out.present(CERT_ID_ELEMENT);
    self::certificate(certificate, out);
    let choice = status.tag & 0x1f;
    out.number(CERT_STATUS, Some(choice));
    match choice {
        0 => out.present(GOOD_ELEMENT),
        1 => {
            out.present(REVOKED_ELEMENT);
            out.time(REVOCATION_TIME, status.inner().and_then(|time| x509::long_time(time.value.0)));
        }
        _ => out.present(UNKNOWN_ELEMENT),
    }
    out.time(THIS_UPDATE, parts.next().and_then(|time| x509::long_time(time.value.0)));
    let next = parts.next().filter(|part| part.tag == FIRST).and_then(Element::inner);
    out.time(NEXT_UPDATE, next.and_then(|time| x509::long_time(time.value.0)));
}

/// Which certificate: the hashes of who signed it, and its number.
fn certificate<'a>(certificate: Element<'a>, out: &mut Out<'_, '_, 'a>) {
    let mut parts = elements(certificate.value);
    if let Some(algorithm) = parts.next() {
        x509::algorithm(HASH_ALGORITHM_ELEMENT, algorithm, out);
    }
    for id in [ISSUER_NAME_HASH, ISSUER_KEY_HASH, SERIAL_NUMBER] {
        out.bytes(id, parts.next().map(|part| part.value.0));
    }
}
