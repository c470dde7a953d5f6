//! Versions of QUIC (IANA "QUIC Versions") and what differs between them.

use std::fmt;

/// A version as it stands in a long header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u32);

/// What makes the keys of Initial packets differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Secrets {
    pub(super) salt: [u8; 20],
    pub(super) key_label: &'static [u8],
    pub(super) vector_label: &'static [u8],
    pub(super) header_label: &'static [u8],
}

/// Drafts 23 to 28 (draft-ietf-quic-tls-23 5.2).
const SALT_DRAFT_23: [u8; 20] = [
    0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7, 0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9, 0xf5,
    0x02,
];
/// Drafts 29 to 32 (draft-ietf-quic-tls-29 5.2).
const SALT_DRAFT_29: [u8; 20] = [
    0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97, 0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90, 0xa8,
    0x99,
];
/// Version 1 (RFC 9001 5.2) and drafts 33 and 34.
const SALT_1: [u8; 20] = [
    0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f,
    0x0a,
];
/// Version 2 (RFC 9369 3.3.1).
const SALT_2: [u8; 20] = [
    0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93, 0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e,
    0xd9,
];
/// Google's Q050, the first of its own versions to encrypt the hello.
const SALT_Q050: [u8; 20] = [
    0x50, 0x45, 0x74, 0xef, 0xd0, 0x66, 0xfe, 0x2f, 0x9d, 0x94, 0x5c, 0xfc, 0xdb, 0xd3, 0xa7, 0xf0, 0xd3, 0xb5, 0x6b,
    0x45,
];

impl Version {
    /// What a version negotiation packet has in the place of a version (RFC 8999 6).
    pub const NEGOTIATION: Self = Self(0);
    /// RFC 9000.
    pub const V1: Self = Self(1);
    /// RFC 9369.
    pub const V2: Self = Self(0x6b33_43cf);
    /// The draft that was deployed most.
    pub const DRAFT_29: Self = Self(0xff00_001d);
    /// Google's version with an encrypted hello of its own.
    pub const Q050: Self = Self(0x5130_3530);

    /// The number of the draft of the standard, 23 and later, whose wire image is read. Facebook's own numbers (mvfst) are
    /// draft 27.
    #[must_use]
    pub const fn draft(self) -> Option<u8> {
        match self.0 {
            0xff00_0017..=0xff00_0022 => Some(self.0.to_be_bytes()[3]),
            0xface_b002 | 0xface_b00e..=0xface_b013 => Some(27),
            _ => None,
        }
    }

    /// Whether Initial packets of this version can be opened.
    #[must_use]
    pub const fn is_known(self) -> bool {
        self.secrets().is_some()
    }

    /// Whether it is one of the numbers that no version will ever have and that show whether negotiation works
    /// (RFC 9000 15): `?a?a?a?a`.
    #[must_use]
    pub const fn is_reserved(self) -> bool {
        self.0 & 0x0f0f_0f0f == 0x0a0a_0a0a
    }

    /// Whether it is one of Google's own, `Q043` and the like.
    #[must_use]
    pub const fn is_google(self) -> bool {
        matches!(self.0.to_be_bytes(), [b'Q', b'0', b'0'..=b'9', b'0'..=b'9'])
    }

    pub(super) const fn secrets(self) -> Option<Secrets> {
        let salt = match (self, self.draft()) {
            (Self::V1, _) | (Self(0xface_b003 | 0xface_b004), _) | (_, Some(33..)) => SALT_1,
            (Self::V2, _) => return Some(SECRETS_2),
            (Self::Q050, _) => SALT_Q050,
            (_, Some(29..33)) => SALT_DRAFT_29,
            (_, Some(_)) => SALT_DRAFT_23,
            _ => return None,
        };
        Some(Secrets {
            salt,
            key_label: b"tls13 quic key",
            vector_label: b"tls13 quic iv",
            header_label: b"tls13 quic hp",
        })
    }

    /// The types of long packets are numbered anew in version 2 (RFC 9369 3.2): the number they have in version 1.
    pub(super) const fn packet_type(self, first: u8) -> u8 {
        let number = first >> 4 & 3;
        match self {
            Self::V2 => number.wrapping_sub(1) & 3,
            _ => number,
        }
    }
}

const SECRETS_2: Secrets = Secrets {
    salt: SALT_2,
    key_label: b"tls13 quicv2 key",
    vector_label: b"tls13 quicv2 iv",
    header_label: b"tls13 quicv2 hp",
};

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (*self, self.draft()) {
            (Self::V1, _) => formatter.write_str("1"),
            (Self::V2, _) => formatter.write_str("2"),
            (_, Some(draft)) if self.0 >> 24 == 0xff => write!(formatter, "draft-{draft}"),
            _ if self.is_google() => self
                .0
                .to_be_bytes()
                .iter()
                .try_for_each(|byte| write!(formatter, "{}", char::from(*byte))),
            _ => write!(formatter, "0x{:08x}", self.0),
        }
    }
}
