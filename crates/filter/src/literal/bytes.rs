//! Byte strings, Ethernet addresses, GUIDs and object identifiers.

/// Bytes as one or two hexadecimal digits each, which colons, hyphens or dots may part; or one byte after `0x`.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    if let Some(digits) = text.strip_prefix("0x") {
        let is_one_byte = digits.len() == 2;
        return is_one_byte
            .then(|| u8::from_str_radix(digits, 16).ok())
            .flatten()
            .map(|byte| vec![byte]);
    }
    let mut signs = text.chars().peekable();
    let mut bytes = Vec::new();
    while let Some(sign) = signs.next() {
        let mut byte = sign.to_digit(16)?;
        if let Some(low) = signs.peek().and_then(|sign| sign.to_digit(16)) {
            byte = byte * 16 + low;
            signs.next();
        }
        bytes.push(u8::try_from(byte).ok()?);
        signs.next_if(|sign| matches!(sign, ':' | '-' | '.'));
    }
    (!bytes.is_empty()).then_some(bytes)
}

/// Six bytes.
pub(super) fn ethernet(text: &str) -> Option<Vec<u8>> {
    bytes(text).filter(|bytes| bytes.len() == 6)
}

/// `8-4-4-4-12` hexadecimal digits.
pub(super) fn guid(text: &str) -> Option<Vec<u8>> {
    let lengths = text.split('-').map(str::len);
    if !lengths.eq([8, 4, 4, 4, 12]) {
        return None;
    }
    bytes(text).filter(|bytes| bytes.len() == 16)
}

/// Numbers joined by dots, as BER writes them (X.690 8.19).
pub(super) fn object_identifier(text: &str) -> Option<Vec<u8>> {
    let mut arcs = text.split('.').map(|arc| arc.parse::<u64>().ok());
    let (first, second) = (arcs.next()??, arcs.next()??);
    if first > 2 || (first < 2 && second > 39) {
        return None;
    }
    let mut bytes = Vec::new();
    push_arc(first.checked_mul(40)?.checked_add(second)?, &mut bytes);
    for arc in arcs {
        push_arc(arc?, &mut bytes);
    }
    Some(bytes)
}

/// Seven bits a byte, the highest first; all but the last have the top bit set.
fn push_arc(arc: u64, bytes: &mut Vec<u8>) {
    let groups = (64 - arc.leading_zeros()).div_ceil(7).max(1);
    for group in (0..groups).rev() {
        let bits = (arc >> (7 * group)) & 0x7f;
        let more = if group > 0 { 0x80 } else { 0 };
        bytes.push(bits as u8 | more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_in_many_ways() {
        let cases: [(&str, Option<&[u8]>); 14] = [
            ("aa:bb", Some(&[0xaa, 0xbb])),
            ("aa-bb.cc", Some(&[0xaa, 0xbb, 0xcc])),
            ("aabb.ccdd", Some(&[0xaa, 0xbb, 0xcc, 0xdd])),
            ("0800", Some(&[8, 0])),
            ("0.0.0.1.1", Some(&[0, 0, 0, 1, 1])),
            ("2", Some(&[2])),
            ("255", Some(&[0x25, 5])),
            ("ff:", Some(&[0xff])),
            ("0x10", Some(&[0x10])),
            ("0x5", None),
            ("0x0800", None),
            ("xyz", None),
            ("aa::bb", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(bytes(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_object_identifier_becomes_its_encoding() {
        // The example of X.690 8.19.5 and rsaEncryption.
        assert_eq!(object_identifier("2.999.3"), Some(vec![0x88, 0x37, 3]));
        let rsa = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
        assert_eq!(
            object_identifier("1.2.840.113549.1.1.1").as_deref(),
            Some(rsa.as_slice())
        );
        assert_eq!(object_identifier("1.40"), None);
        assert_eq!(object_identifier("1"), None);
    }

    #[test]
    fn an_ethernet_address_has_six_bytes_and_a_guid_its_groups() {
        assert_eq!(ethernet("aabb.ccdd.eeff").map(|bytes| bytes.len()), Some(6));
        assert_eq!(ethernet("aa:bb"), None);
        assert!(guid("12345778-1234-abcd-ef00-0123456789ab").is_some());
        assert_eq!(guid("123457781234abcdef000123456789ab"), None);
    }
}
