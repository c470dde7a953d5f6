//! From the path of a manifest line back to its bytes, through any archives.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _};
use std::path::Path;

use tempfile::SpooledTempFile;
use whotalks_bytes::{CappedDecoder, Caps, Compression};
use whotalks_record::Text;
use zip::ZipReadOptions;
use zip::read::Config;
use zip::unstable::read::ZipIterable;

use super::RawError;
use crate::budget::Budget;
use crate::cabinet::{Directory, Folder};
use crate::limits::{Limits, SPOOL_MEMORY_BYTES};
use crate::run::inner_name;
use crate::zip_member::{ReadSeek, member_name, name_text};

/// What is done with the bytes once they are reached; nothing found is none.
type Use<'u, T> = &'u mut dyn FnMut(&mut (dyn Read + Send)) -> io::Result<Option<T>>;

/// Why a piece was not reached.
enum Missed {
    Io(io::Error),
    Gone,
}

impl From<io::Error> for Missed {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Gives the bytes of the piece at `path` to `then`.
pub(super) fn with_piece<T>(path: &str, then: Use<'_, T>) -> Result<Option<T>, RawError> {
    if path == "-" || path.starts_with("-!") {
        return Err(RawError::StandardInput);
    }
    from_file(path, then).map_err(|missed| match missed {
        Missed::Io(source) => RawError::Io {
            path: Text::from(path),
            source,
        },
        Missed::Gone => RawError::Gone { path: Text::from(path) },
    })
}

/// A file may have `!` in its own name, so the longest path that is a file is the file.
fn from_file<T>(path: &str, then: Use<'_, T>) -> Result<Option<T>, Missed> {
    let ends = path.rmatch_indices('!').map(|(at, _)| at);
    let file = std::iter::once(path.len())
        .chain(ends)
        .filter_map(|end| path.split_at_checked(end))
        .find(|(file, _)| Path::new(file).is_file());
    let (file, rest) = file.ok_or(Missed::Gone)?;
    let mut budget = Budget::new(&Limits::default());
    budget.begin_file(None);
    let outer = Outer {
        path: file,
        input: Box::new(File::open(file)?),
        budget: &budget,
    };
    outer.descend(rest.strip_prefix('!'), then)
}

/// A file or a member that may be a container.
struct Outer<'a> {
    path: &'a str,
    input: Box<dyn ReadSeek>,
    budget: &'a Budget,
}

impl Outer<'_> {
    fn descend<T>(mut self, member: Option<&str>, then: Use<'_, T>) -> Result<Option<T>, Missed> {
        let Some(member) = member else {
            return Ok(then(&mut self.input)?);
        };
        let mut magic = [0; 4];
        let length = self.input.read(&mut magic)?;
        self.input.rewind()?;
        match Compression::detect(magic.get(..length).unwrap_or_default()) {
            Some(compression) => self.decompress(compression, member, then),
            None if magic == *b"MSCF" => self.open_cabinet(member, then),
            None => self.unzip(member, then),
        }
    }

    fn open_cabinet<T>(self, member: &str, then: Use<'_, T>) -> Result<Option<T>, Missed> {
        let mut input = BufReader::new(self.input);
        let directory = Directory::read(&mut input, Limits::default().pieces)?;
        for entry in &directory.members {
            let name = name_text(&entry.name);
            let (Some(rest), Some(folder)) = (below(member, &name), entry.folder) else {
                continue;
            };
            let folder = Folder::open(&mut input, &directory, folder)?;
            let mut unpacked = self.budget.bind(folder, None);
            io::copy(&mut (&mut unpacked).take(u64::from(entry.offset)), &mut io::sink())?;
            let mut bytes = unpacked.take(u64::from(entry.bytes));
            return into(&mut bytes, &name, rest, self.budget, then);
        }
        Err(Missed::Gone)
    }

    fn decompress<T>(self, compression: Compression, member: &str, then: Use<'_, T>) -> Result<Option<T>, Missed> {
        let rest = below(member, inner_name(self.path)).ok_or(Missed::Gone)?;
        let caps = Caps {
            output_bytes: u64::MAX,
            ratio: Limits::default().ratio,
        };
        let decoder = CappedDecoder::new(compression, self.input, caps)?;
        let mut bytes = self.budget.bind(decoder, None);
        into(&mut bytes, inner_name(self.path), rest, self.budget, then)
    }

    fn unzip<T>(self, member: &str, then: Use<'_, T>) -> Result<Option<T>, Missed> {
        let mut archive =
            ZipIterable::try_new(BufReader::new(self.input), Config::default()).map_err(io::Error::from)?;
        let members = archive.files().map_err(io::Error::from)?;
        while let Some(entry) = members.next() {
            let entry = entry.map_err(io::Error::from)?;
            let name = member_name(&entry);
            let Some(rest) = below(member, &name) else { continue };
            let packed = entry.compressed_size();
            let bytes = entry
                .with_reader(members.reader_mut(), ZipReadOptions::new())
                .map_err(io::Error::from)?;
            return into(
                &mut self.budget.bind(bytes, Some(packed)),
                &name,
                rest,
                self.budget,
                then,
            );
        }
        Err(Missed::Gone)
    }
}

/// What is left of `path` below the member `name`; none where the path leads elsewhere.
fn below<'p>(path: &'p str, name: &str) -> Option<Option<&'p str>> {
    let rest = path.strip_prefix(name)?;
    if rest.is_empty() {
        return Some(None);
    }
    rest.strip_prefix('!').map(Some)
}

/// Uses a member, or opens it in turn.
fn into<T>(
    bytes: &mut (dyn Read + Send),
    name: &str,
    rest: Option<&str>,
    budget: &Budget,
    then: Use<'_, T>,
) -> Result<Option<T>, Missed> {
    let Some(rest) = rest else {
        return Ok(then(bytes)?);
    };
    let mut copy = SpooledTempFile::new(SPOOL_MEMORY_BYTES);
    io::copy(bytes, &mut copy)?;
    copy.rewind()?;
    let inner = Outer {
        path: name,
        input: Box::new(copy),
        budget,
    };
    inner.descend(Some(rest), then)
}
