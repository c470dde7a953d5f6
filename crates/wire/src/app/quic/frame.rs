//! Frames that Initial packets may hold (RFC 9000 19, 12.4).

use whotalks_bytes::{Cursor, ReadError};

use super::packet::variable;

const PADDING: usize = 0x00;
const PING: usize = 0x01;
const ACK: usize = 0x02;
const ACK_WITH_CONGESTION: usize = 0x03;
const CRYPTO: usize = 0x06;
const CONNECTION_CLOSE: usize = 0x1c;
const APPLICATION_CLOSE: usize = 0x1d;

/// A frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame<'a> {
    /// The other side shall answer.
    Ping,
    /// Packets have arrived.
    Acknowledgment {
        /// The highest packet number that did.
        largest: usize,
    },
    /// A piece of the handshake.
    Crypto {
        /// Where it begins in the stream of the handshake.
        offset: usize,
        /// The piece.
        data: &'a [u8],
    },
    /// The connection ends.
    ConnectionClose {
        /// Why (IANA "QUIC Transport Error Codes"); 0x100 and above hold a TLS alert.
        error: usize,
        /// Why, in words of the sender.
        reason: &'a [u8],
    },
}

/// The frames of an opened packet, padding left out. They end at the first one that an Initial packet cannot hold.
#[derive(Debug, Clone, Copy)]
pub struct Frames<'a>(Cursor<'a>);

/// The frames in the payload of a packet.
#[must_use]
pub const fn frames(payload: &[u8]) -> Frames<'_> {
    Frames(Cursor::new(payload))
}

impl<'a> Iterator for Frames<'a> {
    type Item = Frame<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let padding = self
            .0
            .rest()
            .iter()
            .take_while(|byte| usize::from(**byte) == PADDING)
            .count();
        self.0.skip("quic.padding", padding).ok()?;
        let frame = frame(&mut self.0).ok().flatten();
        if frame.is_none() {
            self.0 = Cursor::new(&[]);
        }
        frame
    }
}

fn frame<'a>(cursor: &mut Cursor<'a>) -> Result<Option<Frame<'a>>, ReadError> {
    let kind = variable(cursor, "quic.frame_type")?;
    Ok(Some(match kind {
        PING => Frame::Ping,
        ACK | ACK_WITH_CONGESTION => acknowledgment(cursor, kind == ACK_WITH_CONGESTION)?,
        CRYPTO => {
            let offset = variable(cursor, "quic.crypto_offset")?;
            let length = variable(cursor, "quic.crypto_length")?;
            let data = cursor.slice("quic.crypto_data", length)?;
            Frame::Crypto { offset, data }
        }
        CONNECTION_CLOSE | APPLICATION_CLOSE => connection_close(cursor, kind == CONNECTION_CLOSE)?,
        _ => return Ok(None),
    }))
}

fn acknowledgment<'a>(cursor: &mut Cursor<'a>, with_congestion: bool) -> Result<Frame<'a>, ReadError> {
    let largest = variable(cursor, "quic.ack_largest")?;
    variable(cursor, "quic.ack_delay")?;
    let ranges = variable(cursor, "quic.ack_range_count")?;
    variable(cursor, "quic.ack_first_range")?;
    // Each number takes a byte at least, so the count cannot make this longer than the packet.
    for _ in 0..ranges {
        variable(cursor, "quic.ack_gap")?;
        variable(cursor, "quic.ack_range")?;
    }
    for _ in 0..if with_congestion { 3 } else { 0 } {
        variable(cursor, "quic.ack_congestion")?;
    }
    Ok(Frame::Acknowledgment { largest })
}

fn connection_close<'a>(cursor: &mut Cursor<'a>, by_transport: bool) -> Result<Frame<'a>, ReadError> {
    let error = variable(cursor, "quic.error")?;
    if by_transport {
        variable(cursor, "quic.error_frame")?;
    }
    let length = variable(cursor, "quic.reason_length")?;
    let reason = cursor.slice("quic.reason", length)?;
    Ok(Frame::ConnectionClose { error, reason })
}
