//! How long an HTTP/1 message is (RFC 9112 6).

use whotalks_wire::app::http1::{self, Request, Response};
use whotalks_wire::app::{Direction, Unfinished};

/// The longest line that states the size of a chunk, extensions included.
const MOST_SIZE_LINE_BYTES: u16 = 1_024;

/// What is known of the requests that were asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// The last one was HEAD, whose answer has no body.
    pub(super) head: bool,
    /// The last one was CONNECT.
    pub(super) tunnel: bool,
}

/// Where a message ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// After so many bytes, the head included.
    Known(u64),
    /// After its chunks, which begin after so many bytes.
    Chunked(usize),
    /// With the connection.
    UntilClose,
    /// The head is not complete.
    More,
    /// It is no message.
    NotHttp,
}

/// The body as the header lines describe it.
struct Framing<'a> {
    encoding: Option<&'a [u8]>,
    length: Option<&'a [u8]>,
}

/// Where the message ends that `bytes` begin with.
pub(super) fn extent(bytes: &[u8], direction: Direction, asked: Asked) -> Extent {
    let extent = match direction {
        Direction::ToServer => http1::request(bytes).map(|request| of_request(&request)),
        Direction::ToClient => http1::response(bytes).map(|response| of_response(&response, asked)),
    };
    match extent {
        Ok(extent) => extent,
        Err(Unfinished::NeedMore) => Extent::More,
        Err(Unfinished::Broken(_)) => Extent::NotHttp,
    }
}

fn of_request(request: &Request<'_>) -> Extent {
    let Some(head) = request.head_bytes() else {
        return Extent::More;
    };
    let framing = Framing {
        encoding: request.header("transfer-encoding"),
        length: request.header("content-length"),
    };
    framing.extent(head).unwrap_or(Extent::Known(head as u64))
}

fn of_response(response: &Response<'_>, asked: Asked) -> Extent {
    let Some(head) = response.head_bytes() else {
        return Extent::More;
    };
    let is_empty = matches!(response.status, 100..=199 | 204 | 304)
        || asked.head
        || (asked.tunnel && matches!(response.status, 200..=299));
    if is_empty {
        return Extent::Known(head as u64);
    }
    let framing = Framing {
        encoding: response.header("transfer-encoding"),
        length: response.header("content-length"),
    };
    let has_type = response.header("content-type").is_some();
    let stays = response
        .header("connection")
        .is_some_and(|value| contains(value, b"keep-alive"));
    // Without a length the body ends with the connection; Wireshark waits for that only where a body is announced.
    let otherwise = if has_type && !stays {
        Extent::UntilClose
    } else {
        Extent::Known(head as u64)
    };
    framing.extent(head).unwrap_or(otherwise)
}

impl Framing<'_> {
    fn extent(&self, head: usize) -> Option<Extent> {
        if self.encoding.is_some_and(|value| contains(value, b"chunked")) {
            return Some(Extent::Chunked(head));
        }
        let length: u64 = std::str::from_utf8(self.length?).ok()?.trim().parse().ok()?;
        Some(Extent::Known(length.saturating_add(head as u64)))
    }
}

fn contains(value: &[u8], word: &[u8]) -> bool {
    value
        .windows(word.len())
        .any(|window| window.eq_ignore_ascii_case(word))
}

/// Follows the chunks of a body (RFC 9112 7.1) without keeping them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Chunks {
    state: ChunkState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ChunkState {
    /// In the line that states the size.
    Size { size: u64, digits: bool, bytes: u16 },
    /// In the data and its line end: so many bytes are left.
    Data(u64),
    /// In the lines after the last chunk; whether the current one is empty so far.
    Trailer { is_empty: bool },
    /// After the end.
    Done,
}

impl Default for ChunkState {
    fn default() -> Self {
        Self::Size {
            size: 0,
            digits: true,
            bytes: 0,
        }
    }
}

