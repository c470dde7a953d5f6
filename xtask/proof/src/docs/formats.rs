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
    - requests: WinINet, WebIO, WinHttp, Bits-Client\n\
    - what several processors, a file that wraps around, several files of one session and lost buffers make of the order of events\n\n\
    Kernel-Network, Kernel-Process, the kernel logger, compression and events that describe themselves are held against real traces.\n\n\
    Cabinets in LZX are made by a packer of our tests, whose work `cabextract` unpacks to the same bytes, as it does one real cabinet.\n";

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
    format!("{HEAD}{}{}{}{TAIL}", sections.concat(), logs(), blind())
}

fn section(title: &str, role: Role, what: &str) -> String {
    let words: Vec<&str> = Format::all()
        .filter(|format| format.role() == role)
        .map(Format::word)
        .collect();
    let list: String = words.iter().map(|word| format!("- `{word}`\n")).collect();
    format!("\n## {title}\n\n{what}\n\n{list}")
}

/// The event logs of Windows that are read, in whichever of the three forms they come.
fn logs() -> String {
    let rows = LOGS
        .iter()
        .map(|(log, events, blind)| format!("| `{log}` | {events} | {blind} |\n"));
    let rows: String = rows.collect();
    format!(
        "\n## Event logs\n\nThe same events are read from `evtx`, `event-xml` and `event-json`. Events of other logs are counted.\n\n\
         | log | events | cannot see |\n|---|---|---|\n{rows}"
    )
}

/// What listings cannot see, by the word of their format.
fn blind() -> String {
    let rows = BLIND
        .iter()
        .map(|(format, blind)| format!("| `{}` | {blind} |\n", format.word()));
    let rows: String = rows.collect();
    format!(
        "\n## What listings and logs cannot see\n\nEach listing shows one moment. What is known of the tool is its layout; the words of its language do not \
         matter.\n\n| format | cannot see |\n|---|---|\n{rows}"
    )
}

/// Logs, their events, and what they cannot see.
const LOGS: [(&str, &str, &str); 7] = [
    (
        "Security",
        "connections, binds, listeners and drops (5031, 5150 to 5159), processes (4688, 4689), filters and rules (4944 to 4958, 5440 to 5450), boots, the clock, cleared logs, the audit policy",
        "what is not audited; bytes; names",
    ),
    (
        "Microsoft-Windows-Sysmon/Operational",
        "processes (1, 5), connections (3), names asked (22)",
        "what its configuration excludes; blocked connections",
    ),
    (
        "Microsoft-Windows-Windows Firewall With Advanced Security/Firewall",
        "changes of rules and settings (2002 to 2099)",
        "connections",
    ),
    (
        "Microsoft-Windows-Windows Defender/Operational",
        "network protection, audited (1125) or blocked (1126): the image and the account of the program, the destination as a URL, a host or an address",
        "process identifiers; ports, and addresses of names, unless the destination writes them; why it was judged so; what SmartScreen stopped inside of Edge; what was let through in block mode",
    ),
    (
        "Microsoft-Windows-DNS-Client/Operational",
        "names asked (3006, 3008 to 3020): who asked, which addresses came back",
        "names asked without the Windows resolver; who asked before Windows 10, but for 3008; it is off by default",
    ),
    (
        "Microsoft-Windows-Bits-Client/Operational",
        "who ordered a job of the background transfer service (3), and its transfers with URL, neighbour and proxy (59 to 61)",
        "addresses; jobs ordered before the oldest event; the program before version 2 of event 3",
    ),
    (
        "System",
        "boots and shutdowns, cleared logs",
        "everything else in it is counted",
    ),
];

const BLIND: [(Format, &str); 16] = [
    (
        Format::Netstat,
        "connections shorter than the time between two listings; bytes; names",
    ),
    (
        Format::Ss,
        "connections shorter than the time between two listings; bytes; names",
    ),
    (
        Format::SocketObjects,
        "connections shorter than the time between two listings; bytes; names; image names",
    ),
    (Format::Tasklist, "processes that had ended; where their images lie"),
    (
        Format::Ipconfig,
        "addresses before and after; which adapter a connection took",
    ),
    (
        Format::DnsCache,
        "whether a connection used a name; names that had expired; programs with a resolver of their own; names that a table cut",
    ),
    (
        Format::RouteTable,
        "which route a connection took; routes that VPN programs choose by other means",
    ),
    (Format::Arp, "neighbours of other networks; IPv6"),
    (
        Format::Systeminfo,
        "anything of another time; rows of Windows before Vista",
    ),
    (
        Format::DefenderSettings,
        "what a tampered service really does; settings of policies that override these",
    ),
    (
        Format::FirewallRules,
        "which filter a rule became; only the display name of a rule is taken",
    ),
    (
        Format::ProxySettings,
        "proxies of users, of browsers, and those given to a program itself",
    ),
    (
        Format::RegistrySettings,
        "values that a policy sets elsewhere; when a value was written; every value but proxies and network protection",
    ),
    (
        Format::Auditpol,
        "earlier settings; settings for single users; words for settings in other languages than English and Japanese",
    ),
    (
        Format::FirewallLog,
        "which filter or rule decided; images; what its settings leave out; the zone of its local times, which packets or another log \
         of the host must show; the direction of rows of Windows XP that name none; what was forwarded",
    ),
    (
        Format::WfpNetworkEvents,
        "process identifiers; what is older than the most recent events; as a rule what was let through; IPsec and frames below IP",
    ),
];
