//! Cabinets: stored, in MSZIP and in LZX, damaged, hostile.

use flate2::{Compress, Compression, FlushCompress};
use proptest::collection::vec;
use proptest::prelude::*;
use whotalks_evidence::{Format, Limits, RawContent, Sha256Digest, Status, raw};
use whotalks_record::IssueKind;

use crate::lzx_writer;
use crate::support::{Folder, capture, entry, zip};

const BLOCK_BYTES: usize = 32 << 10;
const STORED: u16 = 0;
const MSZIP: u16 = 1;
const QUANTUM: u16 = 0x1472;
/// The same as LZX, but for a flag of the tests: calls are translated.
const LZX_OF_PROGRAM: u16 = lzx_writer::PACKING | 0x8000;
/// The size that packers take for all programs.
const PROGRAM_BYTES: i32 = 12_000_000;
/// Blocks that end neither with a frame nor with a word.
const LZX_BLOCK_BYTES: usize = 9_001;

/// The packed blocks of a folder. Those of MSZIP refer to the blocks before them, as one deflate stream that is cut.
fn blocks(bytes: &[u8], packing: u16) -> Vec<(Vec<u8>, usize)> {
    if packing == lzx_writer::PACKING {
        return lzx_writer::frames(bytes, LZX_BLOCK_BYTES, None);
    }
    if packing == LZX_OF_PROGRAM {
        let absolute = lzx_writer::with_absolute_calls(bytes, PROGRAM_BYTES);
        return lzx_writer::frames(&absolute, LZX_BLOCK_BYTES, Some(PROGRAM_BYTES.cast_unsigned()));
    }
    let mut deflate = Compress::new(Compression::best(), false);
    let chunks: Vec<&[u8]> = bytes.chunks(BLOCK_BYTES).collect();
    let last = chunks.len().saturating_sub(1);
    let pack = |(index, chunk): (usize, &&[u8])| {
        if packing != MSZIP {
            return (chunk.to_vec(), chunk.len());
        }
        let mut packed = Vec::with_capacity(2 * BLOCK_BYTES);
        packed.extend_from_slice(b"CK");
        let flush = if index == last {
            FlushCompress::Finish
        } else {
            FlushCompress::Sync
        };
        deflate.compress_vec(chunk, &mut packed, flush).unwrap();
        if index != last {
            packed.extend_from_slice(&[3, 0]);
        }
        (packed, chunk.len())
    };
    chunks.iter().enumerate().map(pack).collect()
}

fn sum(bytes: &[u8], seed: u32) -> u32 {
    bytes.chunks(4).fold(seed, |sum, word| {
        let word = match word {
            [a, b, c, d] => u32::from_le_bytes([*a, *b, *c, *d]),
            [a, b, c] => u32::from_be_bytes([0, *a, *b, *c]),
            [a, b] => u32::from_be_bytes([0, 0, *a, *b]),
            [a] => u32::from(*a),
            _ => 0,
        };
        sum ^ word
    })
}

