//! Versions of TLS and DTLS as they stand in hellos.

use std::fmt;

/// A protocol version as it stands in a hello.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u16);

impl Version {
    /// SSL 2.0.
    pub const SSL_2_0: Self = Self(0x0002);
    /// SSL 3.0.
    pub const SSL_3_0: Self = Self(0x0300);
    /// TLS 1.0.
    pub const TLS_1_0: Self = Self(0x0301);
    /// TLS 1.1.
    pub const TLS_1_1: Self = Self(0x0302);
    /// TLS 1.2.
    pub const TLS_1_2: Self = Self(0x0303);
    /// TLS 1.3.
    pub const TLS_1_3: Self = Self(0x0304);
    /// DTLS 1.0, which counts down (RFC 4347 4.1).
    pub const DTLS_1_0: Self = Self(0xfeff);
    /// DTLS 1.2.
    pub const DTLS_1_2: Self = Self(0xfefd);
    /// DTLS 1.3.
    pub const DTLS_1_3: Self = Self(0xfefc);

    /// The usual name, such as `TLS 1.3`; none for a number that names no version.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::SSL_2_0 => "SSL 2.0",
            Self::SSL_3_0 => "SSL 3.0",
            Self::TLS_1_0 => "TLS 1.0",
            Self::TLS_1_1 => "TLS 1.1",
            Self::TLS_1_2 => "TLS 1.2",
            Self::TLS_1_3 => "TLS 1.3",
            Self::DTLS_1_0 => "DTLS 1.0",
            Self::DTLS_1_2 => "DTLS 1.2",
            Self::DTLS_1_3 => "DTLS 1.3",
            _ => return None,
        })
    }

    /// Whether the number belongs to DTLS.
    #[must_use]
    pub const fn is_datagram(self) -> bool {
        self.0 >> 8 == 0xfe
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => formatter.write_str(name),
            None => write!(formatter, "0x{:04x}", self.0),
        }
    }
}

/// Whether a cipher suite, extension, group or version is one of the reserved numbers that clients put in at random so that
/// servers stay tolerant (RFC 8701 2): both bytes alike, ending in `a`.
#[must_use]
pub const fn is_grease(number: u16) -> bool {
    number & 0x0f0f == 0x0a0a && number >> 8 == number & 0xff
}
