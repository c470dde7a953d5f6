//! TLS 1.2/1.3 records (RFC 8446): a ClientHello with a real structure, a ServerHello, and opaque records after them.

use crate::random::Random;

const EXTENSION_SERVER_NAME: u16 = 0;
const EXTENSION_SUPPORTED_GROUPS: u16 = 10;
const EXTENSION_POINT_FORMATS: u16 = 11;
const EXTENSION_SIGNATURE_ALGORITHMS: u16 = 13;
const EXTENSION_ALPN: u16 = 16;
const EXTENSION_EXTENDED_MASTER_SECRET: u16 = 23;
const EXTENSION_SUPPORTED_VERSIONS: u16 = 43;
const EXTENSION_KEY_SHARE: u16 = 51;
/// RFC 9849 (formerly draft-ietf-tls-esni): encrypted_client_hello.
const EXTENSION_ECH: u16 = 0xfe0d;

/// What a client puts into its ClientHello.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ClientHello<'a> {
    /// The name in `server_name`; none leaves the extension out.
    pub(crate) server_name: Option<&'a str>,
    /// Protocols for ALPN, most wanted first.
    pub(crate) alpn: &'a [&'a str],
    /// Carry an encrypted inner ClientHello.
    pub(crate) encrypted_inner: bool,
    /// Pad the hello over one segment, as post-quantum key shares do.
    pub(crate) large_key_share: bool,
    /// Put `server_name` behind the key share: browsers shuffle their extensions.
    pub(crate) name_last: bool,
}

/// One handshake record with a ClientHello.
pub(crate) fn client_hello(hello: &ClientHello<'_>, random: &mut Random) -> Vec<u8> {
    let mut body = vec![0x03, 0x03];
    body.extend(random.bytes(32));
    body.push(32);
    body.extend(random.bytes(32));
    let suites: [u16; 9] = [0x0a0a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0x009c];
    body.extend(sized16(&words(&suites)));
    body.extend([1, 0]);
    body.extend(sized16(&extensions(hello, random)));
    record(22, &handshake(1, &body))
}

fn extensions(hello: &ClientHello<'_>, random: &mut Random) -> Vec<u8> {
    let name = hello.server_name.map(server_name).unwrap_or_default();
    let (first, last) = if hello.name_last {
        (Vec::new(), name)
    } else {
        (name, Vec::new())
    };
    let mut bytes = extension(0x1a1a, &[]);
    bytes.extend(first);
    bytes.extend(extension(EXTENSION_EXTENDED_MASTER_SECRET, &[]));
    bytes.extend(extension(
        EXTENSION_SUPPORTED_GROUPS,
        &sized16(&words(&[0x0a0a, 0x001d, 0x0017, 0x0018])),
    ));
    bytes.extend(extension(EXTENSION_POINT_FORMATS, &[1, 0]));
    bytes.extend(alpn(hello.alpn));
    let algorithms = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];
    bytes.extend(extension(EXTENSION_SIGNATURE_ALGORITHMS, &sized16(&words(&algorithms))));
    bytes.extend(key_share(hello.large_key_share, random));
    bytes.extend(extension(EXTENSION_SUPPORTED_VERSIONS, &[4, 0x03, 0x04, 0x03, 0x03]));
    if hello.encrypted_inner {
        bytes.extend(encrypted_client_hello(random));
    }
    bytes.extend(last);
    bytes
}

fn server_name(name: &str) -> Vec<u8> {
    let mut entry = vec![0];
    entry.extend(sized16(name.as_bytes()));
    extension(EXTENSION_SERVER_NAME, &sized16(&entry))
}

fn alpn(protocols: &[&str]) -> Vec<u8> {
    let list: Vec<u8> = protocols
        .iter()
        .flat_map(|protocol| sized8(protocol.as_bytes()))
        .collect();
    if list.is_empty() {
        Vec::new()
    } else {
        extension(EXTENSION_ALPN, &sized16(&list))
    }
}