/// A cabinet with one folder for each list of members.
fn cabinet(folders: &[&[(&str, &[u8])]], packing: u16) -> Vec<u8> {
    let members: usize = folders.iter().map(|members| members.len()).sum();
    let tables: usize = folders
        .iter()
        .flat_map(|members| members.iter())
        .map(|(name, _)| 16 + name.len() + 1)
        .sum();
    let files_at = 36 + 8 * folders.len();
    let (mut entries, mut files, mut data) = (Vec::new(), Vec::new(), Vec::new());
    for (number, members) in folders.iter().enumerate() {
        let unpacked: Vec<u8> = members.iter().flat_map(|(_, bytes)| bytes.to_vec()).collect();
        let blocks = blocks(&unpacked, packing);
        entries.extend(((files_at + tables + data.len()) as u32).to_le_bytes());
        entries.extend((blocks.len() as u16).to_le_bytes());
        entries.extend(packing.to_le_bytes());
        let mut offset = 0_u32;
        for (name, bytes) in *members {
            files.extend((bytes.len() as u32).to_le_bytes());
            files.extend(offset.to_le_bytes());
            files.extend((number as u16).to_le_bytes());
            files.extend([0, 0, 0, 0, 0x20, 0]);
            files.extend(name.as_bytes());
            files.push(0);
            offset += bytes.len() as u32;
        }
        for (packed, unpacked) in blocks {
            let mut sizes = (packed.len() as u16).to_le_bytes().to_vec();
            sizes.extend((unpacked as u16).to_le_bytes());
            data.extend(sum(&sizes, sum(&packed, 0)).to_le_bytes());
            data.extend(sizes);
            data.extend(packed);
        }
    }
    let total = files_at + files.len() + data.len();
    let mut bytes = b"MSCF\0\0\0\0".to_vec();
    bytes.extend((total as u32).to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend((files_at as u32).to_le_bytes());
    bytes.extend([0, 0, 0, 0, 3, 1]);
    bytes.extend((folders.len() as u16).to_le_bytes());
    bytes.extend((members as u16).to_le_bytes());
    bytes.extend([0, 0, 0x39, 0x30, 0, 0]);
    for part in [entries, files, data] {
        bytes.extend(part);
    }
    bytes
}

/// The XML of `netsh wfp capture` with one network event.
fn diagnostics() -> Vec<u8> {
    b"<?xml version=\"1.0\"?>\r\n<wfpdiag>\r\n<sysInfo/>\r\n<events>\r\n<netEvent><header>\
      <timeStamp>2026-11-21T10:00:00.000Z</timeStamp><ipProtocol>6</ipProtocol>\
      <localAddrV4>10.0.0.5</localAddrV4><remoteAddrV4>192.0.2.1</remoteAddrV4>\
      <localPort>50000</localPort><remotePort>443</remotePort></header>\
      <type>FWPM_NET_EVENT_TYPE_CLASSIFY_DROP</type>\
      <classifyDrop><filterId>7</filterId><layerId>48</layerId></classifyDrop></netEvent>\r\n\
      </events>\r\n</wfpdiag>\r\n"
        .to_vec()
}

#[test]
fn members_are_read_in_every_packing_over_many_blocks() {
    let capture = capture(2_000, 60);
    assert!(capture.len() > 3 * BLOCK_BYTES);
    for packing in [STORED, MSZIP, lzx_writer::PACKING] {
        let bytes = cabinet(
            &[
                &[("wfpdiag.xml", &diagnostics()), ("sub\\dns.pcap", &capture)],
                &[("note.txt", b"hello there")],
            ],
            packing,
        );
        let folder = Folder::new().with("wfpdiag.cab", &bytes);
        let (manifest, sink) = folder.read();
        assert_eq!(
            folder.lines(&manifest),
            [
                "E1 cab container wfpdiag.cab",
                "E2 wfp-state read wfpdiag.cab!wfpdiag.xml",
                "E3 pcap read wfpdiag.cab!sub/dns.pcap",
                "E4 text named wfpdiag.cab!note.txt",
            ]
        );
        assert_eq!(entry(&manifest, "dns.pcap").sha256, Some(Sha256Digest::of(&capture)));
        assert_eq!(entry(&manifest, ".cab").sha256, Some(Sha256Digest::of(&bytes)));
        assert_eq!(sink.packets, 2_000);
        // The event, and what events the file covers.
        assert_eq!(entry(&manifest, "wfpdiag.xml").records, 2);
    }
}

#[test]
fn calls_of_programs_are_what_they_were_before_packing() {
    let mut program = Vec::new();
    for place in 0..12_000_i32 {
        program.push(0xe8);
        // Calls forward, backward, to the very beginning, to nowhere, and none.
        let target = match place % 5 {
            0 => place * 7,
            1 => -place,
            2 => -i32::try_from(program.len() - 1).unwrap(),
            3 => PROGRAM_BYTES - place,
            _ => i32::MAX - place,
        };
        program.extend(target.to_le_bytes());
        program.extend(vec![0x90; place as usize % 7]);
    }
    let bytes = cabinet(&[&[("program.exe", &program)]], LZX_OF_PROGRAM);
    let (manifest, _) = Folder::new().with("a.cab", &bytes).read();
    assert_eq!(entry(&manifest, "program.exe").sha256, Some(Sha256Digest::of(&program)));
}

#[test]
fn a_citation_leads_back_through_a_cabinet_in_a_zip() {
    let capture = capture(2_000, 60);
    let inner = cabinet(&[&[("a.txt", b"some text\n"), ("dns.pcap", &capture)]], MSZIP);
    let folder = Folder::new().with("bundle.zip", &zip(&[("WFPdiag.cab", &inner)]));
    let path = format!("{}/bundle.zip!WFPdiag.cab!dns.pcap", folder.path().display());
    let found = raw(&path, Format::Pcap, "E3#1999".parse().unwrap()).unwrap();
    assert!(matches!(found.content, RawContent::Packet(packet) if packet.data.len() == 60));
    let gone = format!("{}/bundle.zip!WFPdiag.cab!other", folder.path().display());
    assert!(raw(&gone, Format::Pcap, "E3#1".parse().unwrap()).is_err());
}

#[test]
fn other_packings_are_named() {
    let folder = Folder::new().with("a.cab", &cabinet(&[&[("wfpdiag.xml", b"x")]], QUANTUM));
    let (manifest, _) = folder.read();
    assert_eq!(entry(&manifest, ".cab").status, Status::Container);
    let issues = &entry(&manifest, "wfpdiag.xml").issues;
    let kind = issues.first().map(|issue| issue.kind.clone());
    assert!(
        matches!(&kind, Some(IssueKind::Unsupported { field: "archive.compression", found }) if &**found == "Quantum"),
        "{kind:?}"
    );
}

#[test]
fn a_damaged_block_costs_what_lies_behind_it_and_is_told() {
    let capture = capture(2_000, 60);
    let mut bytes = cabinet(
        &[
            &[("one.pcap", &capture), ("two.pcap", &capture[..900])],
            &[("three.txt", b"text")],
        ],
        MSZIP,
    );
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    let folder = Folder::new().with("a.cab", &bytes);
    let (manifest, _) = folder.read();
    let status = |name: &str| entry(&manifest, name).status;
    assert_eq!(status("one.pcap"), Status::ReadInPart);
    assert_ne!(status("two.pcap"), Status::Read);
    assert_eq!(status("three.txt"), Status::NotUnderstood);
    assert!(entry(&manifest, "three.txt").sha256.is_some());
}

#[test]
fn a_member_that_claims_more_than_there_is_is_cut() {
    let mut bytes = cabinet(&[&[("note.txt", b"hello there")]], MSZIP);
    let at = 36 + 8;
    bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    let folder = Folder::new().with("a.cab", &bytes);
    let (manifest, _) = folder.read();
    let note = entry(&manifest, "note.txt");
    assert!(
        matches!(note.issues.as_slice(), [issue] if matches!(issue.kind, IssueKind::Truncated { .. })),
        "{note:?}"
    );
}

#[test]
fn what_is_unpacked_of_a_cabinet_is_bounded_also_where_no_member_wants_it() {
    let zeros = vec![0; 4 << 20];
    let bytes = cabinet(&[&[("zeros", &zeros), ("last", b"x")]], MSZIP);
    let folder = Folder::new().with("bomb.cab", &bytes);
    let (manifest, _) = folder.read_within(Limits {
        output_bytes: 1 << 20,
        ..Limits::default()
    });
    let told = manifest.entries.iter().flat_map(|entry| &entry.issues);
    let bounds = told.filter(|issue| {
        matches!(
            issue.kind,
            IssueKind::BoundReached {
                bound: "archive.output_bytes",
                ..
            }
        )
    });
    assert_eq!(bounds.count(), 2);
    let (manifest, _) = folder.read_within(Limits {
        pieces: 2,
        ..Limits::default()
    });
    assert!(manifest.entries.len() <= 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_cut_and_any_change_of_a_cabinet_is_survived(
        is_lzx in any::<bool>(),
        cut in 0..900_usize,
        changes in vec((36..700_usize, any::<u8>()), 0..6),
    ) {
        let packing = if is_lzx { lzx_writer::PACKING } else { MSZIP };
        let mut bytes = cabinet(&[&[("a.pcap", &capture(9, 60))], &[("b.txt", b"text")]], packing);
        for (at, value) in changes {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        bytes.truncate(cut.max(8));
        let folder = Folder::new().with("a.cab", &bytes);
        let (manifest, _) = folder.read();
        prop_assert!(!manifest.entries.is_empty());
    }
}
