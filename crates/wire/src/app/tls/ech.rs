//! Encrypted ClientHello (RFC 9849 5).
//!
//! ```text
//! | type 1 = outer | kdf 2 | aead 2 | config 1 | key: length 2, .. | payload: length 2, .. |
//! | type 1 = inner |
//! ```

use whotalks_bytes::{Cursor, ReadError};

const OUTER: u8 = 0;

/// The encrypted hello in a visible one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EncryptedClientHello<'a> {
    /// The key derivation function of HPKE.
    pub kdf_id: u16,
    /// The cipher of HPKE.
    pub aead_id: u16,
    /// Which of the server's configurations.
    pub config_id: u8,
    /// The encapsulated key; empty in a second hello.
    pub key: &'a [u8],
    /// The encrypted hello, or random bytes.
    pub payload: &'a [u8],
}

/// What an onlooker can tell of an encrypted hello.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EchKind {
    /// It is real: it continues one that the server accepted, so the visible name is a cover.
    Real,
    /// It is meaningless: the client repeats it byte by byte after being asked for another hello.
    Grease,
    /// By design of the protocol it cannot be told.
    Undecided,
}

impl<'a> EncryptedClientHello<'a> {
    /// Reads the content of the extension; none when it is damaged, or of the inner kind, which is never sent in the clear.
    #[must_use]
    pub fn parse(data: &'a [u8]) -> Option<Self> {
        Self::read(data).ok().flatten()
    }

    fn read(data: &'a [u8]) -> Result<Option<Self>, ReadError> {
        let mut cursor = Cursor::new(data);
        if cursor.u8("ech.type")? != OUTER {
            return Ok(None);
        }
        Ok(Some(Self {
            kdf_id: cursor.u16_be("ech.kdf")?,
            aead_id: cursor.u16_be("ech.aead")?,
            config_id: cursor.u8("ech.config_id")?,
            key: cursor.slice_u16_be("ech.key")?,
            payload: cursor.slice_u16_be("ech.payload")?,
        }))
    }

    /// What this hello alone tells: only the second hello of a client whose first was accepted has no key (RFC 9849 6.1.5).
    #[must_use]
    pub const fn kind(&self) -> EchKind {
        if self.key.is_empty() {
            EchKind::Real
        } else {
            EchKind::Undecided
        }
    }

    /// What it tells together with that of the client's first hello: a meaningless one is repeated as it was (RFC 9849 6.2).
    #[must_use]
    pub fn kind_after(&self, first: &EncryptedClientHello<'_>) -> EchKind {
        if *self == *first { EchKind::Grease } else { self.kind() }
    }
}
