//! The header of a cabinet, its folders and its files.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// Sizes of the fixed parts, in bytes (MS-CAB 2.1 to 2.3).
const HEADER_BYTES: usize = 36;
const FOLDER_BYTES: usize = 8;
const FILE_BYTES: usize = 16;

/// The longest name of a member (`szName`), in bytes; the specification allows 256.
const LONGEST_NAME_BYTES: u64 = 257;

/// Flags of the header: a cabinet before this one, a cabinet after it, reserved areas.
const PREVIOUS_CABINET: u16 = 1;
const NEXT_CABINET: u16 = 2;
const RESERVED: u16 = 4;

/// From this folder number on, a file lies partly in another cabinet of the set.
const CONTINUED: u16 = 0xfffd;

/// Where a folder's blocks lie and how they are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FolderEntry {
    /// The place of the first block in the file.
    pub(super) offset: u32,
    pub(super) blocks: u16,
    /// The low four bits say which packing.
    pub(super) packing: u16,
}

/// A member, in the order of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its name in the bytes of the packer.
    pub(crate) name: Vec<u8>,
    /// Its size, unpacked.
    pub(crate) bytes: u32,
    /// Where it begins in the unpacked folder.
    pub(crate) offset: u32,
    /// The number of its folder; none where it is continued from or in another cabinet.
    pub(crate) folder: Option<u16>,
}

/// The tables of a cabinet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Directory {
    pub(super) folders: Vec<FolderEntry>,
    /// The members, folder by folder in the order in which they lie there, those of no folder last.
    pub(crate) members: Vec<Member>,
    /// Bytes that are reserved in the header of each block.
    pub(super) block_reserve: u8,
}

impl Directory {
    /// Reads the tables of a cabinet, at most `most` members.
    ///
    /// # Errors
    /// What is wrong with them, or why they could not be had.
    pub(crate) fn read(input: &mut (impl BufRead + Seek), most: u64) -> io::Result<Self> {
        let header: [u8; HEADER_BYTES] = fixed(input)?;
        if !header.starts_with(b"MSCF") {
            return Err(damaged("no signature"));
        }
        let files_at = u32_at(&header, 16);
        let (folders, files, flags) = (u16_at(&header, 26), u16_at(&header, 28), u16_at(&header, 30));
        let mut directory = Self::default();
        let folder_reserve = directory.reserves(input, flags)?;
        for _ in 0..folders {
            let entry: [u8; FOLDER_BYTES] = fixed(input)?;
            directory.folders.push(FolderEntry {
                offset: u32_at(&entry, 0),
                blocks: u16_at(&entry, 4),
                packing: u16_at(&entry, 6),
            });
            skip(input, u64::from(folder_reserve))?;
        }
        input.seek(SeekFrom::Start(u64::from(files_at)))?;
        for _ in 0..u64::from(files).min(most) {
            let member = directory.member(input)?;
            directory.members.push(member);
        }
        directory
            .members
            .sort_by_key(|member| (member.folder.is_none(), member.folder, member.offset));
        Ok(directory)
    }

    /// Passes over what stands between the header and the folders; the bytes reserved behind each folder.
    fn reserves(&mut self, input: &mut impl BufRead, flags: u16) -> io::Result<u8> {
        let mut folder_reserve = 0;
        if flags & RESERVED != 0 {
            let [low, high, folder, block]: [u8; 4] = fixed(input)?;
            (folder_reserve, self.block_reserve) = (folder, block);
            skip(input, u64::from(u16::from_le_bytes([low, high])))?;
        }
        for flag in [PREVIOUS_CABINET, NEXT_CABINET] {
            if flags & flag != 0 {
                name(input)?;
                name(input)?;
            }
        }
        Ok(folder_reserve)
    }

    fn member(&self, input: &mut impl BufRead) -> io::Result<Member> {
        let entry: [u8; FILE_BYTES] = fixed(input)?;
        let folder = u16_at(&entry, 8);
        if folder < CONTINUED && usize::from(folder) >= self.folders.len() {
            return Err(damaged("a file of no folder"));
        }
        Ok(Member {
            name: name(input)?,
            bytes: u32_at(&entry, 0),
            offset: u32_at(&entry, 4),
            folder: Some(folder).filter(|folder| *folder < CONTINUED),
        })
    }
}

/// A text that a zero byte ends.
fn name(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut name = Vec::new();
    input.take(LONGEST_NAME_BYTES).read_until(0, &mut name)?;
    match name.pop() {
        Some(0) => Ok(name),
        _ => Err(damaged("a name without end")),
    }
}

pub(super) fn fixed<const N: usize>(input: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn skip(input: &mut impl Read, bytes: u64) -> io::Result<()> {
    let skipped = io::copy(&mut input.take(bytes), &mut io::sink())?;
    if skipped < bytes {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

pub(super) fn u16_at(bytes: &[u8], offset: usize) -> u16 {
    let two = bytes.get(offset..).and_then(|rest| rest.first_chunk::<2>());
    two.map_or(0, |two| u16::from_le_bytes(*two))
}

pub(super) fn u32_at(bytes: &[u8], offset: usize) -> u32 {
    let four = bytes.get(offset..).and_then(|rest| rest.first_chunk::<4>());
    four.map_or(0, |four| u32::from_le_bytes(*four))
}

pub(super) fn damaged(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
