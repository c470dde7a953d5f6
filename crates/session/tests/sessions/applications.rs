//! Names and transactions.

use whotalks_record::{ApplicationProtocol, DnsRecordData, DnsTransport, Ech, NameSource, Position, RecognisedBy};

use crate::support::{
    ACK, CLIENT, Capture, SERVER, client_hello, dns_answer, dns_message, dns_question, ipv4, tcp, udp, udp_datagram,
};

const RESOLVER: crate::support::End = ([192, 0, 2, 53], 53);
const SNI: NameSource = NameSource::TlsSni(Ech::Absent);

#[test]
fn a_hello_over_several_segments_in_any_order_is_read_once() {
    let hello = client_hello("www.example.com", 3_000);
    for order in [[0, 1, 2], [0, 2, 1], [2, 1, 0], [1, 2, 0]] {
        let mut capture = Capture::handshake(CLIENT, SERVER);
        for part in order {
            let (start, end) = (part * 1_200, ((part + 1) * 1_200).min(hello.len()));
            let sequence = 100 + u32::try_from(start).unwrap();
            capture.add(30, tcp(CLIENT, SERVER, ACK, sequence, 500, &hello[start..end]));
        }
        capture.add(40, tcp(CLIENT, SERVER, ACK, 100, 500, &hello[..1_200]));
        let heard = capture.read();
        assert_eq!(heard.named(), [(SNI, "www.example.com")], "{order:?}");
    }
}

#[test]
fn a_name_is_cited_by_the_packet_that_completes_it() {
    let hello = client_hello("www.example.com", 2_000);
    let heard = Capture::exchange(&[(true, &hello[..1_000]), (false, b""), (true, &hello[1_000..])]).read();
    assert_eq!(heard.names[0].span.position, Position::Packet(6));
    assert_eq!(heard.flows[0].application, ApplicationProtocol::Tls);
}

#[test]
fn a_tunnel_through_a_proxy_shows_its_target_and_what_is_inside() {
    let hello = client_hello("inner.example.net", 0);
    let heard = Capture::exchange(&[
        (
            true,
            b"CONNECT outer.example.net:443 HTTP/1.1\r\nHost: outer.example.net:443\r\n\r\n",
        ),
        (false, b"HTTP/1.1 200 Connection established\r\n\r\n"),
        (true, &hello),
    ])
    .read();
    assert_eq!(
        heard.named(),
        [
            (NameSource::HttpConnect, "outer.example.net"),
            (SNI, "inner.example.net")
        ]
    );
    assert_eq!(heard.names[0].port, Some(443));
    assert_eq!(heard.flows[0].application, ApplicationProtocol::HttpConnect);
}

#[test]
fn a_refused_tunnel_may_be_asked_for_again() {
    let heard = Capture::exchange(&[
        (true, b"CONNECT a.example:443 HTTP/1.1\r\n\r\n"),
        (
            false,
            b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        ),
        (
            true,
            b"CONNECT b.example:443 HTTP/1.1\r\nProxy-Authorization: x\r\n\r\n",
        ),
        (false, b"HTTP/1.1 200 OK\r\n\r\n"),
        (true, b"GET / HTTP/1.1\r\nHost: c.example\r\n\r\n"),
    ])
    .read();
    let expected = [
        (NameSource::HttpConnect, "a.example"),
        (NameSource::HttpConnect, "b.example"),
        (NameSource::HttpHost, "c.example"),
    ];
    assert_eq!(heard.named(), expected);
}

