//! Captures, built by hand.

use super::*;
use crate::framer::tests::{Heard, frame};
use crate::{Format, format_of};

/// A capture of two packets, the first of them padded, the second snapped.
pub(crate) fn capture() -> Vec<u8> {
    let mut bytes = [&MAGIC[..], &2u32.to_be_bytes(), &4u32.to_be_bytes()].concat();
    for (data, original, padding, drops) in [(&b"abc"[..], 3u32, 1usize, 0u32), (b"defg", 60, 0, 5)] {
        let included = u32::try_from(data.len()).unwrap();
        let record = 24 + included + u32::try_from(padding).unwrap();
        for value in [original, included, record, drops, 1_700_000_000, 500] {
            bytes.extend(value.to_be_bytes());
        }
        bytes.extend(data);
        bytes.extend(vec![0; padding]);
    }
    bytes
}

fn read(bytes: &[u8]) -> Heard {
    frame(bytes, &[bytes.len().max(1)])
}

#[test]
fn packets_carry_time_lengths_and_place() {
    let bytes = capture();
    assert_eq!(format_of(&bytes), Some(Format::Snoop));
    let heard = read(&bytes);
    assert_eq!(heard.0.len(), 3, "{heard:?}");
    let [first, second, range] = &heard.0[..] else {
        panic!("{heard:?}")
    };
    assert!(
        first.contains("data: [97, 98, 99], original_length: 3") && first.contains("offset: 40"),
        "{first}"
    );
    assert!(
        second.contains("original_length: 60") && second.contains("1700000000000500000"),
        "{second}"
    );
    assert!(range.contains("units: 2, lost: Some(5)"), "{range}");
}

#[test]
fn missing_padding_of_the_last_packet_is_no_loss() {
    let mut bytes = capture();
    bytes.truncate(16 + 27);
    assert_eq!(read(&bytes).0.len(), 2);
}

#[test]
fn a_record_shorter_than_its_packet_ends_the_file() {
    let mut bytes = capture();
    bytes[16 + 11] = 26;
    assert!(read(&bytes).0[0].contains("snoop.record_length"));
}

#[test]
fn another_version_or_link_is_said() {
    let mut bytes = capture();
    bytes[11] = 3;
    assert!(read(&bytes).0[0].contains("snoop.version"));
    let mut bytes = capture();
    bytes[15] = 5;
    assert!(read(&bytes).0[0].contains("snoop.data_link"));
}
