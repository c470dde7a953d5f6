//! ClientHello (RFC 8446 4.1.2).
//!
//! ```text
//! | version 2 | random 32 | session: length 1, .. | ciphers: length 2, .. | compression: length 1, .. |
//! | extensions: length 2 | type 2, length 2, data ... |
//! ```

use whotalks_bytes::{Cursor, ReadError};

use super::Version;
use crate::Stop;

/// The type of an extension (IANA "TLS ExtensionType Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExtensionType(pub u16);

impl ExtensionType {
    /// The name of the server, RFC 6066 3.
    pub const SERVER_NAME: Self = Self(0);
    /// Application-layer protocols offered, RFC 7301.
    pub const APPLICATION_LAYER_PROTOCOLS: Self = Self(16);
    /// Versions offered, RFC 8446 4.2.1.
    pub const SUPPORTED_VERSIONS: Self = Self(43);
    /// Encrypted server name, a draft given up for ECH (draft-ietf-tls-esni-02).
    pub const ENCRYPTED_SERVER_NAME: Self = Self(0xffce);
    /// Encrypted ClientHello, RFC 9849.
    pub const ENCRYPTED_CLIENT_HELLO: Self = Self(0xfe0d);
}

/// The kind of name that is a host's.
const HOST_NAME: u8 = 0;

/// The body of a ClientHello. Extensions that are cut off or damaged end the list; those before stay readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientHello<'a> {
    legacy_version: Version,
    random: &'a [u8; 32],
    cipher_suites: &'a [u8],
    extensions: &'a [u8],
}

/// An extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension<'a> {
    /// Its type.
    pub kind: ExtensionType,
    /// Its content.
    pub data: &'a [u8],
}

impl<'a> ClientHello<'a> {
    /// Reads the body that [`super::client_hello_body`] gives.
    ///
    /// # Errors
    /// [`Stop::Short`] when the part before the extensions is damaged.
    pub fn parse(body: &'a [u8]) -> Result<Self, Stop> {
        let mut cursor = Cursor::new(body);
        let legacy_version = Version(cursor.u16_be("tls.legacy_version")?);
        let random = cursor.array("tls.random")?;
        cursor.slice_u8("tls.session_id")?;
        let cipher_suites = cursor.slice_u16_be("tls.cipher_suites")?;
        cursor.slice_u8("tls.compression_methods")?;
        // SSL 3.0 and plain TLS 1.0 clients end here.
        let extensions = cursor
            .u16_be("tls.extensions")
            .map_or(&[][..], |length| at_most(&cursor, length));
        Ok(Self {
            legacy_version,
            random,
            cipher_suites,
            extensions,
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

    /// The cipher suites offered, by number.
    pub fn cipher_suites(&self) -> impl Iterator<Item = u16> + use<'a> {
        numbers(self.cipher_suites)
    }

    /// All extensions in order.
    #[must_use]
    pub const fn extensions(&self) -> Extensions<'a> {
        Extensions(Cursor::new(self.extensions))
    }

    /// The name of the server asked for. With ECH it is the outer one.
    #[must_use]
    pub fn server_name(&self) -> Option<&'a [u8]> {
        let mut names = Cursor::new(
            Cursor::new(self.extension(ExtensionType::SERVER_NAME)?)
                .slice_u16_be("sni")
                .ok()?,
        );
        loop {
            let kind = names.u8("sni.type").ok()?;
            let name = names.slice_u16_be("sni.name").ok()?;
            if kind == HOST_NAME && !name.is_empty() {
                return Some(name);
            }
        }
    }

    /// The application protocols offered, such as `h2`.
    pub fn application_protocols(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let data = self
            .extension(ExtensionType::APPLICATION_LAYER_PROTOCOLS)
            .unwrap_or_default();
        let mut list = Cursor::new(Cursor::new(data).slice_u16_be("alpn").unwrap_or_default());
        std::iter::from_fn(move || list.slice_u8("alpn.protocol").ok())
    }

    /// The versions offered; none in clients before TLS 1.3, which offer [`ClientHello::legacy_version`].
    pub fn supported_versions(&self) -> impl Iterator<Item = Version> + use<'a> {
        let data = self.extension(ExtensionType::SUPPORTED_VERSIONS).unwrap_or_default();
        numbers(Cursor::new(data).slice_u8("supported_versions").unwrap_or_default()).map(Version)
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

    fn extension(&self, kind: ExtensionType) -> Option<&'a [u8]> {
        self.extensions()
            .find(|extension| extension.kind == kind)
            .map(|extension| extension.data)
    }
}

fn at_most<'a>(cursor: &Cursor<'a>, length: u16) -> &'a [u8] {
    cursor.rest().get(..length.into()).unwrap_or(cursor.rest())
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u16> + use<'_> {
    bytes.as_chunks().0.iter().map(|pair| u16::from_be_bytes(*pair))
}

/// The extensions of a hello.
#[derive(Debug, Clone, Copy)]
pub struct Extensions<'a>(Cursor<'a>);

impl<'a> Extensions<'a> {
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
