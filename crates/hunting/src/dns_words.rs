//! The names of DNS types and response codes.

use std::borrow::Cow;

/// The types that are asked for daily (IANA "DNS Parameters").
const TYPES: [(u16, &str); 18] = [
    (1, "A"),
    (2, "NS"),
    (5, "CNAME"),
    (6, "SOA"),
    (12, "PTR"),
    (13, "HINFO"),
    (15, "MX"),
    (16, "TXT"),
    (28, "AAAA"),
    (33, "SRV"),
    (35, "NAPTR"),
    (41, "OPT"),
    (43, "DS"),
    (48, "DNSKEY"),
    (64, "SVCB"),
    (65, "HTTPS"),
    (252, "AXFR"),
    (255, "ANY"),
];

/// The response codes (IANA "DNS Parameters").
const RESPONSES: [&str; 11] = [
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH",
    "NOTZONE",
];

/// The name of a type; others in the form of RFC 3597 5.
pub(crate) fn type_name(number: u16) -> Cow<'static, str> {
    match TYPES.iter().find(|(known, _)| *known == number) {
        Some((_, name)) => Cow::Borrowed(name),
        None => Cow::Owned(format!("TYPE{number}")),
    }
}

/// The name of a response code; none for one that has none here.
pub(crate) fn response_name(code: u16) -> Option<&'static str> {
    RESPONSES.get(usize::from(code)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers_have_names_and_others_their_number() {
        assert_eq!(type_name(28), "AAAA");
        assert_eq!(type_name(4242), "TYPE4242");
        assert_eq!(response_name(3), Some("NXDOMAIN"));
        assert_eq!(response_name(23), None);
    }
}
