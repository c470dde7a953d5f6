#![no_main]
//! What services of a network, calls, files and databases say: DHCP, SNMP, RADIUS, STUN, SIP, RTP, TFTP, ONC RPC, PostgreSQL.

use whotalks_wire::app::{database, files, mail, media, messaging, network, peers};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(message) = network::dhcp::Message::parse(bytes) {
        assert!(message.options().map(|(_, value)| value.len()).sum::<usize>() <= bytes.len());
    }
    let _ = (
        network::snmp::Message::parse(bytes),
        network::ntp::message(bytes),
        network::syslog::priority(bytes),
    );
    assert!(
        network::radius::attributes(bytes)
            .map(|(_, value)| value.len())
            .sum::<usize>()
            <= bytes.len()
    );
    assert!(
        media::stun::attributes(bytes)
            .map(|(_, value)| value.len())
            .sum::<usize>()
            <= bytes.len()
    );
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
        mail::imap::command(bytes),
    );
    let _ = (database::mysql::server_version(bytes), database::tds::header(bytes));
    let _ = database::postgresql::parameters(bytes).count();
    let _ = (
        messaging::mqtt::client_identifier(bytes),
        peers::dht::question(bytes),
        peers::bittorrent::handshake(bytes),
    );
});
