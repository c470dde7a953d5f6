//! What the directory of an archive says about a member.

use std::borrow::Cow;
use std::io::{Read, Seek};

use encoding_rs::SHIFT_JIS;
use whotalks_record::{Text, Timestamp};
use zip::extra_fields::ExtraField;
use zip::read::{ZipFile, ZipFileEntry};

use crate::format::Format;
use crate::limits::LONGEST_NAME_BYTES;

/// A zip archive is read from its end.
pub(crate) trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// A member's name. Without the UTF-8 flag it is in the packer's code page: UTF-8 where it decodes as such, else CP932, which
/// Japanese Windows writes, else CP437, which the format names.
pub(crate) fn member_name(entry: &ZipFileEntry<'_>) -> Text {
    decoded(entry.name_raw(), || entry.name().ok())
}

/// A member's name in a cabinet, which is in the packer's code page or in UTF-8.
pub(crate) fn name_text(raw: &[u8]) -> Text {
    decoded(raw, || None)
}

fn decoded<'a>(raw: &'a [u8], otherwise: impl FnOnce() -> Option<Cow<'a, str>>) -> Text {
    let raw = raw.get(..LONGEST_NAME_BYTES).unwrap_or(raw);
    let name = match std::str::from_utf8(raw) {
        Ok(name) => Cow::Borrowed(name),
        Err(_) => cp932(raw)
            .or_else(otherwise)
            .unwrap_or_else(|| String::from_utf8_lossy(raw)),
    };
    Text::from(name.replace('\\', "/"))
}

fn cp932(raw: &[u8]) -> Option<Cow<'_, str>> {
    let (name, _, malformed) = SHIFT_JIS.decode(raw);
    (!malformed).then_some(name)
}

/// When the member was modified, where the archive says it in UTC. The time in the header proper is local to a zone that the
/// archive does not name, and hours off is worse than not known.
pub(crate) fn modified<R: Read>(member: &ZipFile<'_, R>) -> Option<Timestamp> {
    member.extra_data_fields().find_map(|field| match field {
        ExtraField::Ntfs(times) => Some(Timestamp::from_filetime(times.mtime())),
        ExtraField::ExtendedTimestamp(times) => Some(Timestamp::from_seconds(times.mod_time()?.into(), 0)),
        _ => None,
    })
}

/// The document or program that a zip archive with a member of this name is.
pub(crate) fn document(name: &str) -> Option<Format> {
    match name {
        "word/document.xml" => Some(Format::Docx),
        "xl/workbook.xml" | "xl/workbook.bin" => Some(Format::Xlsx),
        "ppt/presentation.xml" => Some(Format::Pptx),
        "[Content_Types].xml" => Some(Format::OfficePackage),
        "META-INF/MANIFEST.MF" => Some(Format::Jar),
        _ => None,
    }
}
