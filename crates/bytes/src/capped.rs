//! Decompression that stops before a bomb goes off.

use std::io::{self, BufReader, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};
use thiserror::Error;

/// Output below this size is never judged by its ratio: a short run of equal bytes compresses a thousandfold.
const RATIO_GRACE_BYTES: u64 = 1 << 20;

/// Largest zstd window accepted, as a power of two: 128 MiB, what `zstd -d` accepts without being told otherwise.
const ZSTD_WINDOW_LOG_MAX: u32 = 27;

/// A compression recognised by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// RFC 1952, one or several members.
    Gzip,
    /// RFC 1950: deflate with a two-byte header.
    Zlib,
    /// RFC 8878, one or several frames.
    Zstd,
}

impl Compression {
    /// The compression that data beginning with `prefix` uses; four bytes decide.
    ///
    /// Zlib is never guessed: its two-byte header is too weak to be told from other data.
    #[must_use]
    pub fn detect(prefix: &[u8]) -> Option<Self> {
        match prefix {
            [0x1f, 0x8b, 0x08, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            _ => None,
        }
    }
}

/// How much a decoder may produce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Bytes of output in all.
    pub output_bytes: u64,
    /// Bytes of output per byte of input; judged once the first mebibyte is out.
    pub ratio: u64,
}

/// Why a decoder stopped before the end of its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CapExceeded {
    /// The output is larger than allowed.
    #[error("decompressed size passes the cap of {cap} bytes")]
    Output {
        /// The cap, in bytes.
        cap: u64,
    },
    /// The output is larger than allowed for this much input.
    #[error("decompressed size passes the cap of {cap} times the {input_bytes} compressed bytes read")]
    Ratio {
        /// The cap, output bytes per input byte.
        cap: u64,
        /// Compressed bytes read so far.
        input_bytes: u64,
    },
}

impl CapExceeded {
    /// The cap behind an error of [`CappedDecoder::read`], if it was one.
    #[must_use]
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }
}

/// A decoder that fails with [`CapExceeded`] once its output passes a cap.
///
/// What was read before the cap was met stays valid.
pub struct CappedDecoder<R: Read> {
    decoder: Decoder<R>,
    caps: Caps,
    output_bytes: u64,
}

enum Decoder<R: Read> {
    Gzip(MultiGzDecoder<Counted<R>>),
    Zlib(ZlibDecoder<Counted<R>>),
    Zstd(Box<zstd::Decoder<'static, BufReader<Counted<R>>>>),
}

impl<R: Read> CappedDecoder<R> {
    /// A decoder of `input`.
    ///
    /// # Errors
    /// The zstd library could not make its context.
    pub fn new(compression: Compression, input: R, caps: Caps) -> io::Result<Self> {
        let input = Counted { input, bytes: 0 };
        let decoder = match compression {
            Compression::Gzip => Decoder::Gzip(MultiGzDecoder::new(input)),
            Compression::Zlib => Decoder::Zlib(ZlibDecoder::new(input)),
            Compression::Zstd => Decoder::Zstd(Box::new(zstd_decoder(input)?)),
        };
        Ok(Self {
            decoder,
            caps,
            output_bytes: 0,
        })
    }

    /// Bytes given out so far.
    #[must_use]
    pub const fn output_bytes(&self) -> u64 {
        self.output_bytes
    }

    /// Compressed bytes taken from the input so far; read-ahead counts.
    #[must_use]
    pub fn input_bytes(&self) -> u64 {
        match &self.decoder {
            Decoder::Gzip(decoder) => decoder.get_ref().bytes,
            Decoder::Zlib(decoder) => decoder.get_ref().bytes,
            Decoder::Zstd(decoder) => decoder.get_ref().get_ref().bytes,
        }
    }

    fn check(&self) -> Result<(), CapExceeded> {
        let Caps {
            output_bytes: cap,
            ratio,
        } = self.caps;
        let input_bytes = self.input_bytes();
        if self.output_bytes > cap {
            return Err(CapExceeded::Output { cap });
        }
        if self.output_bytes > RATIO_GRACE_BYTES && self.output_bytes > input_bytes.saturating_mul(ratio) {
            return Err(CapExceeded::Ratio {
                cap: ratio,
                input_bytes,
            });
        }
        Ok(())
    }
}

impl<R: Read> Read for CappedDecoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = match &mut self.decoder {
            Decoder::Gzip(decoder) => decoder.read(buffer),
            Decoder::Zlib(decoder) => decoder.read(buffer),
            Decoder::Zstd(decoder) => decoder.read(buffer),
        }?;
        self.output_bytes = self.output_bytes.saturating_add(length as u64);
        self.check().map_err(io::Error::other)?;
        Ok(length)
    }
}

