//! Formats with a fixed value at a fixed place.

use crate::format::Format;

/// A value at an offset.
struct Magic {
    offset: usize,
    value: &'static [u8],
    format: Format,
}

const fn at(offset: usize, value: &'static [u8], format: Format) -> Magic {
    Magic { offset, value, format }
}

/// Longer values before shorter ones that they contain. Sources: the formats' own specifications, and for the rest the
/// tables of the `file` utility.
const MAGICS: &[Magic] = &[
    at(0, b"\xd4\xc3\xb2\xa1", Format::Pcap),
    at(0, b"\xa1\xb2\xc3\xd4", Format::Pcap),
    at(0, b"\x4d\x3c\xb2\xa1", Format::Pcap),
    at(0, b"\xa1\xb2\x3c\x4d", Format::Pcap),
    at(0, b"\x34\xcd\xb2\xa1", Format::Pcap),
    at(0, b"\xa1\xb2\xcd\x34", Format::Pcap),
    at(0, b"ElfFile\0", Format::Evtx),
    at(4, b"LfLe", Format::Evt),
    at(0, b"\x1f\x8b\x08", Format::Gzip),
    at(0, b"\x28\xb5\x2f\xfd", Format::Zstd),
    at(0, b"PK\x03\x04", Format::Zip),
    at(0, b"PK\x05\x06", Format::Zip),
    at(0, b"PK\x07\x08PK\x03\x04", Format::Zip),
    at(0, b"GMBU", Format::NetMon),
    at(0, b"RTSS", Format::NetMon),
    at(0, b"snoop\0\0\0", Format::Snoop),
    at(0, b"7z\xbc\xaf\x27\x1c", Format::SevenZip),
    at(0, b"MSCF\0\0\0\0", Format::Cab),
    at(0, b"Rar!\x1a\x07", Format::Rar),
    at(257, b"ustar", Format::Tar),
    at(0, b"BZh", Format::Bzip2),
    at(0, b"\xfd7zXZ\0", Format::Xz),
    at(0, b"\x04\x22\x4d\x18", Format::Lz4),
    at(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format::OleCompound),
    at(0, b"%PDF-", Format::Pdf),
    at(0, b"{\\rtf", Format::Rtf),
    at(0, b"\x89PNG\r\n\x1a\n", Format::Png),
    at(0, b"\xff\xd8\xff", Format::Jpeg),
    at(0, b"GIF87a", Format::Gif),
    at(0, b"GIF89a", Format::Gif),
    at(0, b"\x7fELF", Format::Elf),
    at(0, b"MDMP\x93\xa7", Format::CrashDump),
    at(0, b"PAGEDU64", Format::CrashDump),
    at(0, b"PAGEDUMP", Format::CrashDump),
    at(0, b"regf", Format::RegistryHive),
    at(4, b"SCCA", Format::Prefetch),
    at(0, b"MAM\x04", Format::Prefetch),
    at(0, b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0", Format::Shortcut),
    at(0, b"SQLite format 3\0", Format::Sqlite),
    at(4, b"\xef\xcd\xab\x89", Format::EseDatabase),
    at(0, b"PAR1", Format::Parquet),
];

/// The format with a value that `prefix` holds.
pub(super) fn detect(prefix: &[u8]) -> Option<Format> {
    let known = MAGICS
        .iter()
        .find(|magic| {
            prefix
                .get(magic.offset..)
                .is_some_and(|rest| rest.starts_with(magic.value))
        })
        .map(|magic| magic.format);
    known.or_else(|| weak(prefix))
}

/// Formats whose values are too short to stand alone, so that something else must agree.
fn weak(prefix: &[u8]) -> Option<Format> {
    let checks = [
        (is_pcapng(prefix), Format::PcapNg),
        (is_etl(prefix), Format::Etl),
        (is_windows_executable(prefix), Format::WindowsExecutable),
        (is_bmp(prefix), Format::Bmp),
    ];
    checks.into_iter().find_map(|(holds, format)| holds.then_some(format))
}

fn u32_le(bytes: &[u8], offset: usize) -> Option<u32> {
    let four = bytes.get(offset..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*four))
}

/// A Section Header Block: its type reads the same in both byte orders, its byte-order magic tells which
/// (draft-ietf-opsawg-pcapng 4.1).
fn is_pcapng(prefix: &[u8]) -> bool {
    let order = prefix.get(8..12);
    prefix.starts_with(b"\x0a\x0d\x0d\x0a")
        && matches!(order, Some([0x1a, 0x2b, 0x3c, 0x4d] | [0x4d, 0x3c, 0x2b, 0x1a]) | None)
}

/// An Event Trace Log has no magic: its first buffer has a 72-byte `WMI_BUFFER_HEADER`, which begins with the buffer size,
/// and then a `SYSTEM_TRACE_HEADER` of version 2 whose marker is `0xC0` and whose type is 1 (32-bit) or 2 (64-bit).
fn is_etl(prefix: &[u8]) -> bool {
    let whole_buffer = u32_le(prefix, 0).is_some_and(|size| (1 << 10..=16 << 20).contains(&size) && size % 512 == 0);
    whole_buffer && matches!(prefix.get(72..76), Some([2, 0, 1 | 2, 0xc0]))
}

/// A DOS stub that points to a PE header.
fn is_windows_executable(prefix: &[u8]) -> bool {
    let header = u32_le(prefix, 0x3c).and_then(|offset| usize::try_from(offset).ok());
    prefix.starts_with(b"MZ")
        && header
            .and_then(|at| prefix.get(at..))
            .is_some_and(|rest| rest.starts_with(b"PE\0\0"))
}

/// A bitmap file header has four reserved bytes, all zero.
fn is_bmp(prefix: &[u8]) -> bool {
    prefix.starts_with(b"BM") && matches!(prefix.get(6..10), Some([0, 0, 0, 0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_capture_magic_of_both_byte_orders_is_known() {
        for value in [0xa1b2_c3d4_u32, 0xa1b2_3c4d, 0xa1b2_cd34] {
            assert_eq!(detect(&value.to_be_bytes()), Some(Format::Pcap));
            assert_eq!(detect(&value.to_le_bytes()), Some(Format::Pcap));
        }
        let section = |order: [u8; 4]| [&b"\x0a\x0d\x0d\x0a\x1c\0\0\0"[..], &order].concat();
        assert_eq!(detect(&section([0x1a, 0x2b, 0x3c, 0x4d])), Some(Format::PcapNg));
        assert_eq!(detect(&section([0x4d, 0x3c, 0x2b, 0x1a])), Some(Format::PcapNg));
        assert_eq!(detect(&section([1, 2, 3, 4])), None);
    }

    #[test]
    fn weak_values_need_company() {
        assert_eq!(detect(b"MZ is how a sentence may begin"), None);
        assert_eq!(detect(b"BM too"), None);
        let mut program = vec![0; 0x80];
        program[..2].copy_from_slice(b"MZ");
        program[0x3c] = 0x40;
        program[0x40..0x44].copy_from_slice(b"PE\0\0");
        assert_eq!(detect(&program), Some(Format::WindowsExecutable));
    }
}
