//! `docs/tables.md`: the tables that hunting queries see.

use whotalks_tables::hunting::{microsoft, own};
use whotalks_tables::{Column, TableDescription, Unit};

const HEAD: &str = "# Tables for hunting\n\n\
    Made by `cargo xtask docs` from the declarations in `crates/tables/src/hunting`. The tables of Microsoft Defender XDR have exactly\n\
    Microsoft's columns, order and types, so that published queries run unchanged; columns of ours come after them and are marked.\n\
    A table that no evidence fills is there and empty. `whotalks schema` prints the same lists.\n\n\
    - Times are in UTC, on the reference clock of the case.\n\
    - What is not known is empty or null, never a guess. The columns of a process and `RemoteUrl` are filled where they are `observed`\n  \
    or `derived`; what is only inferred stands in `ProcessCandidate` and `UrlCandidate`.\n\
    - `Span` leads every row back to its bytes: `whotalks explain E1#801`.\n\
    - `DeviceId` is made from the name of a host, or from its addresses, and is the same in every case.\n\n\
    ## What the actions say\n\n\
    **`ConnectionSuccess` is no proof of permission.** It says that the called end answered. A connection can be reported as a success\n\
    and be cut off afterwards by network protection, by a proxy or by the far end; whether the host's own firewall let it through is in\n\
    `Verdict`, and a refusal is a row of `DeviceEvents`.\n\n\
    | table | action | when |\n|---|---|---|\n\
    | `DeviceNetworkEvents` | `ConnectionSuccess` | Packets show that the called end answered. |\n\
    | | `ConnectionFailed` | Packets show that nobody took the call, or the host's log that it was refused. |\n\
    | | `ConnectionAttempt` | A call was seen and nothing tells how it ended. |\n\
    | | `ConnectionRequest` | Only an event of the host tells of the call: it was made, and nothing tells whether anybody answered. |\n\
    | | `ConnectionFound` | A connection was there already: its beginning was not captured, or only a listing shows it. |\n\
    | | `InboundConnectionAccepted` | Packets show that the host answered a call. |\n\
    | | `InboundConnectionAttempt` | The host was called and nothing shows that it answered. |\n\
    | | `ListeningConnectionCreated` | The host's log says that a process began to listen. |\n\
    | | `DnsConnectionInspected` | A DNS question in packets. |\n\
    | | `HttpConnectionInspected` | A request of HTTP in the clear, or one to a proxy. |\n\
    | | `SslConnectionInspected` | A name in a hello of TLS or QUIC. |\n\
    | | `SshConnectionInspected`, `FtpConnectionInspected`, `SmtpConnectionInspected` | The content proves the protocol. |\n\
    | | `IcmpConnectionInspected` | A run of ICMP messages. |\n\
    | `DeviceEvents` | `FirewallOutboundConnectionBlocked`, `FirewallInboundConnectionBlocked` | The host's log says that its firewall refused a connection. |\n\
    | | `FirewallInboundConnectionToAppBlocked` | The host's log says that an application was kept from accepting connections. |\n\
    | | `ExploitGuardNetworkProtectionBlocked`, `ExploitGuardNetworkProtectionAudited` | The log of Defender says that network protection blocked a connection, or in audit mode would have blocked it. |\n\
    | | `DnsQueryResponse` | The host's log says that a process asked for a name. |\n\
    | `DeviceProcessEvents` | `ProcessCreated` | The host's log says that a process started. |\n\n\
    A connection through a forward proxy has two rows and more, as with network protection: the plain `ConnectionSuccess` to the proxy,\n\
    and one for each target that was asked for, whose `RemoteUrl` is the target while `RemoteIP` stays the proxy. Rows of inspections\n\
    name no process.\n\n\
    ## The flavour of Sentinel\n\n\
    `whotalks schema --flavour sentinel` lists the tables of Defender as Microsoft Sentinel has them: `TimeGenerated` in place of\n\
    `Timestamp`; `AdditionalFields`, `ConnectedNetworks`, `DefaultGateways`, `DnsAddresses`, `IPAddresses` and `LoggedOnUsers` as `dynamic`\n\
    instead of text; and behind the others the columns that a workspace adds: `Type` is the name of the table, and `TenantId`,\n\
    `SourceSystem`, `MachineGroup`, `_IsBillable` and `_BilledSize` are empty, since a case knows none of them. `Timestamp` stays there as\n\
    another name of the time, since published queries use both.\n";

/// The page.
pub(super) fn page() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n## Tables of Microsoft Defender\n");
    microsoft().iter().for_each(|table| page.push_str(&section(table)));
    page.push_str("\n## Tables of whotalks\n");
    own().iter().for_each(|table| page.push_str(&section(table)));
    page
}

fn section(table: &TableDescription) -> String {
    let rows: String = table.columns.iter().map(row).collect();
    format!(
        "\n### {}\n\n{}\n\n| column | type | what it says |\n|---|---|---|\n{rows}",
        table.name, table.doc
    )
}

fn row(column: &Column) -> String {
    let ours = if column.added { " *(ours)*" } else { "" };
    let unit = match column.unit {
        Unit::None => String::new(),
        unit => format!(", {}", unit.word()),
    };
    format!(
        "| `{}`{ours} | {}{unit} | {} |\n",
        column.name,
        column.kusto.name(),
        column.doc
    )
}