fn key_share(large: bool, random: &mut Random) -> Vec<u8> {
    // 0x11ec is X25519MLKEM768, whose share of 1216 bytes makes the hello outgrow one segment.
    let (group, length) = if large { (0x11ec_u16, 1216) } else { (0x001d_u16, 32) };
    let mut entry = group.to_be_bytes().to_vec();
    entry.extend(sized16(&random.bytes(length)));
    extension(EXTENSION_KEY_SHARE, &sized16(&entry))
}

/// The outer form: type, cipher suite, config id, encapsulated key, payload.
fn encrypted_client_hello(random: &mut Random) -> Vec<u8> {
    let mut body = vec![0, 0x00, 0x01, 0x00, 0x01, 0x2a];
    body.extend(sized16(&random.bytes(32)));
    body.extend(sized16(&random.bytes(207)));
    extension(EXTENSION_ECH, &body)
}

/// A ServerHello and the first encrypted record of a TLS 1.3 server.
pub(crate) fn server_hello(random: &mut Random) -> Vec<u8> {
    let mut body = vec![0x03, 0x03];
    body.extend(random.bytes(32));
    body.push(32);
    body.extend(random.bytes(32));
    body.extend([0x13, 0x01, 0]);
    let mut extensions = extension(EXTENSION_SUPPORTED_VERSIONS, &[0x03, 0x04]);
    let mut share = vec![0x00, 0x1d];
    share.extend(sized16(&random.bytes(32)));
    extensions.extend(extension(EXTENSION_KEY_SHARE, &share));
    body.extend(sized16(&extensions));
    let mut bytes = record(22, &handshake(2, &body));
    bytes.extend(record(20, &[1]));
    bytes.extend(application_data(2_100, random));
    bytes
}

/// Opaque application records that together carry that many bytes.
pub(crate) fn application_data(length: usize, random: &mut Random) -> Vec<u8> {
    /// The largest record a peer accepts (RFC 8446 5.1) less the room for tag and content type.
    const RECORD: usize = 16_000;
    let content = random.bytes(length);
    content.chunks(RECORD).flat_map(|chunk| record(23, chunk)).collect()
}

fn record(content_type: u8, fragment: &[u8]) -> Vec<u8> {
    let mut bytes = vec![content_type, 0x03, if content_type == 22 { 0x01 } else { 0x03 }];
    bytes.extend(sized16(fragment));
    bytes
}

fn handshake(message_type: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap_or(0).to_be_bytes();
    let mut bytes = vec![message_type];
    bytes.extend(length.iter().skip(1));
    bytes.extend(body);
    bytes
}

fn extension(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_be_bytes().to_vec();
    bytes.extend(sized16(body));
    bytes
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

fn sized8(body: &[u8]) -> Vec<u8> {
    let kept = body.get(..255).unwrap_or(body);
    let mut bytes = vec![u8::try_from(kept.len()).unwrap_or(255)];
    bytes.extend(kept);
    bytes
}

fn sized16(body: &[u8]) -> Vec<u8> {
    let mut bytes = u16::try_from(body.len()).unwrap_or(u16::MAX).to_be_bytes().to_vec();
    bytes.extend(body);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{ClientHello, application_data, client_hello};
    use crate::random::Random;

    #[test]
    fn every_length_of_a_hello_agrees_with_its_bytes() {
        let hello = ClientHello {
            server_name: Some("a.example"),
            alpn: &["h2"],
            ..ClientHello::default()
        };
        let bytes = client_hello(&hello, &mut Random::new(3));
        assert_eq!(usize::from(u16::from_be_bytes([bytes[3], bytes[4]])), bytes.len() - 5);
        assert_eq!(usize::from(u16::from_be_bytes([bytes[7], bytes[8]])), bytes.len() - 9);
        assert!(bytes.windows(9).any(|window| window == b"a.example"));
    }

    #[test]
    fn long_data_is_cut_into_records() {
        assert_eq!(application_data(33_000, &mut Random::new(3)).len(), 33_000 + 3 * 5);
    }
}
