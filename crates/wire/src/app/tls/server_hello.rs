//! ServerHello (RFC 8446 4.1.3) and HelloRetryRequest, which has the same form.
//!
//! ```text
//! | version 2 | random 32 | session: length 1, .. | cipher 2 | compression 1 | extensions: length 2 | type 2, length 2, data ... |
//! ```

use whotalks_bytes::Cursor;

use super::Version;
use super::extension::{self, ExtensionType, Extensions};
use crate::Stop;

/// The random bytes that make a ServerHello a HelloRetryRequest: the SHA-256 of "HelloRetryRequest" (RFC 8446 4.1.3).
const HELLO_RETRY_REQUEST: [u8; 32] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2, 0xa2, 0x11,
    0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
];

/// The body of a ServerHello.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerHello<'a> {
    legacy_version: Version,
    random: &'a [u8; 32],
    session_id: &'a [u8],
    cipher_suite: u16,
    compression_method: u8,
    extensions: &'a [u8],
}

impl<'a> ServerHello<'a> {
    /// Reads the body of a message.
    ///
    /// # Errors
    /// [`Stop::Short`] when the part before the extensions is damaged.
    pub fn parse(body: &'a [u8]) -> Result<Self, Stop> {
        let mut cursor = Cursor::new(body);
        Ok(Self {
            legacy_version: Version(cursor.u16_be("tls.legacy_version")?),
            random: cursor.array("tls.random")?,
            session_id: cursor.slice_u8("tls.session_id")?,
            cipher_suite: cursor.u16_be("tls.cipher_suite")?,
            compression_method: cursor.u8("tls.compression_method")?,
            extensions: Extensions::block(&mut cursor),
        })
    }

    /// The version of the hello itself, at most TLS 1.2.
    #[must_use]
    pub const fn legacy_version(&self) -> Version {
        self.legacy_version
    }

    /// The version that will be spoken.
    #[must_use]
    pub fn version(&self) -> Version {
        let chosen = self.extension(ExtensionType::SUPPORTED_VERSIONS);
        match chosen {
            Some(&[high, low]) => Version(u16::from_be_bytes([high, low])),
            _ => self.legacy_version,
        }
    }

    /// Whether it asks the client for another hello.
    #[must_use]
    pub fn is_retry_request(&self) -> bool {
        *self.random == HELLO_RETRY_REQUEST
    }

    /// The server's random bytes.
    #[must_use]
    pub const fn random(&self) -> &'a [u8; 32] {
        self.random
    }

    /// The session; in TLS 1.3 an echo of the client's.
    #[must_use]
    pub const fn session_id(&self) -> &'a [u8] {
        self.session_id
    }

    /// The cipher suite chosen.
    #[must_use]
    pub const fn cipher_suite(&self) -> u16 {
        self.cipher_suite
    }

    /// The compression method chosen; 0 is none.
    #[must_use]
    pub const fn compression_method(&self) -> u8 {
        self.compression_method
    }

    /// All extensions in order.
    #[must_use]
    pub const fn extensions(&self) -> Extensions<'a> {
        Extensions::new(self.extensions)
    }

    /// The content of an extension.
    #[must_use]
    pub fn extension(&self, kind: ExtensionType) -> Option<&'a [u8]> {
        self.extensions().data(kind)
    }

    /// The application protocol chosen; in TLS 1.3 it is encrypted.
    #[must_use]
    pub fn application_protocol(&self) -> Option<&'a [u8]> {
        extension::protocols(self.extension(ExtensionType::APPLICATION_LAYER_PROTOCOLS)?).next()
    }

    /// The group of the server's share of the key.
    #[must_use]
    pub fn key_share_group(&self) -> Option<u16> {
        Cursor::new(self.extension(ExtensionType::KEY_SHARE)?)
            .u16_be("tls.key_share_group")
            .ok()
    }

    /// The string behind the JA3S fingerprint; its MD5 is the fingerprint ([`super::ja3_hash`]).
    #[must_use]
    pub fn ja3s(&self) -> String {
        super::ja3::server(self)
    }
}
