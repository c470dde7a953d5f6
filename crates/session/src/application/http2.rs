//! The names in HTTP/2 requests.

use whotalks_record::NameSource;
use whotalks_wire::app::http2::{self, Frame, Header, HeaderDecoder, PREFACE};
use whotalks_wire::app::{Authority, Direction, Probe, Unfinished, name_text};

use super::http::path_text;
use super::output::Name;

/// Bytes of headers that wait for the frame that ends them.
const MOST_BLOCK_BYTES: usize = 32 << 10;
/// Requests of a connection that are read; a connection rarely has more than one name.
const MOST_REQUESTS: u16 = 256;

/// What a client sends.
#[derive(Default)]
pub(super) struct Requests {
    decoder: HeaderDecoder,
    block: Vec<u8>,
    requests: u16,
}

/// What one frame tells.
pub(super) struct Told {
    pub(super) name: Option<Name>,
    pub(super) bytes: usize,
}

/// Whether HTTP/2 surely begins here.
pub(super) fn begins(bytes: &[u8]) -> bool {
    http2::probe(bytes, Direction::ToServer) == Probe::Certain
}

impl Requests {
    /// Reads the preface or the frame that `bytes` begin with.
    ///
    /// # Errors
    /// [`Unfinished::NeedMore`] until all of it is there; [`Unfinished::Broken`] when nothing more can be read.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<Told, Unfinished> {
        if begins(bytes) {
            let bytes = PREFACE.len();
            return Ok(Told { name: None, bytes });
        }
        let frame = http2::frame(bytes)?;
        Ok(Told {
            name: self.name(&frame),
            bytes: frame.bytes(),
        })
    }

    /// Whether nothing more can be read of the connection.
    pub(super) const fn is_over(&self) -> bool {
        self.decoder.is_lost() || self.requests >= MOST_REQUESTS
    }

    fn name(&mut self, frame: &Frame<'_>) -> Option<Name> {
        let piece = frame.header_block()?;
        if self.block.len() + piece.len() <= MOST_BLOCK_BYTES {
            self.block.extend_from_slice(piece);
        }
        if !frame.ends_headers() {
            return None;
        }
        self.requests = self.requests.saturating_add(1);
        request_name(&self.decoder.decode(&std::mem::take(&mut self.block)))
    }
}

/// The authority, or the Host header where it takes its place (RFC 9113 8.3.1), unless it is an address.
fn request_name(headers: &[Header]) -> Option<Name> {
    let value = |name: &[u8]| {
        let header = headers.iter().find(|header| header.name == name)?;
        Some(header.value.as_slice())
    };
    let authority = Authority::parse(value(b":authority").or_else(|| value(b"host"))?);
    if authority.host.is_empty() || authority.address().is_some() {
        return None;
    }
    let is_connect = value(b":method") == Some(b"CONNECT");
    let path = value(b":path").and_then(|path| path.split(|byte| *byte == b'?').next());
    Some(Name {
        source: if is_connect {
            NameSource::HttpConnect
        } else {
            NameSource::HttpHost
        },
        name: name_text(authority.host),
        port: authority.port,
        path: path.and_then(path_text),
    })
}
