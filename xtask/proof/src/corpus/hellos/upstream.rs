//! What the tools of JA4's authors say: the output of the one in Python (JSON) and of the one in Rust (text).

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use xtask::error::{Error, Result};

use super::Case;
use super::capture::Hello;

const FOLDER: &str = "truth/upstream-ja4";

/// A connection and its fingerprint.
#[derive(Debug, PartialEq, Eq)]
struct Expected {
    client: SocketAddr,
    server: SocketAddr,
    ja4: String,
}

/// A connection in the output of the tool in Python; its fingerprints have keys such as `JA4.1`.
#[derive(Debug, Deserialize)]
struct Connection {
    src: String,
    srcport: String,
    dst: String,
    dstport: String,
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

/// Compares every fingerprint that either tool gives.
pub(super) fn compare(corpus: &Path, name: &str, hellos: &[Hello]) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    for (tool, suffix, read) in [
        ("python", "json", from_json as fn(&str) -> Option<Vec<Expected>>),
        ("rust", "snap", from_text),
    ] {
        let path = corpus.join(FOLDER).join(format!("{name}.{suffix}"));
        if !path.is_file() {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(Error::reading(&path))?;
        let expected = read(&text).ok_or_else(|| Error::Missing {
            what: format!("{}: connections of the form that was expected", path.display()),
            remedy: "look at the file",
        })?;
        cases.extend(expected.iter().map(|expected| {
            let case = format!("ja4 {tool} {} → {}", expected.client, expected.server);
            (case, agree(expected, hellos))
        }));
    }
    Ok(cases)
}

fn agree(expected: &Expected, hellos: &[Hello]) -> std::result::Result<(), String> {
    let of_connection = hellos
        .iter()
        .filter(|hello| hello.client == expected.client && hello.server == expected.server);
    let ours: Vec<&str> = of_connection.map(|hello| hello.ja4.as_str()).collect();
    if ours.contains(&expected.ja4.as_str()) {
        return Ok(());
    }
    Err(format!("got {}, expected {}", ours.join(" "), expected.ja4))
}

fn from_json(text: &str) -> Option<Vec<Expected>> {
    let connections: Vec<Connection> = serde_json::from_str(text).ok()?;
    let fingerprints = connections.iter().filter_map(|connection| {
        let ja4 = connection.others.get("JA4.1")?.as_str()?;
        expected(
            [
                &connection.src,
                &connection.srcport,
                &connection.dst,
                &connection.dstport,
            ],
            ja4,
        )
    });
    Some(fingerprints.collect())
}

/// Blocks that begin with `- stream:`, one `key: value` a line.
fn from_text(text: &str) -> Option<Vec<Expected>> {
    let mut blocks = text.split("\n- stream:");
    blocks.next()?;
    let connections = blocks.filter_map(|block| {
        let value = |key: &str| {
            let mut lines = block.lines().filter_map(|line| line.strip_prefix("  "));
            lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
        };
        expected(
            [value("src")?, value("src_port")?, value("dst")?, value("dst_port")?],
            value("ja4")?,
        )
    });
    Some(connections.collect())
}

fn expected([source, source_port, destination, destination_port]: [&str; 4], ja4: &str) -> Option<Expected> {
    let end = |address: &str, port: &str| Some(SocketAddr::new(address.parse().ok()?, port.parse().ok()?));
    Some(Expected {
        client: end(source, source_port)?,
        server: end(destination, destination_port)?,
        ja4: ja4.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let text = "---\nsource: x\n---\n- stream: 0\n  transport: tcp\n  src: 192.0.2.1\n  dst: 192.0.2.2\n  src_port: 5\n  \
                    dst_port: 443\n  ja4: t13\n  ja4s: t12\n- stream: 1\n  transport: tcp\n";
        let json = r#"[{"stream": 0, "src": "192.0.2.1", "dst": "192.0.2.2", "srcport": "5", "dstport": "443", "JA4.1": "t13"}]"#;
        let read = from_text(text).unwrap();
        assert_eq!((read.len(), read[0].ja4.as_str()), (1, "t13"));
        assert_eq!(from_json(json).unwrap(), read);
    }
}