#[test]
fn socks_shows_its_target_and_what_is_inside() {
    let heard = Capture::exchange(&[
        (true, b"\x05\x01\x00"),
        (false, b"\x05\x00"),
        (true, b"\x05\x01\x00\x03\x0bexample.org\x01\xbb"),
        (false, b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"),
        (true, &client_hello("www.example.org", 0)),
    ])
    .read();
    assert_eq!(
        heard.named(),
        [(NameSource::SocksTarget, "example.org"), (SNI, "www.example.org")]
    );
    assert_eq!(heard.flows[0].application, ApplicationProtocol::Socks5);
    let by_address = Capture::exchange(&[(true, b"\x04\x01\x00\x50\xcb\x00\x71\x4d\0")]).read();
    assert_eq!(by_address.named(), [(NameSource::SocksTarget, "203.0.113.77")]);
}

#[test]
fn a_proxy_that_calls_out_itself_is_known_by_what_it_is_asked() {
    let heard = Capture::exchange(&[
        (false, b"\x05\x01\x00"),
        (true, b"\x05\x00"),
        (false, b"\x05\x01\x00\x03\x0bexample.org\x00\x50"),
        (true, b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"),
        (false, b"GET / HTTP/1.1\r\nHost: www.example.org\r\n\r\n"),
    ])
    .read();
    let expected = [
        (NameSource::SocksTarget, "example.org"),
        (NameSource::HttpHost, "www.example.org"),
    ];
    assert_eq!(heard.named(), expected);
    assert_eq!(heard.flows[0].application, ApplicationProtocol::Socks5);
}

#[test]
fn every_new_host_of_a_kept_connection_is_reported_once() {
    let heard = Capture::exchange(&[
        (true, b"GET /1 HTTP/1.1\r\nHost: a.example\r\n\r\n"),
        (false, b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
        (true, b"GET /2 HTTP/1.1\r\nHost: a.example\r\n\r\n"),
        (
            true,
            b"POST /3 HTTP/1.1\r\nHost: b.example\r\nContent-Length: 9\r\n\r\n",
        ),
        (true, b"some body"),
        (true, b"GET /4 HTTP/1.1\r\nHost: 192.0.2.7\r\n\r\n"),
        (true, b"GET http://c.example/5 HTTP/1.1\r\nHost: x.example\r\n\r\n"),
    ])
    .read();
    let expected = [
        (NameSource::HttpHost, "a.example"),
        (NameSource::HttpHost, "b.example"),
        (NameSource::HttpAbsolute, "c.example"),
    ];
    assert_eq!(heard.named(), expected);
    assert_eq!(heard.names[1].path.as_deref(), Some("/3"));
}

#[test]
fn a_request_head_that_is_cut_off_still_names_its_host() {
    let heard = Capture::exchange(&[(true, b"GET / HTTP/1.1\r\nHost: a.example\r\nCookie: abc")]).read();
    assert_eq!(heard.named(), [(NameSource::HttpHost, "a.example")]);
}

#[test]
fn a_question_and_its_answer_are_one_transaction() {
    let mut capture = Capture::default();
    let client = (CLIENT.0, 4_000);
    capture.add(0, udp(client, RESOLVER, &dns_question(7, "WWW.example.com")));
    capture.add(5, udp(client, RESOLVER, &dns_question(7, "WWW.example.com")));
    capture.add(
        9,
        udp(RESOLVER, client, &dns_answer(7, "www.example.com", [203, 0, 113, 77])),
    );
    let heard = capture.read();
    assert_eq!(heard.dns.len(), 1);
    let transaction = &heard.dns[0];
    assert_eq!(
        (&*transaction.name, transaction.record_type, transaction.transport),
        ("www.example.com", 1, DnsTransport::Udp)
    );
    assert_eq!((transaction.client.port, transaction.server.port), (4_000, 53));
    assert_eq!(
        transaction.answered.unwrap() - transaction.asked.unwrap(),
        whotalks_record::Nanoseconds(9_000_000)
    );
    assert_eq!(
        transaction.answers[0].data,
        DnsRecordData::Address("203.0.113.77".parse().unwrap())
    );
    assert_eq!(heard.flows[0].application, ApplicationProtocol::Dns);
}

#[test]
fn unanswered_questions_and_unasked_answers_are_reported_as_such() {
    let mut capture = Capture::default();
    let client = (CLIENT.0, 4_000);
    capture.add(0, udp(client, RESOLVER, &dns_question(7, "a.example")));
    capture.add(9, udp(RESOLVER, client, &dns_answer(8, "b.example", [203, 0, 113, 77])));
    let heard = capture.read();
    let told: Vec<_> = heard
        .dns
        .iter()
        .map(|dns| (&*dns.name, dns.asked.is_some(), dns.answered.is_some()))
        .collect();
    assert_eq!(told, [("b.example", false, true), ("a.example", true, false)]);
    assert_eq!(heard.dns[1].response_code, None);
}

#[test]
fn dns_over_tcp_is_read_message_by_message() {
    let framed = |message: Vec<u8>| [&u16::try_from(message.len()).unwrap().to_be_bytes()[..], &message].concat();
    let questions = [
        framed(dns_question(1, "a.example")),
        framed(dns_question(2, "b.example")),
    ]
    .concat();
    let answers = [
        framed(dns_answer(2, "b.example", [1; 4])),
        framed(dns_answer(1, "a.example", [2; 4])),
    ]
    .concat();
    let heard = Capture::exchange(&[
        (true, &questions[..5]),
        (true, &questions[5..]),
        (false, &answers[..30]),
        (false, &answers[30..]),
    ])
    .read();
    assert_eq!(
        heard.dns.iter().map(|dns| &*dns.name).collect::<Vec<_>>(),
        ["b.example", "a.example"]
    );
    assert!(
        heard
            .dns
            .iter()
            .all(|dns| dns.transport == DnsTransport::Tcp && dns.asked.is_some())
    );
}

#[test]
fn an_answer_in_fragments_is_put_together() {
    let client = (CLIENT.0, 4_000);
    let records = b"\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\x01\x02\x03\x04".repeat(60);
    let answer = udp_datagram(RESOLVER, client, &dns_message(7, 0x8180, "a.example", 60, &records));
    let (first, second) = answer.split_at(504);
    let mut capture = Capture::default();
    capture.add(0, udp(client, RESOLVER, &dns_question(7, "a.example")));
    capture.add(1, ipv4(RESOLVER, client, 17, 0x2000, first));
    capture.add(2, ipv4(RESOLVER, client, 17, 63, second));
    let heard = capture.read();
    assert_eq!(
        (heard.dns.len(), heard.dns[0].answers.len(), heard.flows.len()),
        (1, 60, 1)
    );
    assert!(heard.dns[0].asked.is_some());
}

#[test]
fn a_server_that_speaks_first_is_recognised() {
    let heard = Capture::exchange(&[(false, b"SSH-2.0-x\r\n"), (true, b"SSH-2.0-y\r\n")]).read();
    assert_eq!(
        (heard.names.len(), heard.flows[0].application),
        (0, ApplicationProtocol::Ssh)
    );
}

#[test]
fn an_answer_tells_what_an_unknown_question_does_not() {
    let heard = Capture::exchange(&[(true, b"\x99\x98\x97\x96"), (false, b"* OK [CAPABILITY IMAP4rev1]\r\n")]).read();
    assert_eq!(heard.flows[0].application, ApplicationProtocol::Imap);
}

#[test]
fn what_nobody_knows_stays_unknown() {
    let heard = Capture::exchange(&[(true, b"\x99\x98\x97\x96"), (false, b"\x99\x98\x97\x96")]).read();
    assert_eq!(heard.flows[0].application, ApplicationProtocol::Unknown);
}

#[test]
fn smb_1_that_is_answered_by_smb_2_is_smb_2() {
    let negotiate = [&[0, 0, 0, 40][..], b"\xffSMB\x72", &[0; 35]].concat();
    let answer = [&[0, 0, 0, 70][..], b"\xfeSMB\x40\0", &[0; 64]].concat();
    let heard = Capture::exchange(&[(true, &negotiate), (false, &answer)]).read();
    assert_eq!(heard.flows[0].application, ApplicationProtocol::Smb2);
}

#[test]
fn mail_that_turns_into_tls_stays_mail_and_gets_the_name() {
    let hello = client_hello("mail.example", 0);
    let heard = Capture::exchange(&[
        (false, b"220 mail.example ESMTP\r\n"),
        (true, b"EHLO me\r\n"),
        (false, b"250-mail.example\r\n250 STARTTLS\r\n"),
        (true, b"STARTTLS\r\n"),
        (false, b"220 go ahead\r\n"),
        (true, &hello),
    ])
    .read();
    assert_eq!(heard.flows[0].application, ApplicationProtocol::Smtp);
    assert_eq!(heard.names.len(), 1);
}

/// The application and the names of a conversation that turns into TLS.
fn turned(before: &[(bool, &[u8])], hello: &[u8]) -> (ApplicationProtocol, usize) {
    let mut lines = before.to_vec();
    lines.push((true, hello));
    let heard = Capture::exchange(&lines).read();
    (heard.flows[0].application, heard.names.len())
}

#[test]
fn whatever_turns_into_tls_gets_the_name() {
    let hello = client_hello("host.example", 0);
    let in_packet = |data: &[u8]| {
        let length = u16::try_from(8 + data.len()).unwrap().to_be_bytes();
        [&[18, 1, length[0], length[1], 0, 0, 1, 0], data].concat()
    };
    let wish: &[u8] = &[0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
    let postgresql = turned(&[(true, wish), (false, b"S")], &hello);
    assert_eq!(postgresql, (ApplicationProtocol::PostgreSql, 1));
    let start: &[u8] = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";
    let granted: &[u8] = b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\0\x04\0\x04\0";
    let ldap = turned(&[(true, start), (false, granted)], &hello);
    assert_eq!(ldap, (ApplicationProtocol::Ldap, 1));
    let pre_login = in_packet(&[0, 0, 6, 0, 6, 0xff, 1, 2, 3, 4, 0, 0]);
    let sql_server = turned(&[(true, &pre_login)], &in_packet(&hello));
    assert_eq!(sql_server, (ApplicationProtocol::Tds, 1));
    let irc: &[(bool, &[u8])] = &[
        (true, b"CAP LS 302\r\n"),
        (false, b":irc.example CAP * LS :tls\r\n"),
        (true, b"STARTTLS\r\n"),
        (false, b":irc.example 670 * :STARTTLS successful\r\n"),
    ];
    assert_eq!(turned(irc, &hello), (ApplicationProtocol::Irc, 1));
}

#[test]
fn what_nobody_knows_may_still_turn_into_tls() {
    let hello = client_hello("sieve.example", 0);
    let before: &[(bool, &[u8])] = &[
        (
            false,
            b"\"IMPLEMENTATION\" \"Example1 ManageSieved v001\"\r\n\"STARTTLS\"\r\nOK\r\n",
        ),
        (true, b"STARTTLS\r\n"),
        (false, b"OK \"Begin TLS negotiation now.\"\r\n"),
    ];
    assert_eq!(turned(before, &hello), (ApplicationProtocol::Tls, 1));
}

#[test]
fn two_datagrams_prove_what_one_does_not() {
    let packet = |sequence| [0x80, 8, 0, sequence, 0, 0, 0, sequence, 1, 2, 3, 4, 5, 6, 7, 8];
    let mut capture = Capture::default();
    for sequence in 1..=3 {
        capture.add(i64::from(sequence), udp(CLIENT, SERVER, &packet(sequence)));
    }
    assert_eq!(capture.read().flows[0].application, ApplicationProtocol::Rtp);
}

/// A certificate for `www.example.com` and `*.example.net`, made for this test.
const CERTIFICATE: &[u8] = include_bytes!("../../testdata/certificate.der");

/// What a server of TLS 1.2 answers, in one record.
fn server_flight(certificate: &[u8]) -> Vec<u8> {
    let counted = |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[1..], bytes].concat();
    let hello = [&[3, 3][..], &[9; 32], &[0, 0xc0, 0x2f, 0, 0, 0]].concat();
    let certificates = counted(&counted(certificate));
    let messages = [&[2][..], &counted(&hello), &[11], &counted(&certificates)].concat();
    let length = u16::try_from(messages.len()).unwrap().to_be_bytes();
    [&[22, 3, 3][..], &length, &messages].concat()
}

#[test]
fn a_server_that_nobody_named_is_named_by_its_certificate() {
    let (hello, flight) = (client_hello("192.0.2.9", 0), server_flight(CERTIFICATE));
    let (start, end) = flight.split_at(100);
    let heard = Capture::exchange(&[(true, &hello), (false, start), (false, end)]).read();
    assert_eq!(heard.named(), [(NameSource::TlsCertificate, "www.example.com")]);
    assert_eq!(heard.names[0].span.position, Position::Packet(6));
}

#[test]
fn a_server_that_the_client_named_needs_no_certificate() {
    let (hello, flight) = (client_hello("www.example.org", 0), server_flight(CERTIFICATE));
    let heard = Capture::exchange(&[(true, &hello), (false, &flight)]).read();
    assert_eq!(heard.named(), [(SNI, "www.example.org")]);
}

#[test]
fn tls_on_the_port_of_dns_over_tls_is_that() {
    let resolver = ([192, 0, 2, 53], 853);
    let mut capture = Capture::handshake(CLIENT, resolver);
    capture.add(
        30,
        tcp(CLIENT, resolver, ACK, 100, 500, &client_hello("dns.example", 0)),
    );
    let heard = capture.read();
    assert_eq!(heard.flows[0].application, ApplicationProtocol::Dot);
    assert_eq!(heard.flows[0].recognised_by, Some(RecognisedBy::Port));
    assert_eq!(heard.flows[0].proved_application(), ApplicationProtocol::Tls);
    assert_eq!(heard.named(), [(SNI, "dns.example")]);
}

/// A request of HTTP/2 with prior knowledge: the preface, empty settings, and the headers of RFC 7541 C.4.1.
fn http2_request() -> Vec<u8> {
    let block = b"\x82\x86\x84\x41\x8c\xf1\xe3\xc2\xe5\xf2\x3a\x6b\xa0\xab\x90\xf4\xff";
    let headers = [&b"\0\0\x11\x01\x05\0\0\0\x01"[..], block].concat();
    [
        &b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..],
        b"\0\0\0\x04\0\0\0\0\0",
        &headers,
    ]
    .concat()
}

#[test]
fn a_request_of_http_2_is_named_by_its_authority() {
    let request = http2_request();
    for cut in [request.len(), 30, 40] {
        let (start, end) = request.split_at(cut.min(request.len()));
        let heard = Capture::exchange(&[(true, start), (false, b"\0\0\0\x04\0\0\0\0\0"), (true, end)]).read();
        assert_eq!(heard.named(), [(NameSource::HttpHost, "www.example.com")], "{cut}");
        assert_eq!(heard.flows[0].application, ApplicationProtocol::Http2);
        assert_eq!(heard.names[0].path.as_deref(), Some("/"));
    }
}

#[test]
fn http_1_that_was_upgraded_goes_on_as_http_2() {
    let upgrade = b"GET / HTTP/1.1\r\nHost: old.example\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
    let heard = Capture::exchange(&[
        (true, upgrade),
        (false, b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"),
        (true, &http2_request()),
    ])
    .read();
    let host = NameSource::HttpHost;
    assert_eq!(heard.named(), [(host, "old.example"), (host, "www.example.com")]);
}

#[test]
fn a_request_that_asks_for_websocket_names_the_flow() {
    let request = b"GET /chat HTTP/1.1\r\nHost: a.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    let heard = Capture::exchange(&[(true, request)]).read();
    assert_eq!(heard.flows[0].application, ApplicationProtocol::WebSocket);
}

#[test]
fn dns_over_https_is_seen_where_its_tls_was_taken_off() {
    let request = b"POST /dns-query HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/dns-message\r\n\r\n";
    let heard = Capture::exchange(&[(true, request)]).read();
    let flow = &heard.flows[0];
    assert_eq!(
        (flow.application, flow.recognised_by),
        (ApplicationProtocol::Doh, Some(RecognisedBy::Content))
    );
}

/// A certificate as relays of Tor make them for each other, made for this test.
const TOR_LINK: &[u8] = include_bytes!("../../testdata/tor_link.der");

#[test]
fn a_link_of_tor_is_told_by_its_certificate_and_not_by_the_name_that_is_asked_for() {
    let hello = client_hello("www.k4nq7vwz5t2.com", 0);
    let said = |certificate| {
        let heard = Capture::exchange(&[(true, &hello), (false, &server_flight(certificate))]).read();
        assert_eq!(
            heard.named(),
            [(SNI, "www.k4nq7vwz5t2.com")],
            "the certificate names nobody else"
        );
        (heard.flows[0].application, heard.flows[0].recognised_by)
    };
    assert_eq!(said(TOR_LINK), (ApplicationProtocol::Tor, Some(RecognisedBy::Content)));
    assert_eq!(
        said(CERTIFICATE),
        (ApplicationProtocol::Tls, Some(RecognisedBy::Content))
    );
}

#[test]
fn a_relay_of_anydesk_is_told_by_its_name() {
    for (name, expected) in [
        (
            "relay-9b6827f2.net.anydesk.com",
            (ApplicationProtocol::AnyDesk, Some(RecognisedBy::Name)),
        ),
        (
            "www.anydesk.com",
            (ApplicationProtocol::Tls, Some(RecognisedBy::Content)),
        ),
    ] {
        let heard = Capture::exchange(&[(true, &client_hello(name, 0))]).read();
        assert_eq!(
            (heard.flows[0].application, heard.flows[0].recognised_by),
            expected,
            "{name}"
        );
    }
}

#[test]
fn what_only_the_port_suggests_is_marked_as_a_guess() {
    let group = ([239, 255, 102, 18], 50_001);
    let mut capture = Capture::default();
    capture.add(0, udp(CLIENT, group, &[0x3e, 0xd1, 1, 0, 0]));
    let heard = capture.read();
    let flow = &heard.flows[0];
    assert_eq!(
        (flow.application, flow.recognised_by),
        (ApplicationProtocol::AnyDesk, Some(RecognisedBy::Port))
    );
    assert_eq!(flow.proved_application(), ApplicationProtocol::Unknown);
}
