//! Messages, built by hand.

use proptest::prelude::*;

use super::*;

/// `www.example.com A?`
const QUERY: &[u8] = b"\x12\x34\x01\x00\0\x01\0\0\0\0\0\0\x03www\x07example\x03com\0\0\x01\0\x01";

/// The answer: an alias to `cdn.example.net`, its address, an HTTPS record and EDNS.
fn response() -> Vec<u8> {
    let mut message = b"\x12\x34\x81\x80\0\x01\0\x03\0\0\0\x01\x03www\x07example\x03com\0\0\x01\0\x01".to_vec();
    let alias = message.len() + 12;
    message.extend(b"\xc0\x0c\0\x05\0\x01\0\0\0\x3c\0\x11\x03cdn\x07example\x03net\0");
    message.extend([0xc0, u8::try_from(alias).unwrap()]);
    message.extend(b"\0\x01\0\x01\0\0\0\x1e\0\x04\xcb\0\x71\x4d");
    message.extend(b"\xc0\x0c\0\x41\0\x01\0\0\x01\x2c\0\x03\0\x01\0");
    message.extend(b"\0\0\x29\x10\0\0\0\0\0\0\0");
    message
}

#[test]
fn a_question_is_read() {
    let message = Message::parse(QUERY).unwrap();
    let question = message.questions().next().unwrap().unwrap();
    assert_eq!(
        (message.id(), message.is_response(), message.opcode()),
        (0x1234, false, 0)
    );
    assert_eq!(
        (question.name.text().as_str(), question.record_type),
        ("www.example.com", RecordType::A)
    );
    assert_eq!(message.records().count(), 0);
}

#[test]
fn an_answer_with_an_alias_is_read_in_order() {
    let bytes = response();
    let message = Message::parse(&bytes).unwrap();
    let records: Vec<_> = message.records().map(Result::unwrap).collect();
    assert_eq!(
        (message.is_response(), message.response_code(), message.is_truncated()),
        (true, 0, false)
    );
    assert!(matches!(records[0].data, Data::CanonicalName(name) if name.text() == "cdn.example.net"));
    assert_eq!(records[1].name.text(), "cdn.example.net");
    assert_eq!(records[1].data, Data::Address("203.0.113.77".parse().unwrap()));
    assert_eq!(records[1].time_to_live_seconds, 30);
    assert!(matches!(records[2].data, Data::Service { priority: 1, target } if target.text() == "."));
    assert_eq!(
        (records[3].section, records[3].record_type),
        (Section::Additional, RecordType::OPT)
    );
}

#[test]
fn data_that_does_not_fit_its_type_is_kept_and_does_not_hide_the_next_record() {
    let mut bytes = QUERY.to_vec();
    bytes[7] = 2;
    bytes.extend(b"\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x02\x01\x02\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x04\x01\x02\x03\x04");
    let records: Vec<_> = Message::parse(&bytes).unwrap().records().map(Result::unwrap).collect();
    assert_eq!(records[0].data, Data::Other(&[1, 2]));
    assert_eq!(records[1].data, Data::Address("1.2.3.4".parse().unwrap()));
}

#[test]
fn a_cut_answer_gives_the_records_before_the_cut() {
    let bytes = response();
    let records: Vec<_> = Message::parse(&bytes[..bytes.len() - 12]).unwrap().records().collect();
    assert_eq!(records.iter().filter(|record| record.is_ok()).count(), 2);
    assert!(matches!(records.last(), Some(Err(Stop::Short(error))) if error.field == "dns.data"));
}

#[test]
fn whole_messages_are_certain_cut_ones_unsure_and_others_refused() {
    let bytes = response();
    let probe = |bytes| probe_datagram(bytes, Direction::ToServer);
    assert_eq!(probe(QUERY), Probe::Certain);
    assert_eq!(probe(&bytes), Probe::Certain);
    assert_eq!(probe(&bytes[..bytes.len() - 1]), Probe::Unsure);
    assert_eq!(probe(&[0; 40]), Probe::NotMine);
    assert_eq!(probe(&[0xc3; 40]), Probe::NotMine);
    assert_eq!(probe(b"GET / HTTP/1.1\r\n\r\n"), Probe::NotMine);
}

#[test]
fn netbios_names_are_refused() {
    let query = b"\x12\x34\x01\x10\0\x01\0\0\0\0\0\0\x20FHEPFCELEHFCEPFFFACACACACACACABM\0\0\x20\0\x01";
    let status = b"\x12\x34\0\0\0\x01\0\0\0\0\0\0\x20CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\0\0\x21\0\x01";
    assert_eq!(probe_datagram(query, Direction::ToServer), Probe::NotMine);
    assert_eq!(probe_datagram(status, Direction::ToServer), Probe::NotMine);
}

#[test]
fn in_a_stream_the_length_stands_before_the_message() {
    let stream = [&[0, QUERY.len() as u8], QUERY, &[0, 99]].concat();
    let (message, taken) = framed(&stream).unwrap();
    assert_eq!((message.id(), taken), (0x1234, QUERY.len() + 2));
    assert_eq!(probe_stream(&stream, Direction::ToServer), Probe::Certain);
    for end in 0..=QUERY.len() + 1 {
        assert_eq!(framed(&stream[..end]), Err(Unfinished::NeedMore), "{end}");
        assert_eq!(
            probe_stream(&stream[..end], Direction::ToServer),
            Probe::Unsure,
            "{end}"
        );
    }
}

proptest! {
    #[test]
    fn a_damaged_message_never_panics(changes in prop::collection::vec((0usize..120, any::<u8>()), 0..8), keep in 0usize..140) {
        let mut bytes = response();
        for (at, value) in changes {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        let bytes = &bytes[..keep.min(bytes.len())];
        if let Ok(message) = Message::parse(bytes) {
            // An entry has at least five bytes, so a message cannot announce more than it has.
            prop_assert!(message.questions().count() + message.records().count() <= bytes.len() / 5 + 2);
        }
    }

    #[test]
    fn any_truncation_gives_a_prefix_of_the_records(keep in 12usize..130) {
        let bytes = response();
        let kept = &bytes[..keep.min(bytes.len())];
        let texts = |message: Message<'_>| message.records().map_while(Result::ok).map(|record| record.name.text()).collect::<Vec<_>>();
        let whole = texts(Message::parse(&bytes).unwrap());
        prop_assert!(whole.starts_with(&texts(Message::parse(kept).unwrap())));
    }
}
