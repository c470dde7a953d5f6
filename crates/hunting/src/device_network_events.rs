//! `DeviceNetworkEvents`: conversations, and sockets that began to listen.

use whotalks_correlate::{Conversation, EventAnswer, FilterAnswer, NameCandidate, Verdict};
use whotalks_record::{CloseReason, ConnectionEvent, ConnectionEventKind, Direction, Grade, IpProtocol, Span, Text};
use whotalks_tables::Word as _;
use whotalks_tables::hunting::NetworkEventRow;

use crate::Devices;
use crate::address_kind::address_kind;
use crate::initiator::set_initiator;

/// The rows of a conversation: one for the connection itself and, where it went to a proxy that answered, one for each target
/// that was asked for, as network protection reports it. ICMP has no connections and no row.
pub(crate) fn of_conversation(conversation: &Conversation, devices: &Devices) -> Vec<NetworkEventRow> {
    if is_icmp(conversation.protocol) {
        return Vec::new();
    }
    let action = action(conversation);
    let plain = plain(conversation, action, devices);
    let targets = match action {
        "ConnectionSuccess" => targets(conversation),
        _ => Vec::new(),
    };
    let asked: Vec<NetworkEventRow> = targets
        .into_iter()
        .map(|target| asked_of_proxy(&plain, target))
        .collect();
    std::iter::once(plain).chain(asked).collect()
}

/// The row of a socket that began to listen; none for other events.
pub(crate) fn of_listen(event: &ConnectionEvent, answer: &EventAnswer, devices: &Devices) -> Option<NetworkEventRow> {
    if event.kind != ConnectionEventKind::ListenPermitted {
        return None;
    }
    let device = devices.of_host(Some(answer.host));
    let mut row = NetworkEventRow {
        timestamp: answer.time,
        device_id: device.id,
        device_name: device.name,
        action_type: Some("ListeningConnectionCreated".into()),
        local_ip: event.local.map(|local| local.address),
        local_port: event.local.map(|local| i32::from(local.port)),
        local_ip_type: event.local.map(|local| address_kind(local.address).into()),
        protocol: event.protocol.map(protocol_word),
        verdict: Some(Verdict::Allowed.word().into()),
        verdict_grade: Some(Grade::Observed.word().into()),
        span: Some(reference(event.span)),
        ..NetworkEventRow::default()
    };
    set_initiator!(row, &answer.process);
    set_filter(&mut row, answer.filter.as_ref());
    Some(row)
}

pub(crate) fn is_icmp(protocol: IpProtocol) -> bool {
    matches!(protocol, IpProtocol::ICMP | IpProtocol::ICMPV6)
}

/// A protocol as Defender writes it.
pub(crate) fn protocol_word(protocol: IpProtocol) -> Text {
    match protocol {
        IpProtocol::TCP => "Tcp".into(),
        IpProtocol::UDP => "Udp".into(),
        IpProtocol::ICMP | IpProtocol::ICMPV6 => "Icmp".into(),
        other => other.to_string().into(),
    }
}

/// The reference of a place in the evidence.
pub(crate) fn reference(span: Span) -> Text {
    span.to_string().into()
}

/// What the evidence proves of a conversation, in the words of Defender. An event alone says that it was let through and not
/// that anybody answered; packets whose beginning was not seen show a connection that was there already.
fn action(conversation: &Conversation) -> &'static str {
    let answered = conversation.answered == Some(true);
    match (conversation.direction, conversation.flow.is_some()) {
        (Some(Direction::Outbound), true) if answered => "ConnectionSuccess",
        (Some(Direction::Outbound), true) if has_failed(conversation) => "ConnectionFailed",
        (Some(Direction::Outbound), true) => "ConnectionAttempt",
        (Some(Direction::Outbound), false) => of_event(conversation),
        (Some(Direction::Inbound), true) if answered => "InboundConnectionAccepted",
        (Some(Direction::Inbound), _) => "InboundConnectionAttempt",
        (None, true) if answered => "ConnectionFound",
        (None, false) if is_listed(conversation) => "ConnectionFound",
        (None, _) => "ConnectionAttempt",
    }
}

/// What an outbound event alone says.
fn of_event(conversation: &Conversation) -> &'static str {
    match conversation.decision.verdict {
        Verdict::Blocked => "ConnectionFailed",
        Verdict::DroppedPackets => "ConnectionAttempt",
        _ => "ConnectionRequest",
    }
}

/// Whether a call that nobody took was refused, blocked or given up, and not only cut off by the end of the capture.
fn has_failed(conversation: &Conversation) -> bool {
    let ended = [
        CloseReason::ServerReset,
        CloseReason::ClientReset,
        CloseReason::Unanswered,
        CloseReason::Idle,
    ];
    let given_up = conversation.close.is_some_and(|close| ended.contains(&close));
    conversation.decision.verdict == Verdict::Blocked || given_up
}

