//! PIM's register messages, in which a router sends packets of a group to the rendezvous point (RFC 7761 4.9.3).
//!
//! ```text
//! | version 4 bit, type 4 bit | reserved 1 | checksum 2 | flags 4 | IP ...
//! ```

use whotalks_bytes::Cursor;

use crate::Stop;

/// Version 2 and the type of a register.
const REGISTER: u8 = 0x21;

/// What stands before the packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Register<'a>(&'a [u8; 8]);

impl<'a> Register<'a> {
    /// Whether a message is a register with a packet of IP in it.
    #[must_use]
    pub fn is_announced(message: &[u8]) -> bool {
        message.first() == Some(&REGISTER) && matches!(message.get(8).map(|byte| byte >> 4), Some(4 | 6))
    }

    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("pim.register")?))
    }

    /// Whether the message only asks whether to go on; its packet has no data.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        let [_, _, _, _, flags, ..] = *self.0;
        flags & 0x40 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_register_carries_a_packet() {
        let message = [0x21, 0, 0, 0, 0x40, 0, 0, 0, 0x45];
        assert!(Register::is_announced(&message) && !Register::is_announced(&message[..8]));
        assert!(Register::parse(&mut Cursor::new(&message)).unwrap().is_null());
        assert!(!Register::is_announced(&[0x20, 0, 0, 0, 0, 0, 0, 0, 0x45]));
    }
}
