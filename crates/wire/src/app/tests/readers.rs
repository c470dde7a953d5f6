//! Every reader of an application protocol, over the same bytes: what a property test and a fuzz target ask of all of them.

use whotalks_wire::app::{
    self, Carrier, Direction, PduLength, Probe, database, files, headers, industry, mail, media, messaging, network,
    peers, proxy_header, remote, tunnel, windows,
};

/// Reads `bytes` as a whole, and as they are cut after `end`. Panics where a reader breaks a promise.
pub(crate) fn read_all(bytes: &[u8], end: usize) {
    let cut = bytes.get(..end).unwrap_or(bytes);
    for row in app::protocols() {
        for direction in [Direction::ToServer, Direction::ToClient] {
            rows(row, bytes, cut, direction);
        }
        let _ = ((row.pair)(cut, bytes, true), (row.pair)(cut, bytes, false));
    }
    for bytes in [bytes, cut] {
        services(bytes);
        conversations(bytes);
        of_windows(bytes);
    }
}

/// What a longer prefix says agrees with what a shorter one said.
fn rows(row: &app::Protocol, bytes: &[u8], cut: &[u8], direction: Direction) {
    let (shorter, longer) = ((row.probe)(cut, direction), (row.probe)(bytes, direction));
    let is_stream = row.carrier == Carrier::Stream && !cut.is_empty();
    assert!(
        !(is_stream && shorter == Probe::NotMine) || longer == Probe::NotMine,
        "{:?} takes up what it refused",
        row.protocol
    );
    let (shorter, longer) = ((row.pdu)(cut, direction), (row.pdu)(bytes, direction));
    assert_ne!(longer, PduLength::Known(0), "{:?}", row.protocol);
    assert!(
        !(is_stream && matches!(shorter, PduLength::Known(_))) || shorter == longer,
        "{:?} states {shorter:?}, and with more bytes {longer:?}",
        row.protocol
    );
}

fn services(bytes: &[u8]) {
    let total = |lengths: &mut dyn Iterator<Item = usize>| assert!(lengths.sum::<usize>() <= bytes.len());
    if let Some(message) = network::dhcp::Message::parse(bytes) {
        total(&mut message.options().map(|(_, value)| value.len()));
    }
    total(&mut network::radius::attributes(bytes).map(|(_, value)| value.len()));
    total(&mut media::stun::attributes(bytes).map(|(_, value)| value.len()));
    total(&mut database::postgresql::parameters(bytes).map(|(name, value)| name.len() + value.len()));
    let _ = (network::radius::user_name(bytes), media::stun::software(bytes));
    let _ = (network::snmp::Message::parse(bytes), network::ntp::message(bytes));
    let _ = (network::syslog::priority(bytes), tunnel::isakmp::header(bytes));
    let _ = (database::mysql::server_version(bytes), database::tds::header(bytes));
    let _ = database::tds::bytes_before_handshake(bytes);
    let _ = (
        industry::modbus::function(bytes),
        messaging::mqtt::client_identifier(bytes),
    );
    let _ = (peers::dht::question(bytes), peers::bittorrent::handshake(bytes));
}

fn conversations(bytes: &[u8]) {
    let _ = (
        media::sip::start(bytes),
        media::rtp::header(bytes),
        media::rtsp::request(bytes),
    );
    let _ = (
        files::tftp::request(bytes),
        files::onc_rpc::call(bytes),
        files::ftp::data_address(bytes),
    );
    let _ = (
        mail::line::reply(bytes),
        mail::line::command(bytes),
        mail::smtp::mailbox(bytes),
    );
    let _ = (
        mail::imap::command(bytes),
        mail::pop3::user(bytes),
        proxy_header::length(bytes),
    );
    let _ = (
        app::hints(bytes),
        headers::value(bytes, b"Call-ID"),
        headers::start_line(bytes),
    );
    let _ = (
        remote::rdp::connection(bytes),
        remote::ssh::banner(bytes),
        remote::vnc::version(bytes),
    );
}

fn of_windows(bytes: &[u8]) {
    if let Some(message) = windows::kerberos::Message::parse(bytes) {
        assert!(
            message
                .client()
                .chain(message.service())
                .all(|part| part.len() <= bytes.len())
        );
    }
    let _ = windows::ldap::Message::parse(bytes).map(|message| (message.name(), message.result_code()));
    let _ = (
        windows::msrpc::header(bytes),
        windows::msrpc::interface(bytes),
        windows::msrpc::operation(bytes),
    );
    let _ = (
        windows::nbns::name(bytes),
        windows::nbns::name_at(bytes, 1),
        windows::nbss::session_names(bytes),
    );
    let _ = (windows::smb::header_1(bytes), windows::smb::header_2(bytes));
}
