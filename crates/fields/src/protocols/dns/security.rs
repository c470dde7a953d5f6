//! Records that sign a zone (RFC 4034, RFC 5155), and that tie keys and authorities to names (RFC 6698, RFC 8659).

use whotalks_record::Timestamp;

use super::*;

/// Types of records (IANA "Domain Name System Parameters").
const DS: u16 = 43;
const RRSIG: u16 = 46;
const NSEC: u16 = 47;
const DNSKEY: u16 = 48;
const NSEC3: u16 = 50;
const TLSA: u16 = 52;
const CAA: u16 = 257;

/// The data of a record of one of these types, which lies at `at` of the message.
pub(super) fn extract<'a>(record_type: u16, message: Bytes<'a>, at: usize, length: usize, out: &mut Out<'_, '_, 'a>) {
    let data = message.part(at, length);
    match record_type {
        DS => {
            out.layout(data, &[Place::at(DS_KEY_ID, 0, 2), Place::at(DS_ALGORITHM, 2, 1), Place::at(DS_DIGEST_TYPE, 3, 1)]);
            out.bytes(DS_DIGEST, data.0.get(4..));
        }
        RRSIG => signature(message, at, length, out),
        NSEC => put_name(NSEC_NEXT_DOMAIN_NAME, message, at, out),
        DNSKEY => key(data, out),
        NSEC3 => hashed(data, out),
        TLSA => {
            out.layout(
                data,
                &[
                    Place::at(TLSA_CERTIFICATE_USAGE, 0, 1),
                    Place::at(TLSA_SELECTOR, 1, 1),
                    Place::at(TLSA_MATCHING_TYPE, 2, 1),
                ],
            );
            out.bytes(TLSA_CERTIFICATE_ASSOCIATION_DATA, data.0.get(3..));
        }
        CAA => authority(data, out),
        _ => {}
    }
}

/// RFC 4034 3.1.
fn signature<'a>(message: Bytes<'a>, at: usize, length: usize, out: &mut Out<'_, '_, 'a>) {
    let data = message.part(at, length);
    out.layout(
        data,
        &[
            Place::at(RRSIG_TYPE_COVERED, 0, 2),
            Place::at(RRSIG_ALGORITHM, 2, 1),
            Place::at(RRSIG_LABELS, 3, 1),
            Place::at(RRSIG_ORIGINAL_TTL, 4, 4),
            Place::at(RRSIG_KEY_TAG, 16, 2),
        ],
    );
    let time = |at| data.be(at, 4).map(|seconds| Timestamp::from_seconds(seconds as i64, 0));
    out.time(RRSIG_SIGNATURE_EXPIRATION, time(8));
    out.time(RRSIG_SIGNATURE_INCEPTION, time(12));
    let Some((_, end)) = name(message, at + 18) else { return };
    put_name(RRSIG_SIGNERS_NAME, message, at + 18, out);
    out.bytes(RRSIG_SIGNATURE, message.slice(end, (at + length).saturating_sub(end)));
}

/// RFC 4034 2.1.
fn key<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        data,
        &[
            Place::at(DNSKEY_FLAGS, 0, 2),
            Place::bits(DNSKEY_FLAGS_ZONE_KEY, 0, 2, 0x0100),
            Place::bits(DNSKEY_FLAGS_KEY_REVOKED, 0, 2, 0x0080),
            Place::bits(DNSKEY_FLAGS_SECURE_ENTRY_POINT, 0, 2, 0x0001),
            Place::at(DNSKEY_PROTOCOL, 2, 1),
            Place::at(DNSKEY_ALGORITHM, 3, 1),
        ],
    );
    out.number(DNSKEY_KEY_ID, Some(key_tag(data.0)));
    out.bytes(DNSKEY_PUBLIC_KEY, data.0.get(4..));
}

/// The number by which signatures name a key (RFC 4034 B).
fn key_tag(data: &[u8]) -> u16 {
    let (pairs, odd) = data.as_chunks::<2>();
    let mut sum: u32 = pairs.iter().map(|pair| u32::from(u16::from_be_bytes(*pair))).sum();
    sum += odd.first().map_or(0, |byte| u32::from(*byte) << 8);
    sum += sum >> 16;
    sum as u16
}

/// RFC 5155 3.2.
fn hashed<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        data,
        &[
            Place::at(NSEC3_ALGO, 0, 1),
            Place::at(NSEC3_FLAGS, 1, 1),
            Place::bits(NSEC3_FLAGS_OPT_OUT, 1, 1, 0x01),
            Place::at(NSEC3_ITERATIONS, 2, 2),
            Place::at(NSEC3_SALT_LENGTH, 4, 1),
        ],
    );
    let Some(salt) = data.length(4, 1) else { return };
    out.bytes(NSEC3_SALT_VALUE, data.slice(5, salt));
    let Some(length) = data.length(5 + salt, 1) else { return };
    out.count(NSEC3_HASH_LENGTH, length);
    out.made_text(NSEC3_HASH_VALUE, || data.slice(6 + salt, length).map(base32));
}

/// Base 32 with the extended hexadecimal alphabet, in upper case and without padding (RFC 4648 7).
fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHIJKLMNOPQRSTUV";
    let bits = bytes.len() * 8;
    let bit = |at: usize| bytes.get(at / 8).is_some_and(|byte| byte & (0x80 >> (at % 8)) != 0);
    let digit = |start: usize| (start..start + 5).fold(0, |number, at| number << 1 | usize::from(bit(at)));
    let digits = (0..bits).step_by(5).filter_map(|start| ALPHABET.get(digit(start)));
    digits.map(|digit| char::from(*digit)).collect()
}

/// RFC 8659 4.1.
fn authority<'a>(data: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    out.layout(
        data,
        &[
            Place::at(CAA_FLAGS, 0, 1),
            Place::bits(CAA_FLAGS_ISSUER_CRITICAL, 0, 1, 0x80),
            Place::at(CAA_TAG_LENGTH, 1, 1),
        ],
    );
    let Some(length) = data.length(1, 1) else { return };
    out.text(CAA_TAG, data.slice(2, length));
    out.text(CAA_VALUE, data.0.get(2 + length..));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_written_in_base_32_as_in_the_rfc() {
        let examples: [(&[u8], &str); 4] = [(b"", ""), (b"f", "CO"), (b"foo", "CPNMU"), (b"foobar", "CPNMUOJ1E8")];
        for (bytes, text) in examples {
            assert_eq!(base32(bytes), text);
        }
    }

    #[test]
    fn the_tag_of_a_key_sums_its_data() {
        assert_eq!(key_tag(&[0x01, 0x00, 0x03, 0x05, 0xff]), 0x0306);
    }
}
