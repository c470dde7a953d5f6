//! Chunks of any size give what the readers give.

use proptest::prelude::*;
use whotalks_bytes::ByteOrder;
use whotalks_record::{Reader, Source};

use super::*;
use crate::ng::tests::Writer;
use crate::{NetMonReader, PcapReader, PcapngReader, SnoopReader, classic, netmon, ng, snoop};

/// What was delivered, as text, in order.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Heard(pub(crate) Vec<String>);

impl Heard {
    fn note(&mut self, what: &impl std::fmt::Debug) {
        self.0.push(format!("{what:?}"));
    }
}

impl Sink for Heard {
    fn record(&mut self, record: Record) {
        self.note(&record);
    }

    fn packet(&mut self, packet: &Packet<'_>) {
        self.note(packet);
    }

    fn issue(&mut self, issue: Issue) {
        self.note(&issue);
    }
}

fn read(bytes: &[u8]) -> Heard {
    let mut heard = Heard::default();
    let mut input = bytes;
    let source = Source {
        evidence: EvidenceId(1),
        bytes: &mut input,
        length: None,
        modified: None,
    };
    match format_of(bytes) {
        Some(Format::Pcapng) => PcapngReader.read(source, &mut heard),
        Some(Format::Snoop) => SnoopReader.read(source, &mut heard),
        Some(Format::NetMon) => NetMonReader.read(source, &mut heard),
        _ => PcapReader.read(source, &mut heard),
    }
    heard
}

/// Frames the file in chunks that grow by the next size each time, and begin where the framer says.
pub(crate) fn frame(bytes: &[u8], sizes: &[usize]) -> Heard {
    let mut heard = Heard::default();
    let mut framer = Framer::new(EvidenceId(1));
    let (mut begin, mut end) = (0, 0);
    for size in sizes.iter().cycle() {
        end = bytes.len().min(end + size);
        let progress = framer.frame(&bytes[begin..end], begin as u64, &mut ToSink(&mut heard));
        assert!(progress.needed > 0 && progress.consumed <= end - begin);
        begin += progress.consumed;
        if end == bytes.len() {
            break;
        }
    }
    framer.finish(&bytes[begin..], begin as u64, None, &mut ToSink(&mut heard));
    heard
}

fn captures() -> impl Strategy<Value = Vec<u8>> {
    let mut captures = classic::tests::variants().to_vec();
    captures.push(ng::tests::capture(Writer(ByteOrder::Little)));
    captures.push(ng::tests::capture(Writer(ByteOrder::Big)));
    captures.push(snoop::tests::capture());
    captures.push(netmon::tests::capture(2, 3, 1));
    prop::sample::select(captures)
}

#[test]
fn packets_live_as_long_as_their_chunk() {
    struct Kept<'a>(Vec<&'a [u8]>);
    impl<'a> FrameSink<'a> for Kept<'a> {
        fn packet(&mut self, packet: Packet<'a>) {
            self.0.push(packet.data);
        }
        fn record(&mut self, _: Record) {}
        fn issue(&mut self, issue: Issue) {
            panic!("{issue:?}")
        }
    }
    let [bytes, ..] = classic::tests::variants();
    let mut kept = Kept(Vec::new());
    let progress = Framer::new(EvidenceId(1)).frame(&bytes, 0, &mut kept);
    assert_eq!(kept.0, [&b"abc"[..], b"defg"]);
    assert_eq!(progress.consumed, bytes.len());
}

#[test]
fn a_cut_packet_is_left_for_the_next_chunk_which_must_hold_it() {
    let [bytes, ..] = classic::tests::variants();
    let mut framer = Framer::new(EvidenceId(1));
    let mut heard = Heard::default();
    let progress = framer.frame(&bytes[..42], 0, &mut ToSink(&mut heard));
    assert_eq!(
        progress,
        Progress {
            consumed: 24,
            needed: 19
        }
    );
    let progress = framer.frame(&bytes[24..43], 24, &mut ToSink(&mut heard));
    assert_eq!((progress.consumed, heard.0.len()), (19, 1));
}

#[test]
fn a_file_of_no_format_is_said() {
    let heard = frame(b"neither the one nor the other", &[7]);
    assert!(heard.0[0].contains("pcap.magic_number"), "{heard:?}");
}

proptest! {
    #[test]
    fn any_chunks_give_what_the_reader_gives(bytes in captures(), sizes in prop::collection::vec(1usize..60, 1..20)) {
        prop_assert_eq!(frame(&bytes, &sizes), read(&bytes));
    }

    #[test]
    fn any_chunks_of_a_damaged_file_give_what_the_reader_gives(
        mut bytes in captures(),
        changes in prop::collection::vec((0usize..320, any::<u8>()), 0..6),
        keep in 0usize..400,
        sizes in prop::collection::vec(1usize..60, 1..20),
    ) {
        for (at, value) in changes {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        bytes.truncate(keep);
        if format_of(&bytes).is_some() {
            prop_assert_eq!(frame(&bytes, &sizes), read(&bytes));
        }
    }
}
