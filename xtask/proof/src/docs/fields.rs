//! `docs/fields.md`: the fields of display filters.

use whotalks_fields::{Field, FieldKind, Level, all};

const HEAD: &str = "# Fields\n\n\
    Made by `cargo xtask docs` from the list in `crates/fields`. The names, types and values are those of Wireshark 4.0;\n\
    `process.name`, `process.pid`, `endpoint.name` and `verdict` are whotalks' own and are filled where a case is open.\n\n\
    The last column says what a filter on the field costs: `headers` looks at each frame alone, `streams` also numbers and\n\
    analyses conversations, `applications` also reassembles them.\n";

/// The page.
pub(super) fn page() -> String {
    let mut page = format!("{HEAD}\n{} fields.\n", all().len());
    let mut protocol = "";
    for field in all() {
        let first = field.name.split('.').next().unwrap_or(field.name);
        if first != protocol {
            protocol = first;
            page.push_str(&format!(
                "\n## {protocol}\n\n| field | type | what it is | cost |\n|---|---|---|---|\n"
            ));
        }
        page.push_str(&row(field));
    }
    page
}

fn row(field: &Field) -> String {
    let cost = match field.level {
        Level::Headers => "headers",
        Level::Streams => "streams",
        Level::Applications => "applications",
    };
    let title = field.title.replace('|', "\\|").replace('<', "\\<");
    format!("| `{}` | {} | {title} | {cost} |\n", field.name, kind(field))
}

fn kind(field: &Field) -> String {
    let word = match field.kind {
        FieldKind::Unsigned => return format!("unsigned, {} bits", field.bits),
        FieldKind::Signed => return format!("signed, {} bits", field.bits),
        FieldKind::Boolean => "boolean",
        FieldKind::Float => "floating point",
        FieldKind::Text => "text",
        FieldKind::Bytes => "bytes",
        FieldKind::Ipv4 => "IPv4 address",
        FieldKind::Ipv6 => "IPv6 address",
        FieldKind::Ethernet => "Ethernet address",
        FieldKind::AbsoluteTime => "time",
        FieldKind::RelativeTime => "span of time",
        FieldKind::FrameNumber => "frame number",
        FieldKind::Guid => "GUID",
        FieldKind::ObjectIdentifier => "object identifier",
        FieldKind::None => "presence",
        FieldKind::Protocol => "protocol",
    };
    word.to_owned()
}