fn zstd_decoder<R: Read>(input: R) -> io::Result<zstd::Decoder<'static, BufReader<R>>> {
    let mut decoder = zstd::Decoder::new(input)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
    Ok(decoder)
}

/// Counts what is read through it.
struct Counted<R> {
    input: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.bytes = self.bytes.saturating_add(length as u64);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression as Level, write::GzEncoder, write::ZlibEncoder};
    use std::io::Write;

    const GENEROUS: Caps = Caps {
        output_bytes: 1 << 30,
        ratio: 1 << 20,
    };

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Level::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Level::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn decode(compression: Compression, input: &[u8], caps: Caps) -> (Vec<u8>, Option<io::Error>) {
        let mut output = Vec::new();
        let error = CappedDecoder::new(compression, input, caps)
            .unwrap()
            .read_to_end(&mut output)
            .err();
        (output, error)
    }

    #[test]
    fn every_compression_gives_back_what_went_in() {
        let data = b"who talks to whom".repeat(500);
        let zstd = zstd::encode_all(&data[..], 3).unwrap();
        for (compression, input) in [
            (Compression::Gzip, gzip(&data)),
            (Compression::Zlib, zlib(&data)),
            (Compression::Zstd, zstd),
        ] {
            let (output, error) = decode(compression, &input, GENEROUS);
            assert!(error.is_none(), "{compression:?}: {error:?}");
            assert_eq!(output, data, "{compression:?}");
        }
    }

    #[test]
    fn several_gzip_members_are_one_stream() {
        let (output, error) = decode(Compression::Gzip, &[gzip(b"one "), gzip(b"two")].concat(), GENEROUS);
        assert!(error.is_none());
        assert_eq!(output, b"one two");
    }

    #[test]
    fn output_past_the_cap_is_a_typed_error() {
        let caps = Caps {
            output_bytes: 10_000,
            ..GENEROUS
        };
        let (_, error) = decode(Compression::Gzip, &gzip(&[7; 10_001]), caps);
        assert_eq!(
            CapExceeded::of(&error.unwrap()),
            Some(CapExceeded::Output { cap: 10_000 })
        );
        let (output, error) = decode(Compression::Gzip, &gzip(&[7; 10_000]), caps);
        assert!(error.is_none());
        assert_eq!(output.len(), 10_000);
    }

    #[test]
    fn a_bomb_is_stopped_by_its_ratio() {
        let bomb = zstd::encode_all(&vec![0; 8 << 20][..], 19).unwrap();
        let (output, error) = decode(Compression::Zstd, &bomb, Caps { ratio: 100, ..GENEROUS });
        assert!(matches!(
            CapExceeded::of(&error.unwrap()),
            Some(CapExceeded::Ratio { cap: 100, .. })
        ));
        assert!(output.len() < 4 << 20, "stopped long before the end: {}", output.len());
    }

    #[test]
    fn a_truncated_stream_gives_its_head_and_an_error_that_is_no_cap() {
        let data: Vec<u8> = (0..100_000u32)
            .flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes())
            .collect();
        let whole = gzip(&data);
        let (output, error) = decode(Compression::Gzip, &whole[..whole.len() / 2], GENEROUS);
        assert!(!output.is_empty() && data.starts_with(&output));
        assert_eq!(CapExceeded::of(&error.unwrap()), None);
    }

    #[test]
    fn compression_is_told_by_content() {
        assert_eq!(Compression::detect(&gzip(b"x")), Some(Compression::Gzip));
        assert_eq!(
            Compression::detect(&zstd::encode_all(&b"x"[..], 1).unwrap()),
            Some(Compression::Zstd)
        );
        assert_eq!(Compression::detect(b"PK\x03\x04"), None);
        assert_eq!(Compression::detect(b""), None);
    }
}