impl Chunks {
    /// Reads on; gives how many bytes belong to the body, and whether it ends there. Bytes that are no chunks end it too.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while self.state != ChunkState::Done {
            let Some(rest @ [first, ..]) = bytes.get(at..) else {
                return (bytes.len(), false);
            };
            if let ChunkState::Data(left) = self.state {
                let taken = left.min(rest.len() as u64);
                at += taken as usize;
                self.state = if taken == left {
                    ChunkState::default()
                } else {
                    ChunkState::Data(left - taken)
                };
            } else {
                at += 1;
                self.step(*first);
            }
        }
        (at, true)
    }

    fn step(&mut self, byte: u8) {
        self.state = match self.state {
            ChunkState::Size { size: 0, bytes, .. } if byte == b'\n' && bytes > 0 => {
                ChunkState::Trailer { is_empty: true }
            }
            ChunkState::Size { size, bytes, .. } if byte == b'\n' && bytes > 0 => {
                ChunkState::Data(size.saturating_add(CRLF_BYTES))
            }
            ChunkState::Size {
                bytes: MOST_SIZE_LINE_BYTES..,
                ..
            } => ChunkState::Done,
            ChunkState::Size { size, digits, bytes } => sized(size, digits, bytes, byte),
            ChunkState::Trailer { is_empty: true } if byte == b'\n' => ChunkState::Done,
            ChunkState::Trailer { .. } if byte == b'\n' => ChunkState::Trailer { is_empty: true },
            ChunkState::Trailer { is_empty } => ChunkState::Trailer {
                is_empty: is_empty && byte == b'\r',
            },
            ChunkState::Data(_) | ChunkState::Done => ChunkState::Done,
        };
    }
}

/// The end of a chunk's data.
const CRLF_BYTES: u64 = 2;

fn sized(size: u64, digits: bool, bytes: u16, byte: u8) -> ChunkState {
    match char::from(byte).to_digit(16).filter(|_| digits) {
        Some(digit) => ChunkState::Size {
            size: size.saturating_mul(16).saturating_add(digit.into()),
            digits,
            bytes: bytes + 1,
        },
        // A line that does not begin with a digit is no chunk.
        None if bytes == 0 => ChunkState::Done,
        None => ChunkState::Size {
            size,
            digits: false,
            bytes: bytes + 1,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_in_chunks_ends_after_its_trailer_however_it_is_cut() {
        let body = b"4\r\nwiki\r\n6;x=y\r\npedia \r\n0\r\nA: b\r\n\r\nGET";
        for cut in 0..body.len() {
            let mut chunks = Chunks::default();
            let (first, is_done) = chunks.feed(&body[..cut]);
            let (second, is_done) = if is_done { (0, true) } else { chunks.feed(&body[cut..]) };
            assert_eq!((first + second, is_done), (body.len() - 3, true), "{cut}");
        }
    }

    #[test]
    fn what_is_no_chunk_ends_at_once() {
        assert_eq!(Chunks::default().feed(b"xyz"), (1, true));
        let long = [b'0'; 5_000];
        assert!(Chunks::default().feed(&long).1);
    }

    #[test]
    fn where_a_message_ends() {
        let response = |text: &str, asked| extent(text.as_bytes(), Direction::ToClient, asked);
        let plain = Asked::default();
        assert_eq!(
            response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", plain),
            Extent::Known(43)
        );
        assert_eq!(
            response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", plain),
            Extent::Chunked(47)
        );
        assert_eq!(
            response("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\n", plain),
            Extent::UntilClose
        );
        assert_eq!(
            response("HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\n", plain),
            Extent::Known(38)
        );
        let head = Asked {
            head: true,
            tunnel: false,
        };
        assert_eq!(
            response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", head),
            Extent::Known(38)
        );
        assert_eq!(response("HTTP/1.1 200 OK\r\nContent-Le", plain), Extent::More);
        assert_eq!(response("not at all\r\n\r\n", plain), Extent::NotHttp);
        assert_eq!(
            extent(b"GET / HTTP/1.1\r\n\r\n", Direction::ToServer, plain),
            Extent::Known(18)
        );
    }
}
