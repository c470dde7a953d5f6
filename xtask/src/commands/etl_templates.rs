//! `cargo xtask etl-templates FACTS`: makes the templates of trace events out of a description of Windows' manifests.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;

use xtask::error::{Error, Result};
use xtask::{output, project};

/// The providers whose events the questions need; file names are the rest of their names in lower case.
const PROVIDERS: [&str; 13] = [
    "Winsock-AFD",
    "TCPIP",
    "DNS-Client",
    "Kernel-Network",
    "Kernel-Process",
    "NDIS-PacketCapture",
    "PktMon",
    "WFP",
    "Winsock-NameResolution",
    "WebIO",
    "WinHttp",
    "WinINet",
    "Bits-Client",
];

/// What real traces show otherwise than the description: ports are in network order, the last field is as wide as a pointer,
/// and an address without a length is one of IPv6.
const KERNEL_NETWORK: [(&str, &str); 5] = [
    ("dport", "port"),
    ("sport", "port"),
    ("connid", "ptr"),
    ("daddr", "bin(16)"),
    ("saddr", "bin(16)"),
];

/// Providers whose texts have the length that stands before them, and no end; the description leaves that out.
const COUNTED_TEXTS: [&str; 3] = ["WebIO", "WinHttp", "WinINet"];

/// Makes the templates of trace events out of a description of Windows' manifests.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The description: JSON with providers, their events and the fields of these.
    facts: PathBuf,
    /// Only say whether the templates are what would be written.
    #[arg(long)]
    check: bool,
}

#[derive(Deserialize)]
struct Facts {
    providers: BTreeMap<String, Provider>,
}

#[derive(Deserialize)]
struct Provider {
    guid: String,
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    id: u16,
    ver: u8,
    sym: String,
    fields: Vec<Vec<String>>,
}

/// Writes a file per provider, or compares them.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let text = fs::read_to_string(&arguments.facts).map_err(Error::reading(&arguments.facts))?;
    let facts: Facts = serde_json::from_str(&text).map_err(|source| Error::Json {
        what: "the description of the manifests",
        source,
    })?;
    let folder = project::root().join("crates/etl/data");
    let mut different = 0;
    for short in PROVIDERS {
        let name = format!("Microsoft-Windows-{short}");
        let Some(provider) = facts.providers.get(&name) else {
            return Err(Error::Missing {
                what: name,
                remedy: "give a description that has all providers",
            });
        };
        let made = file(short, &name, provider);
        let path = folder.join(short.to_lowercase()).with_extension("txt");
        if arguments.check {
            let there = fs::read_to_string(&path).map_err(Error::reading(&path))?;
            if there != made {
                output::say(&format!("{} is not what would be written", path.display()));
                different += 1;
            }
        } else {
            fs::write(&path, made).map_err(Error::writing(&path))?;
        }
    }
    output::say(&format!("etl-templates: {} providers", PROVIDERS.len()));
    if different > 0 {
        return Err(Error::Found {
            count: different,
            what: "files of templates differ",
        });
    }
    Ok(())
}

fn file(short: &str, name: &str, provider: &Provider) -> String {
    let guid = provider.guid.trim_matches(['{', '}']);
    let mut text = format!("{guid} {name}\n");
    let mut events: Vec<&Event> = provider.events.iter().collect();
    events.sort_by_key(|event| (event.id, event.ver));
    for event in events {
        let _ = write!(text, "{} {} {}", event.id, event.ver, event.sym);
        let mut before = Vec::new();
        for field in &event.fields {
            let word = word(short, field, &before);
            let is_unknown = word.is_none();
            let _ = write!(text, " {}", word.unwrap_or_else(|| "?".to_owned()));
            if is_unknown {
                break;
            }
            before.extend(field.first().cloned());
        }
        text.push('\n');
    }
    text
}

/// `name:type` of a field; none where its size is not known.
fn word(short: &str, field: &[String], before: &[String]) -> Option<String> {
    let [name, kind, rest @ ..] = field else { return None };
    if !name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric()) || name.is_empty() {
        return None;
    }
    let size = rest.first().and_then(|size| size.split_once('='));
    let corrected = corrected(short, name, kind);
    if let (Some(kind), None) = (corrected, size) {
        return Some(format!("{name}:{kind}"));
    }
    if let Some(counted) = counted(short, (name, kind), before).filter(|_| size.is_none()) {
        return Some(counted);
    }
    let is_before = |other: &str| before.iter().any(|name| name == other);
    match (kind.as_str(), size) {
        ("Binary", Some(("len", length))) => {
            let is_number = length.bytes().all(|byte| byte.is_ascii_digit());
            (is_number || is_before(length)).then(|| format!("{name}:bin({length})"))
        }
        ("Binary", _) => None,
        (kind, None) => Some(format!("{name}:{}", simple(kind)?)),
        // The type of a structure is not a type at all in the description; only arrays of texts are what they say.
        ("UnicodeString" | "AnsiString", Some(("count", counter))) => {
            is_before(counter).then(|| format!("{name}:{}[{counter}]", simple(kind).unwrap_or_default()))
        }
        _ => None,
    }
}

