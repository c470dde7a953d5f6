//! Google's QUIC before the standard (`Q043`, `Q046`, `Q050`): its hello is a list of tags in the clear, until `Q050` encrypts it
//! like an Initial packet (<https://docs.google.com/document/d/1g5nIXAIkN_Y-7XJW5K45IblHd_L2f5LTaDUDwvZ5L6g>).
//!
//! ```text
//! up to Q043 | flags 1 | connection 8 | version 4 | packet number ... | hash 12 | frames with the hello |
//! Q046       | 1 1 .. | version 4 | lengths 1 | connection 8 | packet number 4 | hash 12 | frames with the hello |
//! hello      | "CHLO" | tags 2 | 0 2 | tag 4, end 4 | ... | values ... |          little-endian
//! ```

use whotalks_bytes::{Cursor, ReadError};

use super::Version;

/// Tags of a hello. Chrome sends about 25.
const MOST_TAGS: u16 = 128;
/// The flags of a packet up to Q043: a version follows, the connection has eight bytes.
const HAS_VERSION: u8 = 0x01;
const HAS_CONNECTION: u8 = 0x08;
/// Flags that must not be set: a reset, a diversification nonce beside a version, and those kept for later use.
const UNUSED: u8 = 0xc0 | 0x04 | 0x02;
const SERVER_NAME: &[u8; 4] = b"SNI\0";
const USER_AGENT: &[u8; 4] = b"UAID";

/// A hello.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientHello<'a> {
    /// The name of the server asked for.
    pub server_name: Option<&'a [u8]>,
    /// What the client calls itself.
    pub user_agent: Option<&'a [u8]>,
}

/// The version of a datagram of Google's own QUIC. Packets of a server carry none.
#[must_use]
pub fn version(datagram: &[u8]) -> Option<Version> {
    let version = match datagram {
        [first, version @ ..] if first & 0xc0 == 0xc0 => version.first_chunk()?,
        [flags, rest @ ..] if flags & (HAS_VERSION | HAS_CONNECTION | UNUSED) == HAS_VERSION | HAS_CONNECTION => {
            rest.get(8..)?.first_chunk()?
        }
        _ => return None,
    };
    let version = Version(u32::from_be_bytes(*version));
    version.is_google().then_some(version)
}

/// Finds the hello in a datagram that shows it in the clear, or in the opened payload of a `Q050` packet.
#[must_use]
pub fn client_hello(bytes: &[u8]) -> Option<ClientHello<'_>> {
    let start = bytes.windows(4).position(|window| window == b"CHLO")?;
    tags(bytes.get(start..)?).ok()
}

fn tags(message: &[u8]) -> Result<ClientHello<'_>, ReadError> {
    let mut cursor = Cursor::new(message);
    cursor.skip("gquic.message", 4)?;
    let count = cursor.u16_le("gquic.tag_count")?.min(MOST_TAGS);
    cursor.skip("gquic.padding", 2)?;
    let mut list = cursor.part("gquic.tags", usize::from(count) * 8)?;
    let values = cursor.rest();
    let mut hello = ClientHello {
        server_name: None,
        user_agent: None,
    };
    let mut start = 0;
    while let Ok(tag) = list.array("gquic.tag") {
        let end = list.u32_le("gquic.end")? as usize;
        let value = values.get(start..end);
        match tag {
            SERVER_NAME => hello.server_name = value,
            USER_AGENT => hello.user_agent = value,
            _ => {}
        }
        start = end;
    }
    Ok(hello)
}
