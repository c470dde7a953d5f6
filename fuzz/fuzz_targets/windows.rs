#![no_main]
//! What Windows networks speak: Kerberos, LDAP, remote calls, NetBIOS, SMB, RDP.

use whotalks_wire::app::{remote, windows};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(message) = windows::kerberos::Message::parse(bytes) {
        let parts: usize = message.client().chain(message.service()).map(<[u8]>::len).sum();
        assert!(parts <= bytes.len() * 2);
    }
    let _ = windows::ldap::Message::parse(bytes).map(|message| (message.name(), message.result_code()));
    let _ = (windows::msrpc::interface(bytes), windows::msrpc::operation(bytes));
    let _ = (windows::nbns::name(bytes), windows::nbss::session_names(bytes));
    let _ = (windows::smb::header_1(bytes), windows::smb::header_2(bytes));
    let _ = remote::rdp::connection(bytes);
});
