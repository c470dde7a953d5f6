//! Extensions of a hello (RFC 8446 4.2).
//!
//! ```text
//! | type 2 | length 2 | data ... |
//! ```

use whotalks_bytes::{Cursor, ReadError};

use super::Version;

/// The type of an extension (IANA "TLS ExtensionType Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExtensionType(pub u16);

impl ExtensionType {
    /// The name of the server, RFC 6066 3.
    pub const SERVER_NAME: Self = Self(0);
    /// Groups for the key exchange, RFC 8446 4.2.7; once "elliptic curves".
    pub const SUPPORTED_GROUPS: Self = Self(10);
    /// Forms of points on curves, RFC 8422 5.1.2.
    pub const EC_POINT_FORMATS: Self = Self(11);
    /// Signature algorithms, RFC 8446 4.2.3.
    pub const SIGNATURE_ALGORITHMS: Self = Self(13);
    /// Application-layer protocols offered, RFC 7301.
    pub const APPLICATION_LAYER_PROTOCOLS: Self = Self(16);
    /// Padding, RFC 7685.
    pub const PADDING: Self = Self(21);
    /// Session ticket, RFC 5077.
    pub const SESSION_TICKET: Self = Self(35);
    /// Keys agreed earlier, RFC 8446 4.2.11.
    pub const PRE_SHARED_KEY: Self = Self(41);
    /// Data sent before the handshake ends, RFC 8446 4.2.10.
    pub const EARLY_DATA: Self = Self(42);
    /// Versions offered, RFC 8446 4.2.1.
    pub const SUPPORTED_VERSIONS: Self = Self(43);
    /// How pre-shared keys are used, RFC 8446 4.2.9.
    pub const PSK_KEY_EXCHANGE_MODES: Self = Self(45);
    /// Shares of keys, RFC 8446 4.2.8.
    pub const KEY_SHARE: Self = Self(51);
    /// Parameters of QUIC, RFC 9001 8.2.
    pub const QUIC_TRANSPORT_PARAMETERS: Self = Self(57);
    /// Encrypted server name, a draft given up for ECH (draft-ietf-tls-esni-02).
    pub const ENCRYPTED_SERVER_NAME: Self = Self(0xffce);
    /// Encrypted ClientHello, RFC 9849.
    pub const ENCRYPTED_CLIENT_HELLO: Self = Self(0xfe0d);
}

/// An extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension<'a> {
    /// Its type.
    pub kind: ExtensionType,
    /// Its content.
    pub data: &'a [u8],
}

/// The extensions of a hello, in order. One that is cut off ends the list.
#[derive(Debug, Clone, Copy)]
pub struct Extensions<'a>(Cursor<'a>);

impl<'a> Extensions<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(Cursor::new(bytes))
    }

    /// Reads the length and takes what follows, or as much of it as is there. SSL 3.0 and plain TLS 1.0 hellos end before it.
    pub(super) fn block(cursor: &mut Cursor<'a>) -> &'a [u8] {
        cursor.u16_be("tls.extensions").map_or(&[][..], |length| {
            cursor.rest().get(..length.into()).unwrap_or(cursor.rest())
        })
    }

    /// The content of the first extension of a type.
    #[must_use]
    pub fn data(mut self, kind: ExtensionType) -> Option<&'a [u8]> {
        self.find(|extension| extension.kind == kind)
            .map(|extension| extension.data)
    }

    fn read(&mut self) -> Result<Extension<'a>, ReadError> {
        let kind = ExtensionType(self.0.u16_be("tls.extension_type")?);
        Ok(Extension {
            kind,
            data: self.0.slice_u16_be("tls.extension")?,
        })
    }
}

impl<'a> Iterator for Extensions<'a> {
    type Item = Extension<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let extension = self.read().ok();
        if extension.is_none() {
            self.0 = Cursor::new(&[]);
        }
        extension
    }
}

/// The kind of name that is a host's.
const HOST_NAME: u8 = 0;

/// The host name in a server_name extension of a client.
pub(super) fn host_name(data: &[u8]) -> Option<&[u8]> {
    let mut names = Cursor::new(Cursor::new(data).slice_u16_be("tls.server_names").ok()?);
    loop {
        let kind = names.u8("tls.server_name_type").ok()?;
        let name = names.slice_u16_be("tls.server_name").ok()?;
        if kind == HOST_NAME && !name.is_empty() {
            return Some(name);
        }
    }
}

/// The protocols in an ALPN extension.
pub(super) fn protocols(data: &[u8]) -> impl Iterator<Item = &[u8]> + use<'_> {
    let mut list = Cursor::new(Cursor::new(data).slice_u16_be("tls.alpn").unwrap_or_default());
    std::iter::from_fn(move || list.slice_u8("tls.alpn_protocol").ok())
}

/// The versions in a supported_versions extension of a client.
pub(super) fn versions(data: &[u8]) -> impl Iterator<Item = Version> + use<'_> {
    numbers(Cursor::new(data).slice_u8("tls.supported_versions").unwrap_or_default()).map(Version)
}

/// Numbers of two bytes behind a length of two bytes.
pub(super) fn counted_numbers(data: &[u8]) -> impl Iterator<Item = u16> + use<'_> {
    numbers(Cursor::new(data).slice_u16_be("tls.list").unwrap_or_default())
}

/// Bytes behind a length of one byte.
pub(super) fn counted_bytes(data: &[u8]) -> &[u8] {
    Cursor::new(data).slice_u8("tls.list").unwrap_or_default()
}

/// The groups in a key_share extension of a client.
pub(super) fn key_share_groups(data: &[u8]) -> impl Iterator<Item = u16> + use<'_> {
    let mut shares = Cursor::new(Cursor::new(data).slice_u16_be("tls.key_shares").unwrap_or_default());
    std::iter::from_fn(move || {
        let group = shares.u16_be("tls.key_share_group").ok()?;
        shares.slice_u16_be("tls.key_share").ok()?;
        Some(group)
    })
}

/// Numbers of two bytes.
pub(super) fn numbers(bytes: &[u8]) -> impl Iterator<Item = u16> + use<'_> {
    bytes.as_chunks().0.iter().map(|pair| u16::from_be_bytes(*pair))
}