/// Whether only a listing knows it, in a state that proves a connection.
fn is_listed(conversation: &Conversation) -> bool {
    let logged = conversation.decision.events > 0 || conversation.decision.dropped_packets > 0;
    !logged && conversation.answered != Some(false)
}

fn plain(conversation: &Conversation, action: &str, devices: &Devices) -> NetworkEventRow {
    let device = devices.of_host(conversation.host);
    let mut row = NetworkEventRow {
        timestamp: conversation.first,
        device_id: device.id,
        device_name: device.name,
        action_type: Some(action.into()),
        remote_ip: Some(conversation.remote.address),
        remote_port: Some(i32::from(conversation.remote.port)),
        local_ip: Some(conversation.local.address),
        local_port: Some(i32::from(conversation.local.port)),
        protocol: Some(protocol_word(conversation.protocol)),
        local_ip_type: Some(address_kind(conversation.local.address).into()),
        remote_ip_type: Some(address_kind(conversation.remote.address).into()),
        verdict: Some(conversation.decision.verdict.word().into()),
        verdict_grade: Some(conversation.decision.grade.word().into()),
        sent_bytes: conversation.sent.map(|sent| whole(sent.ip_bytes)),
        received_bytes: conversation.received.map(|received| whole(received.ip_bytes)),
        last_seen: conversation.last,
        flow_id: flow_id(conversation),
        span: conversation.proof.first().copied().map(reference),
        ..NetworkEventRow::default()
    };
    set_initiator!(row, &conversation.process);
    set_filter(&mut row, conversation.decision.filter.as_ref());
    if let Some(best) = conversation.name.best.as_ref().filter(|best| !is_target(best)) {
        set_name(&mut row, best);
    }
    row
}

/// A count; one that needs more than 63 bits is as large as can be written.
pub(crate) fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The flow of a conversation, in the words of our tables.
pub(crate) fn flow_id(conversation: &Conversation) -> Option<Text> {
    conversation
        .flow
        .map(|(evidence, flow)| format!("{evidence}:{}", flow.0).into())
}

fn set_filter(row: &mut NetworkEventRow, filter: Option<&FilterAnswer>) {
    let Some(filter) = filter else { return };
    row.filter_id = Some(whole(filter.id.0));
    row.filter_name.clone_from(&filter.name);
    row.filter_grade = filter.name.is_some().then(|| filter.grade.word().into());
}

fn set_name(row: &mut NetworkEventRow, name: &NameCandidate) {
    let known = name.grade >= Grade::Derived;
    let text = Some(Text::clone(&name.name));
    (row.remote_url, row.url_candidate) = if known { (text, None) } else { (None, text) };
    row.url_grade = Some(name.grade.word().into());
    row.url_evidence = Some(name.evidence.word().into());
}

/// The targets that were asked of a proxy, each name and port once.
fn targets(conversation: &Conversation) -> Vec<&NameCandidate> {
    let mut targets: Vec<&NameCandidate> = Vec::new();
    let candidates = conversation.name.best.iter().chain(&conversation.name.others);
    for target in candidates.filter(|one| is_target(one) && one.grade >= Grade::Derived) {
        if !targets
            .iter()
            .any(|known| known.name == target.name && known.port == target.port)
        {
            targets.push(target);
        }
    }
    targets
}

fn is_target(name: &NameCandidate) -> bool {
    name.evidence.is_proxy_target()
}

/// The second row of a connection to a proxy: what was asked of it, at the address of the proxy.
fn asked_of_proxy(plain: &NetworkEventRow, target: &NameCandidate) -> NetworkEventRow {
    let mut row = NetworkEventRow {
        timestamp: target.time.or(plain.timestamp),
        proxy_target_port: target.port.map(i32::from),
        ..plain.clone()
    };
    set_name(&mut row, target);
    row.span = target.proof.first().copied().map(reference).or(row.span);
    row
}

#[cfg(test)]
mod tests {
    use whotalks_correlate::{Attribution, DecisionAnswer, NameAnswer, NameEvidence, ProcessIdentity, ServiceAnswer};
    use whotalks_record::{ApplicationProtocol, Endpoint, EvidenceId, FlowId, NameSource, Pid, Position, Timestamp};

    use super::*;

    fn end(address: &str, port: u16) -> Endpoint {
        Endpoint::new(address.parse().unwrap(), port)
    }

    fn span(packet: u64) -> Span {
        Span {
            position: Position::Packet(packet),
            ..Span::whole(EvidenceId(1))
        }
    }

    /// An outbound TCP connection that was answered, seen in packets.
    fn conversation() -> Conversation {
        Conversation {
            host: None,
            protocol: IpProtocol::TCP,
            local: end("10.0.0.5", 50_000),
            remote: end("10.0.0.1", 8_080),
            direction: Some(Direction::Outbound),
            flow: Some((EvidenceId(1), FlowId(3))),
            first: Some(Timestamp::from_seconds(100, 0)),
            last: Some(Timestamp::from_seconds(200, 0)),
            sent: None,
            received: None,
            initial_rtt: None,
            answered: Some(true),
            close: None,
            application: ApplicationProtocol::Unknown,
            recognised_by: None,
            proof: vec![span(1)],
            process: Attribution::default(),
            relayed_for: None,
            name: NameAnswer::default(),
            decision: DecisionAnswer::default(),
        }
    }