/// A text right behind its length, or a socket address that the description takes for one.
fn counted(short: &str, (name, kind): (&str, &str), before: &[String]) -> Option<String> {
    let length = before.last().filter(|_| COUNTED_TEXTS.contains(&short))?;
    let is_own = *length == format!("_{name}Length") || *length == format!("{name}Length") || length == "Length";
    let kind = match kind {
        "UnicodeString" if short == "WebIO" && name == "Address" => "bin",
        "UnicodeString" | "AnsiString" => simple(kind)?,
        _ => return None,
    };
    is_own.then(|| format!("{name}:{kind}({length})"))
}

fn corrected(short: &str, name: &str, kind: &str) -> Option<&'static str> {
    let known = KERNEL_NETWORK.iter().find(|(known, _)| *known == name);
    let (_, kind_there) = known.filter(|_| short == "Kernel-Network")?;
    let is_address = kind_there.starts_with("bin");
    (!is_address || kind == "Binary").then_some(*kind_there)
}

fn simple(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "UInt8" => "u8",
        "UInt16" => "u16",
        "UInt32" | "HexInt32" => "u32",
        "UInt64" | "HexInt64" => "u64",
        "Int8" => "i8",
        "Int16" => "i16",
        "Int32" => "i32",
        "Int64" => "i64",
        "Double" => "f64",
        "Boolean" => "bool",
        "Pointer" => "ptr",
        "GUID" => "guid",
        "SID" => "sid",
        "FILETIME" => "time",
        "UnicodeString" => "utf16",
        "AnsiString" => "ansi",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(parts: &[&str]) -> Vec<String> {
        parts.iter().map(|part| (*part).to_owned()).collect()
    }

    #[test]
    fn a_field_whose_size_is_not_known_is_none() {
        let before = field(&["Length", "Count"]);
        let of = |parts: &[&str]| word("TCPIP", &field(parts), &before);
        assert_eq!(of(&["A", "UInt32"]).as_deref(), Some("A:u32"));
        assert_eq!(of(&["A", "Binary", "len=Length"]).as_deref(), Some("A:bin(Length)"));
        assert_eq!(of(&["A", "Binary", "len=6"]).as_deref(), Some("A:bin(6)"));
        assert_eq!(
            of(&["A", "UnicodeString", "count=Count"]).as_deref(),
            Some("A:utf16[Count]")
        );
        for unknown in [
            &["A", "Binary"][..],
            &["A", "Binary", "len=Later"],
            &["A", "Double", "count=Count"],
            &["", "UInt8"],
        ] {
            assert_eq!(of(unknown), None, "{unknown:?}");
        }
    }

    #[test]
    fn a_text_behind_its_own_length_is_counted() {
        let of = |short: &str, length: &str, parts: &[&str]| word(short, &field(parts), &field(&[length]));
        let host = &["HostName", "AnsiString"];
        let counted = of("WinINet", "_HostNameLength", host);
        assert_eq!(counted.as_deref(), Some("HostName:ansi(_HostNameLength)"));
        let text = of("WinHttp", "Length", &["Message", "UnicodeString"]);
        assert_eq!(text.as_deref(), Some("Message:utf16(Length)"));
        let address = of("WebIO", "AddressLength", &["Address", "UnicodeString"]);
        assert_eq!(address.as_deref(), Some("Address:bin(AddressLength)"));
        assert_eq!(of("WinINet", "OtherLength", host).as_deref(), Some("HostName:ansi"));
        assert_eq!(of("TCPIP", "_HostNameLength", host).as_deref(), Some("HostName:ansi"));
    }

    #[test]
    fn what_real_traces_show_otherwise_is_corrected() {
        let of = |parts: &[&str]| word("Kernel-Network", &field(parts), &[]);
        assert_eq!(of(&["daddr", "Binary"]).as_deref(), Some("daddr:bin(16)"));
        assert_eq!(of(&["daddr", "UInt32"]).as_deref(), Some("daddr:u32"));
        assert_eq!(of(&["dport", "UInt16"]).as_deref(), Some("dport:port"));
    }
}
