//! Captures, built by hand.

use proptest::prelude::*;

use crate::framer::tests::{Heard, frame};
use crate::{Format, format_of};

const START: [u16; 8] = [2023, 11, 2, 14, 22, 13, 20, 0];

/// A capture of that version, of two frames of that medium, the second of which is snapped and lies before the first.
pub(crate) fn capture(major: u8, minor: u8, medium: u16) -> Vec<u8> {
    let mut bytes = if major == 1 { b"RTSS".to_vec() } else { b"GMBU".to_vec() };
    bytes.extend([minor, major, 1, 0]);
    bytes.extend(START.into_iter().flat_map(u16::to_le_bytes));
    bytes.resize(128, 0);
    let second = bytes.len();
    bytes.extend(record(major, minor, medium, 2, b"defg", 60));
    bytes.extend([0xff; 3]);
    let first = bytes.len();
    bytes.extend(record(major, minor, medium, 1, b"abc", 3));
    let table = u32::try_from(bytes.len()).unwrap();
    bytes[24..28].copy_from_slice(&table.to_le_bytes());
    bytes[28..32].copy_from_slice(&8u32.to_le_bytes());
    for offset in [first, second] {
        bytes.extend(u32::try_from(offset).unwrap().to_le_bytes());
    }
    bytes
}

fn record(major: u8, minor: u8, medium: u16, milliseconds: u32, data: &[u8], original: u32) -> Vec<u8> {
    let captured = u32::try_from(data.len()).unwrap();
    let mut record = if major == 1 {
        let lengths = [original, captured].map(|length| u16::try_from(length).unwrap().to_le_bytes());
        [&milliseconds.to_le_bytes()[..], &lengths.concat()].concat()
    } else {
        let microseconds = u64::from(milliseconds) * 1_000;
        [
            &microseconds.to_le_bytes()[..],
            &original.to_le_bytes(),
            &captured.to_le_bytes(),
        ]
        .concat()
    };
    record.extend(data);
    let file_time = 116_444_736_000_000_000 + u64::from(milliseconds) * 10_000;
    let trailer = [&medium.to_le_bytes()[..], &[0; 4], &file_time.to_le_bytes(), &[0]].concat();
    let trailer_bytes = match (major, minor) {
        (2, 1) => 2,
        (2, 2) => 6,
        (2, 3) => 15,
        _ => 0,
    };
    record.extend(&trailer[..trailer_bytes]);
    record
}

fn read(bytes: &[u8]) -> Heard {
    frame(bytes, &[bytes.len().max(1)])
}

#[test]
fn every_version_gives_the_same_packets_in_the_order_of_the_table() {
    for (major, minor) in [(1, 1), (2, 0), (2, 1), (2, 2), (2, 3)] {
        let bytes = capture(major, minor, 1);
        assert_eq!(format_of(&bytes), Some(Format::NetMon));
        let heard = read(&bytes);
        let [first, second, range] = &heard.0[..] else {
            panic!("{heard:?}")
        };
        assert!(
            first.contains("Packet(1)") && first.contains("data: [97, 98, 99], original_length: 3"),
            "{first}"
        );
        assert!(
            second.contains("Packet(2)") && second.contains("original_length: 60"),
            "{second}"
        );
        assert!(range.contains("units: 2"), "{range}");
        let time = if minor == 3 { "1000000" } else { "1700000000001000000" };
        assert!(
            first.contains(&format!("({time})")) || first.contains(&format!(" {time} ")),
            "{first}"
        );
    }
}

#[test]
fn frames_of_another_medium_have_its_link_type() {
    assert!(read(&capture(2, 1, 0xe071)).0[0].contains("LinkType(113)"));
    assert!(read(&capture(2, 1, 8)).0[0].contains("LinkType(101)"));
    assert_eq!(read(&capture(2, 1, 0xffff)).0, [""; 0], "no packet");
}

#[test]
fn without_a_table_frames_are_read_in_a_row() {
    let bytes = capture(2, 0, 1);
    let heard = read(&bytes[..bytes.len() - 4]);
    let [packet, issue, _] = &heard.0[..] else {
        panic!("{heard:?}")
    };
    assert!(
        packet.contains("original_length: 60") && issue.contains("netmon.frame_table"),
        "{heard:?}"
    );
}

#[test]
fn an_entry_that_points_nowhere_is_an_issue_and_the_next_frame_is_read() {
    let mut bytes = capture(2, 0, 1);
    let at = bytes.len() - 8;
    bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    let heard = read(&bytes);
    assert!(
        heard.0[0].contains("netmon.frame_header") && heard.0[1].contains("Packet(2)"),
        "{heard:?}"
    );
}

proptest! {
    #[test]
    fn damaged_captures_never_panic(
        minor in 0u8..5,
        changes in prop::collection::vec((0usize..260, any::<u8>()), 0..8),
        keep in 0usize..300,
    ) {
        let mut bytes = capture(2, minor.min(3), 1);
        for (at, value) in changes {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        bytes.truncate(keep);
        let heard = read(&bytes);
        prop_assert!(heard.0.len() <= 80);
    }

    #[test]
    fn a_truncated_capture_says_so(keep in 0usize..200) {
        let bytes = capture(2, 0, 1);
        let keep = keep.min(bytes.len() - 1);
        let heard = read(&bytes[..keep]);
        prop_assert!(heard.0.iter().any(|line| line.contains("Truncated") || line.contains("Malformed")), "{:?}", heard);
    }
}
