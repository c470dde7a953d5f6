//! `docs/protocols.md`: what is recognised in packets, and how.

use std::fmt::Write as _;

use whotalks_record::ApplicationProtocol;
use whotalks_wire::app::tls::IN_TLS;
use whotalks_wire::app::{Carrier, PduLength, Protocol, protocols};

const HEAD: &str = "# Application protocols\n\n\
    Made by `cargo xtask docs` from the tables of `crates/wire`. A protocol is recognised by the content of a flow, on any port.\n\
    Where the content contradicts nothing and proves nothing, one of the ports listed makes it a guess, which is marked as such;\n\
    what has no port is left unknown. The words are those of the column `Application` of the table `Flows`; `RecognisedBy` says\n\
    how each is known.\n\n\
    *Messages*: whether the length of its messages is known, so that streams are cut where they end. *TLS*: whether TLS that\n\
    begins later in the connection is found.\n\n\
    | word | protocol | defined by | over | ports | messages | TLS |\n|---|---|---|---|---|---|---|\n";

/// Recognised elsewhere than in the tables: by the port beside the content, inside of others, or by what HTTP and TLS say.
const ELSEWHERE: &str = "\n## Recognised by what another protocol says\n\n\
    | word | protocol | defined by |\n|---|---|---|\n";

/// What hides in TLS, and what is left unsaid.
const INSIDE: &str = "\n## Recognised inside of TLS\n\n| word | signs |\n|---|---|\n";

/// What no sign tells for certain is not guessed at.
const UNSAID: &str = "\nA name that only some host of a company has, or that is asked for only as a disguise, is no sign. Psiphon is not told apart: its\n\
    handshakes are made to look like random bytes, or like TLS to a host of a content network, and any name for them could be wrong.\n";

/// The page.
pub(super) fn page() -> String {
    let mut listed: Vec<ApplicationProtocol> = protocols().map(|row| row.protocol).collect();
    listed.sort_by_key(|protocol| protocol.word());
    listed.dedup();
    let mut text = HEAD.to_owned();
    for protocol in &listed {
        text.push_str(&line(*protocol));
    }
    text.push_str(ELSEWHERE);
    let known = ApplicationProtocol::ALL.iter().copied();
    let mut others: Vec<_> = known.filter(|protocol| !listed.contains(protocol)).collect();
    others.sort_by_key(|protocol| protocol.word());
    for (protocol, source) in others
        .iter()
        .filter_map(|protocol| Some((protocol, protocol.source()?)))
    {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| `{}` | {} | {source} |", protocol.word(), protocol.title());
    }
    text.push_str(INSIDE);
    for row in IN_TLS {
        let _ = writeln!(text, "| `{}` | {} |", row.protocol.word(), row.signs);
    }
    text.push_str(UNSAID);
    text
}

fn line(protocol: ApplicationProtocol) -> String {
    let rows: Vec<&Protocol> = protocols().filter(|row| row.protocol == protocol).collect();
    let carriers: Vec<&str> = rows.iter().map(|row| carrier(row.carrier)).collect();
    let mut ports: Vec<u16> = rows.iter().flat_map(|row| row.ports).copied().collect();
    ports.sort_unstable();
    ports.dedup();
    let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
    let mark = |found: bool| if found { "yes" } else { "" };
    format!(
        "| `{}` | {} | {} | {} | {} | {} | {} |\n",
        protocol.word(),
        protocol.title(),
        protocol.source().unwrap_or_default(),
        carriers.join(", "),
        ports.join(", "),
        mark(rows.iter().any(|row| is_framed(row))),
        mark(rows.iter().any(|row| row.upgrades_to_tls)),
    )
}

/// A protocol with framing asks for more where there is nothing yet.
fn is_framed(row: &Protocol) -> bool {
    let nothing = (row.pdu)(&[], whotalks_wire::app::Direction::ToServer);
    row.carrier == Carrier::Stream && nothing != PduLength::Unframed
}

const fn carrier(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Datagram => "UDP",
        Carrier::Stream => "TCP",
    }
}
