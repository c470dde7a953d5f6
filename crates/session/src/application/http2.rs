//! The names in HTTP/2 requests.

use whotalks_record::NameSource;
use whotalks_wire::app::dns::https;
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
    /// Whether it is a request of DNS over HTTPS, whose TLS was taken off.
    pub(super) is_dns: bool,
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
            return Ok(Told {
                name: None,
                is_dns: false,
                bytes: PREFACE.len(),
            });
        }
        let frame = http2::frame(bytes)?;
        let headers = self.headers(&frame);
        Ok(Told {
            name: request_name(&headers),
            is_dns: is_dns(&headers),
            bytes: frame.bytes(),
        })
    }

    /// Whether nothing more can be read of the connection.
    pub(super) const fn is_over(&self) -> bool {
        self.decoder.is_lost() || self.requests >= MOST_REQUESTS
    }

    /// The headers that end with a frame; none where none do.
    fn headers(&mut self, frame: &Frame<'_>) -> Vec<Header> {
        let Some(piece) = frame.header_block() else {
            return Vec::new();
        };
        if self.block.len() + piece.len() <= MOST_BLOCK_BYTES {
            self.block.extend_from_slice(piece);
        }
        if !frame.ends_headers() {
            return Vec::new();
        }
        self.requests = self.requests.saturating_add(1);
        self.decoder.decode(&std::mem::take(&mut self.block))
    }
}

fn is_dns(headers: &[Header]) -> bool {
    let kinds = headers
        .iter()
        .filter(|header| matches!(header.name.as_slice(), b"content-type" | b"accept"));
    kinds.map(|header| header.value.as_slice()).any(https::is_media_type)
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
