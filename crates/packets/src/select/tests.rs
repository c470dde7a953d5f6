//! Selected packets and their fields.

use whotalks_fields::{find, info, text};
use whotalks_filter::Filter;
use whotalks_record::{EvidenceId, InterfaceId, Packet, Position, Span, Timestamp};
use whotalks_wire::link;

use super::{Annotate, Annotation, Keep, Select, Selection, Subject};
use crate::pass::Batch;

/// UDP from 10.0.0.1 to 10.0.0.2.
fn datagram(port: u16) -> Vec<u8> {
    let mut frame = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
    frame.extend([0x45, 0, 0, 30, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]);
    frame.extend([0xc0, 0]);
    frame.extend(port.to_be_bytes());
    frame.extend([0, 10, 0, 0, b'h', b'i']);
    frame
}

struct Case(Annotation);

impl Annotate for Case {
    fn annotation(&self, subject: &Subject) -> Option<&Annotation> {
        (subject.ends.ports.destination == 500).then_some(&self.0)
    }
}

/// The texts of the columns of the packets that pass.
fn select(filter: &str, columns: &[&str], most: Option<u64>, case: Option<&dyn Annotate>) -> Vec<Vec<String>> {
    let selection = Selection {
        filter: Some(Filter::compile(filter).unwrap()),
        columns: columns.iter().map(|name| find(name).unwrap()).collect(),
        most,
    };
    let mut rows = Vec::new();
    let mut sink = Select::new(&selection, case, |_, fields| {
        let cell = |id: &_| {
            fields
                .of(*id)
                .map(|value| text(info(*id).unwrap(), value))
                .collect::<Vec<_>>()
                .join(",")
        };
        rows.push(selection.columns.iter().map(cell).collect());
        Keep::Going
    });
    sink.batch(&batch());
    rows
}

/// Four datagrams, of which the second has comments.
fn batch() -> Batch {
    let mut batch = Batch::default();
    batch.begin(EvidenceId(1), 0);
    for (number, port) in (1..).zip([53, 500, 4500, 500]) {
        let data = datagram(port);
        if number == 2 {
            batch.comment(b"look here");
            batch.comment(b"\xff");
        }
        batch.push(&Packet {
            span: Span {
                position: Position::Packet(number),
                ..Span::whole(EvidenceId(1))
            },
            timestamp: Some(Timestamp::from_seconds(number.cast_signed(), 0)),
            interface: InterfaceId(0),
            link_type: link::ETHERNET,
            data: &data,
            original_length: data.len() as u32,
        });
    }
    batch
}

#[test]
fn packets_that_pass_show_the_fields_that_are_asked_for() {
    assert_eq!(
        select(
            "udp.port == 500",
            &["frame.number", "udp.port", "udp.stream"],
            None,
            None
        ),
        [["2", "49152,500", "1"], ["4", "49152,500", "1"]]
    );
}

#[test]
fn comments_are_fields_of_their_packet() {
    assert_eq!(
        select(
            "frame.comment contains \"here\"",
            &["frame.number", "frame.comment"],
            None,
            None
        ),
        [["2", "look here,\u{fffd}"]]
    );
}

#[test]
fn no_more_packets_are_shown_than_were_asked_for() {
    assert_eq!(select("udp", &["frame.number"], Some(3), None), [["1"], ["2"], ["3"]]);
    assert!(select("udp", &["frame.number"], Some(0), None).is_empty());
}

#[test]
fn what_a_case_knows_can_be_filtered_for() {
    let case = Case(Annotation {
        process_name: Some("charon".into()),
        process_id: Some(7),
        ..Annotation::default()
    });
    let rows = select(
        "process.name == \"charon\"",
        &["frame.number", "process.pid"],
        None,
        Some(&case),
    );
    assert_eq!(rows, [["2", "7"], ["4", "7"]]);
    assert!(select("process.name", &["frame.number"], None, None).is_empty());
}
