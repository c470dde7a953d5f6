use whotalks_record::{EvidenceId, Span};

use super::{Templates, Undecodable, Value};
use crate::{Event, Extended, Guid, Origin};

pub(crate) fn event<'a>(provider: &str, id: u16, version: u8, payload: &'a [u8]) -> Event<'a> {
    Event {
        span: Span::whole(EvidenceId(1)),
        origin: Origin::Manifest,
        time: None,
        provider: Guid::parse(provider).unwrap(),
        id,
        version,
        opcode: 0,
        level: 0,
        keywords: 0,
        process_id: None,
        thread_id: None,
        activity: Guid::NIL,
        processor: 0,
        pointer_bytes: 8,
        extended: Extended::default(),
        payload,
    }
}

const TCPIP: &str = "2f07e2ee-15db-40f1-90ef-9d7ba282188a";

fn connect() -> Vec<u8> {
    let address = |last: u8, port: u16| {
        let mut bytes = vec![2, 0];
        bytes.extend(port.to_be_bytes());
        bytes.extend([192, 0, 2, last, 0, 0, 0, 0, 0, 0, 0, 0]);
        [vec![16, 0, 0, 0], bytes].concat()
    };
    [
        address(1, 50_000),
        address(2, 443),
        vec![0; 4],
        vec![0xd2, 0x04, 0, 0],
        vec![1, 0, 0, 0],
        vec![9; 8],
        vec![5, 0, 0, 0, 0, 0, 0, 0],
    ]
    .concat()
}

#[test]
fn fields_are_read_in_order_with_lengths_from_other_fields() {
    let payload = connect();
    let event = event(TCPIP, 1033, 1, &payload);
    let mut templates = Templates::default();
    let template = templates.of(&event).unwrap();
    assert_eq!(template.name, "TcpConnectTcbComplete_V1");
    let [remote, pid, key] = template.values(&event, ["RemoteAddress", "ProcessId", "ProcessStartKey"]);
    assert_eq!(remote.unwrap().socket_address().unwrap().to_string(), "192.0.2.2:443");
    assert_eq!((pid, key), (Some(Value::Unsigned(1234)), Some(Value::Unsigned(5))));
}

#[test]
fn a_payload_that_is_cut_gives_a_prefix_and_says_so() {
    let payload = connect();
    let mut templates = Templates::default();
    let whole_event = event(TCPIP, 1033, 1, &payload);
    let template = templates.of(&whole_event).unwrap();
    let whole: Vec<_> = template.fields(&whole_event).map_while(Result::ok).collect();
    for length in 0..payload.len() {
        let cut = event(TCPIP, 1033, 1, &payload[..length]);
        let fields: Vec<_> = template.fields(&cut).collect();
        assert!(
            matches!(fields.last(), Some(Err(Undecodable::TooShort(_)))),
            "cut at {length}"
        );
        let read: Vec<_> = fields.into_iter().map_while(Result::ok).collect();
        assert!(whole.starts_with(&read), "cut at {length}");
    }
}

#[test]
fn another_version_has_no_template_and_unknown_sizes_are_said() {
    let mut templates = Templates::default();
    assert!(templates.of(&event(TCPIP, 1033, 99, &[])).is_none());
    let payload = [0; 40];
    let capture = event("2ed6006e-4729-4609-b423-3ee7bcd678ef", 1003, 0, &payload);
    let template = templates.of(&capture).unwrap();
    assert!(matches!(
        template.fields(&capture).last(),
        Some(Err(Undecodable::UnknownSize(_)))
    ));
}

#[test]
fn every_line_of_the_data_is_a_template_and_every_name_a_provider() {
    for file in super::FILES {
        for section in file.trim_end().split("\n\n") {
            let mut lines = section.lines();
            let head = lines.next().unwrap();
            assert!(
                head.split_once(' ')
                    .is_some_and(|(guid, _)| Guid::parse(guid).is_some()),
                "{head}"
            );
            for line in lines {
                let read = super::Line::read(line);
                let words = line.split(' ').count();
                let template = read.unwrap_or_else(|| panic!("{line}")).template;
                assert_eq!(template.is_open, line.ends_with(" ?"), "{line}");
                assert_eq!(
                    template.fields.len() + 3 + usize::from(template.is_open),
                    words,
                    "{line}"
                );
                assert!(template.fields.len() <= 64, "{line}");
            }
        }
    }
    for line in super::NAMES.lines() {
        assert!(
            line.split_once(' ')
                .is_some_and(|(guid, _)| Guid::parse(guid).is_some()),
            "{line}"
        );
    }
}
