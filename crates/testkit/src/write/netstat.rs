//! Writes `netstat -ano`, or `-anob` with the owners below each row.

use super::text::encode;
use crate::scenario::model::{Host, Scenario, Transport};
use crate::scenario::{Knobs, Language};
use crate::sockets::{SocketRow, rows};
use std::fmt::Write;
use std::net::SocketAddr;

const HEADING_ENGLISH: &str =
    "\nActive Connections\n\n  Proto  Local Address          Foreign Address        State           PID\n";
const HEADING_JAPANESE: &str =
    "\nアクティブな接続\n\n  プロトコル  ローカル アドレス      外部アドレス           状態            PID\n";

/// The file as redirected.
pub(crate) fn netstat_file(scenario: &Scenario, host: &Host) -> Vec<u8> {
    let knobs = &scenario.knobs;
    let heading = match knobs.language {
        Language::English => HEADING_ENGLISH,
        Language::Japanese => HEADING_JAPANESE,
    };
    let mut text = heading.to_owned();
    for row in rows(host, scenario.snapshot_ns) {
        line(&mut text, &row);
        if knobs.netstat_owners {
            owner(&mut text, host, &row, knobs);
        }
    }
    encode(&text, knobs.encoding)
}

fn line(text: &mut String, row: &SocketRow) {
    let protocol = if row.transport == Transport::Tcp { "TCP" } else { "UDP" };
    let local = end(Some(row.local));
    let remote = end(row.remote);
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "  {protocol:<7}{local:<22} {remote:<22} {:<15} {}",
        row.state, row.pid
    );
}

fn end(address: Option<SocketAddr>) -> String {
    address.map_or_else(|| "*:*".to_owned(), |address| address.to_string())
}

fn owner(text: &mut String, host: &Host, row: &SocketRow, knobs: &Knobs) {
    let Some(process) = row.process.and_then(|index| host.process(index)) else {
        return;
    };
    if process.pid == 4 {
        text.push_str(match knobs.language {
            Language::English => " Can not obtain ownership information\n",
            Language::Japanese => " 所有者情報を取得できません\n",
        });
        return;
    }
    if let Some(service) = &row.service {
        let _ = writeln!(text, "  {service}");
    }
    let _ = writeln!(text, " [{}]", process.file_name());
}
