//! ClientHello (RFC 8446 4.1.2, RFC 9147 5.3).
//!
//! ```text
//! | version 2 | random 32 | session: length 1, .. | DTLS: cookie: length 1, .. |
//! | ciphers: length 2, .. | compression: length 1, .. | extensions: length 2 | type 2, length 2, data ... |
//! ```

use whotalks_bytes::Cursor;

use super::ech::EncryptedClientHello;
use super::extension::{self, ExtensionType, Extensions};
use super::version::is_grease;
use super::{Carrier, Version};
use crate::Stop;

/// The body of a ClientHello. Extensions that are cut off or damaged end the list; those before stay readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientHello<'a> {
    legacy_version: Version,
    random: &'a [u8; 32],
    session_id: &'a [u8],
    cookie: &'a [u8],
    cipher_suites: &'a [u8],
    compression_methods: &'a [u8],
    extensions: &'a [u8],
}

impl<'a> ClientHello<'a> {
    /// Reads the body that [`super::client_hello_body`] gives, or that stands in the CRYPTO stream of QUIC.
    ///
    /// # Errors
    /// [`Stop::Short`] when the part before the extensions is damaged.
    pub fn parse(body: &'a [u8]) -> Result<Self, Stop> {
        Self::read(body, false)
    }

    /// Reads the body of a hello of DTLS, which has a cookie more.
    ///
    /// # Errors
    /// As [`ClientHello::parse`].
    pub fn parse_datagram(body: &'a [u8]) -> Result<Self, Stop> {
        Self::read(body, true)
    }

    fn read(body: &'a [u8], with_cookie: bool) -> Result<Self, Stop> {
        let mut cursor = Cursor::new(body);
        Ok(Self {
            legacy_version: Version(cursor.u16_be("tls.legacy_version")?),
            random: cursor.array("tls.random")?,
            session_id: cursor.slice_u8("tls.session_id")?,
            cookie: if with_cookie {
                cursor.slice_u8("dtls.cookie")?
            } else {
                &[]
            },
            cipher_suites: cursor.slice_u16_be("tls.cipher_suites")?,
            compression_methods: cursor.slice_u8("tls.compression_methods")?,
            extensions: Extensions::block(&mut cursor),
        })
    }

    /// The version of the hello itself; the versions offered are in [`ClientHello::supported_versions`].
    #[must_use]
    pub const fn legacy_version(&self) -> Version {
        self.legacy_version
    }

    /// The client's random bytes.
    #[must_use]
    pub const fn random(&self) -> &'a [u8; 32] {
        self.random
    }

    /// The session to be resumed; in TLS 1.3 bytes without meaning.
    #[must_use]
    pub const fn session_id(&self) -> &'a [u8] {
        self.session_id
    }

    /// The cookie of DTLS; empty in the first hello and in TLS.
    #[must_use]
    pub const fn cookie(&self) -> &'a [u8] {
        self.cookie
    }

    /// The cipher suites offered, by number.
    pub fn cipher_suites(&self) -> impl Iterator<Item = u16> + use<'a> {
        extension::numbers(self.cipher_suites)
    }

    /// The compression methods offered; 0 is none.
    #[must_use]
    pub const fn compression_methods(&self) -> &'a [u8] {
        self.compression_methods
    }

    /// All extensions in order.
    #[must_use]
    pub const fn extensions(&self) -> Extensions<'a> {
        Extensions::new(self.extensions)
    }

    /// The name of the server asked for. With ECH it is the outer one.
    #[must_use]
    pub fn server_name(&self) -> Option<&'a [u8]> {
        extension::host_name(self.extension(ExtensionType::SERVER_NAME)?)
    }

    /// The application protocols offered, such as `h2`.
    pub fn application_protocols(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        extension::protocols(self.content(ExtensionType::APPLICATION_LAYER_PROTOCOLS))
    }

    /// The versions offered; none in clients before TLS 1.3, which offer [`ClientHello::legacy_version`].
    pub fn supported_versions(&self) -> impl Iterator<Item = Version> + use<'a> {
        extension::versions(self.content(ExtensionType::SUPPORTED_VERSIONS))
    }

    /// The newest version offered, reserved numbers aside.
    #[must_use]
    pub fn newest_version(&self) -> Version {
        let offered = self.supported_versions().filter(|version| !is_grease(version.0));
        let newest = if self.legacy_version.is_datagram() {
            offered.min()
        } else {
            offered.max()
        };
        newest.unwrap_or(self.legacy_version)
    }

    /// The groups offered for the key exchange, by number.
    pub fn supported_groups(&self) -> impl Iterator<Item = u16> + use<'a> {
        extension::counted_numbers(self.content(ExtensionType::SUPPORTED_GROUPS))
    }

    /// The forms of points on curves that the client reads.
    #[must_use]
    pub fn ec_point_formats(&self) -> &'a [u8] {
        extension::counted_bytes(self.content(ExtensionType::EC_POINT_FORMATS))
    }

    /// The signature algorithms that the client verifies, by number.
    pub fn signature_algorithms(&self) -> impl Iterator<Item = u16> + use<'a> {
        extension::counted_numbers(self.content(ExtensionType::SIGNATURE_ALGORITHMS))
    }

    /// The groups for which the client sends a share of a key already.
    pub fn key_share_groups(&self) -> impl Iterator<Item = u16> + use<'a> {
        extension::key_share_groups(self.content(ExtensionType::KEY_SHARE))
    }

    /// How the client would use a pre-shared key.
    #[must_use]
    pub fn psk_key_exchange_modes(&self) -> &'a [u8] {
        extension::counted_bytes(self.content(ExtensionType::PSK_KEY_EXCHANGE_MODES))
    }

    /// The encrypted hello inside; see [`EncryptedClientHello`] for what an onlooker can tell of it.
    #[must_use]
    pub fn encrypted_hello(&self) -> Option<EncryptedClientHello<'a>> {
        EncryptedClientHello::parse(self.extension(ExtensionType::ENCRYPTED_CLIENT_HELLO)?)
    }

    /// Whether the hello carries an encrypted one (ECH), or an encrypted name of the draft before it.
    ///
    /// Clients that know no key send a meaningless one ("GREASE"), which an onlooker cannot tell from a real one by design
    /// (RFC 9849 6.2). So this says that the visible name **may** be a cover, not that it is.
    #[must_use]
    pub fn has_encrypted_hello(&self) -> bool {
        self.extensions().any(|extension| {
            matches!(
                extension.kind,
                ExtensionType::ENCRYPTED_CLIENT_HELLO | ExtensionType::ENCRYPTED_SERVER_NAME
            )
        })
    }

    /// The string behind the JA3 fingerprint; its MD5 is the fingerprint ([`super::ja3_hash`]).
    #[must_use]
    pub fn ja3(&self) -> String {
        super::ja3::client(self)
    }

    /// The JA4 fingerprint, such as `t13d1516h2_8daaf6152771_e5627efa2ab1`.
    #[must_use]
    pub fn ja4(&self, carrier: Carrier) -> String {
        super::ja4::hashed(self, carrier)
    }

    /// The JA4 fingerprint with its lists instead of their hashes.
    #[must_use]
    pub fn ja4_raw(&self, carrier: Carrier) -> String {
        super::ja4::raw(self, carrier)
    }

    /// The content of an extension.
    #[must_use]
    pub fn extension(&self, kind: ExtensionType) -> Option<&'a [u8]> {
        self.extensions().data(kind)
    }

    fn content(&self, kind: ExtensionType) -> &'a [u8] {
        self.extension(kind).unwrap_or_default()
    }
}
