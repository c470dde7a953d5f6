//! The unpacked bytes of a folder, block by block.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::{Decompress, FlushDecompress};

use super::directory::{Directory, FolderEntry, damaged, fixed, skip, u16_at, u32_at};
use super::lzx::Lzx;

/// The fixed part of a block's header, in bytes (MS-CAB 2.4).
const BLOCK_HEADER_BYTES: usize = 8;

/// A block unpacks to at most this many bytes, and deflate looks back as far.
const LARGEST_BLOCK_BYTES: usize = 32 << 10;

/// Before the deflated bytes of a block stands `CK`.
const MSZIP_SIGNATURE: &[u8] = b"CK";

/// How a folder is packed.
enum Packing {
    Stored,
    MsZip,
    Lzx(Box<Lzx>),
}

/// A stream of the unpacked bytes of one folder.
pub(crate) struct Folder<R> {
    input: R,
    packing: Packing,
    blocks_left: u16,
    block_reserve: u8,
    inflate: Decompress,
    /// The block that is being read.
    block: Vec<u8>,
    /// The last bytes before it, to which it may refer; as many as deflate looks back.
    window: Vec<u8>,
    /// How much of the block was given.
    given: usize,
    /// How much of the folder was given.
    position: u64,
}

impl<R: Read + Seek> Folder<R> {
    /// Begins with the first block of a folder.
    ///
    /// # Errors
    /// That the packing is not supported, or that the blocks cannot be had.
    pub(crate) fn open(mut input: R, directory: &Directory, number: u16) -> io::Result<Self> {
        let entry = directory.folders.get(usize::from(number));
        let FolderEntry {
            offset,
            blocks,
            packing,
        } = *entry.ok_or_else(|| damaged("no such folder"))?;
        let packing = match packing & 0x0f {
            0 => Packing::Stored,
            1 => Packing::MsZip,
            2 => return Err(io::Error::new(io::ErrorKind::Unsupported, "Quantum")),
            3 => Packing::Lzx(Box::new(Lzx::new(packing >> 8 & 0x1f)?)),
            _ => return Err(damaged("an unknown packing")),
        };
        input.seek(SeekFrom::Start(u64::from(offset)))?;
        Ok(Self {
            input,
            packing,
            blocks_left: blocks,
            block_reserve: directory.block_reserve,
            inflate: Decompress::new(false),
            block: Vec::new(),
            window: Vec::new(),
            given: 0,
            position: 0,
        })
    }
}

impl<R: Read> Folder<R> {
    /// How much of the folder was given so far.
    pub(crate) const fn position(&self) -> u64 {
        self.position
    }

    /// Unpacks the next block; false at the end.
    fn advance(&mut self) -> io::Result<bool> {
        if self.blocks_left == 0 {
            return Ok(false);
        }
        self.blocks_left -= 1;
        let header: [u8; BLOCK_HEADER_BYTES] = fixed(&mut self.input)?;
        let (checksum, packed, unpacked) = (u32_at(&header, 0), u16_at(&header, 4), usize::from(u16_at(&header, 6)));
        if unpacked > LARGEST_BLOCK_BYTES {
            return Err(damaged("a block over 32 KiB"));
        }
        if unpacked == 0 {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "a block that goes on in another cabinet",
            ));
        }
        skip(&mut self.input, u64::from(self.block_reserve))?;
        let mut data = vec![0; usize::from(packed)];
        self.input.read_exact(&mut data)?;
        // A cabinet with reserved bytes sums them too; then the sum is left unchecked, as one of zero is.
        if checksum != 0 && self.block_reserve == 0 && checksum != sum_of_block(&data, &header) {
            return Err(damaged("a block whose checksum differs"));
        }
        self.block = match &mut self.packing {
            Packing::Stored => data,
            Packing::MsZip => self.inflate_block(&data, unpacked)?,
            Packing::Lzx(lzx) => lzx.frame(&data, unpacked)?,
        };
        if self.block.len() != unpacked {
            return Err(damaged("a block of another length than stated"));
        }
        self.window.extend_from_slice(&self.block);
        let over = self.window.len().saturating_sub(LARGEST_BLOCK_BYTES);
        self.window.drain(..over);
        self.given = 0;
        Ok(true)
    }

    /// Unpacks a block that may refer to what was before it. That is given to the decoder first, as a stored block of deflate.
    fn inflate_block(&mut self, data: &[u8], unpacked: usize) -> io::Result<Vec<u8>> {
        let packed = data
            .strip_prefix(MSZIP_SIGNATURE)
            .ok_or_else(|| damaged("a block without its signature"))?;
        self.inflate.reset(false);
        if !self.window.is_empty() {
            let window = stored(&self.window);
            self.inflate_into(&window, self.window.len(), FlushDecompress::Sync)?;
        }
        self.inflate_into(packed, unpacked, FlushDecompress::Finish)
    }

    fn inflate_into(&mut self, packed: &[u8], most: usize, flush: FlushDecompress) -> io::Result<Vec<u8>> {
        // One byte more, so that a longer block shows.
        let mut out = vec![0; most.saturating_add(1)];
        let before = self.inflate.total_out();
        let inflated = self.inflate.decompress(packed, &mut out, flush);
        inflated.map_err(|_| damaged("a block that is no deflate"))?;
        let made = self.inflate.total_out().saturating_sub(before);
        out.truncate(usize::try_from(made).unwrap_or(usize::MAX));
        Ok(out)
    }
}

impl<R: Read> Read for Folder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        // Nobody asks for more than the tables promise, so that the end comes too early.
        if self.given >= self.block.len() && !self.advance()? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let length = self.block.get(self.given..).unwrap_or_default().read(buffer)?;
        self.given = self.given.saturating_add(length);
        self.position = self.position.saturating_add(length as u64);
        Ok(length)
    }
}

/// A block of deflate that holds bytes as they are and is not the last one (RFC 1951 3.2.4).
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let mut block = vec![0];
    block.extend_from_slice(&length.to_le_bytes());
    block.extend_from_slice(&(!length).to_le_bytes());
    block.extend_from_slice(bytes);
    block
}

/// The checksum of a block: its bytes, then the rest of its header (MS-CAB 3.1).
fn sum_of_block(data: &[u8], header: &[u8; BLOCK_HEADER_BYTES]) -> u32 {
    sum(header.get(4..).unwrap_or_default(), sum(data, 0))
}

/// Words of four bytes, low byte first, each added without carry; what is left over counts from its first byte down.
fn sum(bytes: &[u8], seed: u32) -> u32 {
    let (words, rest) = bytes.as_chunks::<4>();
    let words = words.iter().fold(seed, |sum, word| sum ^ u32::from_le_bytes(*word));
    let rest = rest.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
    words ^ rest
}