    fn name(name: &str, evidence: NameEvidence, packet: u64) -> NameCandidate {
        NameCandidate {
            name: name.into(),
            port: Some(443),
            evidence,
            grade: Grade::Observed,
            time: Some(Timestamp::from_seconds(101, 0)),
            proof: vec![span(packet)],
        }
    }

    fn rows(conversation: &Conversation) -> Vec<NetworkEventRow> {
        of_conversation(conversation, &Devices::of(&[]))
    }

    #[test]
    fn a_connection_through_a_proxy_gives_the_two_rows_of_network_protection() {
        let connect = NameEvidence::ProxyTarget(NameSource::HttpConnect);
        let mut one = conversation();
        one.name.best = Some(name("real.example", connect, 4));
        one.name.others = vec![
            name("real.example", connect, 9),
            name("proxy.example", NameEvidence::DnsAnswer, 2),
        ];
        one.process = Attribution {
            grade: Grade::Observed,
            process: Some(ProcessIdentity {
                pid: Some(Pid(7)),
                started: None,
                ended: None,
                image: Some("C:\\Apps\\browser.exe".into()),
                command_line: None,
                parent_image: None,
                parent_pid: None,
                user: Some("CORP\\anna".into()),
                service: ServiceAnswer::default(),
                proof: Vec::new(),
            }),
            ..Attribution::default()
        };
        let rows = rows(&one);
        let told: Vec<_> = rows
            .iter()
            .map(|row| {
                let texts = [
                    &row.action_type,
                    &row.remote_url,
                    &row.initiating_process_file_name,
                    &row.initiating_process_account_name,
                    &row.span,
                ];
                let texts = texts.map(|text| text.as_deref().unwrap_or("-")).join(" ");
                format!("{texts} {}", row.remote_ip.unwrap())
            })
            .collect();
        assert_eq!(
            told,
            [
                "ConnectionSuccess - browser.exe anna E1#1 10.0.0.1",
                "ConnectionSuccess real.example browser.exe anna E1#4 10.0.0.1",
            ]
        );
        assert_eq!(rows.get(1).and_then(|row| row.proxy_target_port), Some(443));
    }

    #[test]
    fn a_proxy_that_did_not_answer_was_not_asked_with_success() {
        let mut one = conversation();
        one.answered = Some(false);
        one.name.best = Some(name(
            "real.example",
            NameEvidence::ProxyTarget(NameSource::HttpConnect),
            4,
        ));
        let rows = rows(&one);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows.first().and_then(|row| row.remote_url.clone()), None);
    }

    #[test]
    fn a_name_that_is_only_inferred_is_a_candidate() {
        let mut one = conversation();
        one.name.best = Some(NameCandidate {
            grade: Grade::Inferred,
            ..name("maybe.example", NameEvidence::ExpiredDnsAnswer, 2)
        });
        let rows = rows(&one);
        let row = rows.first().unwrap();
        assert_eq!(
            (row.remote_url.as_deref(), row.url_candidate.as_deref()),
            (None, Some("maybe.example"))
        );
    }

    #[test]
    fn the_action_says_no_more_than_the_evidence() {
        let mut one = conversation();
        assert_eq!(action(&one), "ConnectionSuccess");
        one.answered = Some(false);
        one.close = Some(CloseReason::CaptureEnded);
        assert_eq!(action(&one), "ConnectionAttempt");
        one.close = Some(CloseReason::Unanswered);
        assert_eq!(action(&one), "ConnectionFailed");
        one.direction = Some(Direction::Inbound);
        assert_eq!(action(&one), "InboundConnectionAttempt");
        one.answered = Some(true);
        assert_eq!(action(&one), "InboundConnectionAccepted");
        one.direction = None;
        assert_eq!(action(&one), "ConnectionFound");
    }

    #[test]
    fn an_event_alone_is_no_success_and_a_listing_finds_what_was_there() {
        let mut one = conversation();
        (one.flow, one.answered) = (None, None);
        one.decision.events = 1;
        one.decision.verdict = Verdict::Allowed;
        assert_eq!(action(&one), "ConnectionRequest");
        one.decision.verdict = Verdict::Blocked;
        assert_eq!(action(&one), "ConnectionFailed");
        one.direction = None;
        assert_eq!(action(&one), "ConnectionAttempt");
        (one.decision.events, one.decision.verdict) = (0, Verdict::Unknown);
        assert_eq!(action(&one), "ConnectionFound");
        one.answered = Some(false);
        assert_eq!(action(&one), "ConnectionAttempt");
    }

    #[test]
    fn messages_of_icmp_are_no_connection() {
        let mut one = conversation();
        one.protocol = IpProtocol::ICMP;
        assert!(rows(&one).is_empty());
    }
}
