//! `docs/formats.md`: what is recognised, and what is done with it.

use whotalks_evidence::{Format, Role};

const HEAD: &str = "# Formats\n\n\
    Made by `cargo xtask docs` from the formats that `crates/evidence` tells apart. A file is known by its content; its name\n\
    does not matter. The words are those of the manifest (`whotalks evidence`).\n";

/// What real files do not show, so that nobody takes a test for more than it is.
const TAIL: &str = "\n## Who vouches\n\n\
    Readers are held against real files, and against other programs that read them, wherever somebody has published such files.\n\
    Nobody has for these parts of `etl`; only our own writer, which shares no code with the reader, vouches for them:\n\n\
    - packets: NDIS-PacketCapture, and PktMon with its drops\n\
    - sockets: Winsock-AFD, TCPIP and its lists of connections, the ends of connections in WinINet\n\
    - names: DNS-Client, Winsock-NameResolution, WinINet, WebIO, the names of connections (TCPIP 1382)\n\
    - what several processors, a file that wraps around, several files of one session and lost buffers make of the order of events\n\n\
    Kernel-Network, Kernel-Process, the kernel logger, compression and events that describe themselves are held against real traces.\n";

/// The page.
pub(super) fn page() -> String {
    let sections = [
        ("Read", Role::Read, "A reader turns it into records."),
        (
            "Unpacked",
            Role::Unpack,
            "Its members are looked at, five levels deep, within limits on size and ratio.",
        ),
        (
            "Named",
            Role::Name,
            "It has its line in the manifest that says what it is; nothing in it is read.",
        ),
    ];
    let sections = sections.map(|(title, role, what)| section(title, role, what));
    format!("{HEAD}{}{TAIL}", sections.concat())
}

fn section(title: &str, role: Role, what: &str) -> String {
    let words: Vec<&str> = Format::all()
        .filter(|format| format.role() == role)
        .map(Format::word)
        .collect();
    let list: String = words.iter().map(|word| format!("- `{word}`\n")).collect();
    format!("\n## {title}\n\n{what}\n\n{list}")
}
