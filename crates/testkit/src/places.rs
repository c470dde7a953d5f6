//! A small database of places in the format of MaxMind, for tests: <https://maxmind.github.io/MaxMind-DB/>.

use std::net::{IpAddr, Ipv6Addr};

/// What is said of a network.
#[derive(Clone, Copy, Debug)]
pub struct NetworkPlace<'t> {
    /// The network.
    pub network: IpAddr,
    /// How many bits of it count.
    pub prefix_bits: u8,
    /// The country; an empty one is not stated, and so the others.
    pub country: &'t str,
    /// The state or the like.
    pub state: &'t str,
    /// The city.
    pub city: &'t str,
    /// Degrees north and east.
    pub position: Option<(f64, f64)>,
}

/// Bytes between tree and data.
const SEPARATOR_BYTES: usize = 16;
/// What stands before the metadata.
const METADATA_MARKER: &[u8] = b"\xab\xcd\xefMaxMind.com";
/// Bits of each half of a node.
const RECORD_BITS: u16 = 24;

/// Types of the format.
#[derive(Clone, Copy)]
enum Kind {
    Text = 2,
    Double = 3,
    Short = 5,
    Number = 6,
    Map = 7,
    Long = 9,
    Array = 11,
}

/// What half of a node leads to.
#[derive(Clone, Copy)]
enum Record {
    Nothing,
    Node(usize),
    Data(usize),
}

/// A database of a type, such as `GeoLite2-City`, that knows these networks.
pub fn place_database(database_type: &str, networks: &[NetworkPlace<'_>]) -> Vec<u8> {
    let mut tree = vec![[Record::Nothing; 2]];
    let mut data = Vec::new();
    for place in networks {
        insert(&mut tree, place, data.len());
        data.extend(described(place));
    }
    let mut bytes: Vec<u8> = tree
        .iter()
        .flatten()
        .flat_map(|record| record.bytes(tree.len()))
        .collect();
    bytes.extend([0; SEPARATOR_BYTES]);
    bytes.extend(data);
    bytes.extend(METADATA_MARKER);
    bytes.extend(metadata(database_type, tree.len()));
    bytes
}

impl Record {
    fn bytes(self, nodes: usize) -> [u8; 3] {
        let number = match self {
            Self::Nothing => nodes,
            Self::Node(node) => node,
            Self::Data(offset) => nodes + SEPARATOR_BYTES + offset,
        };
        let [_, bytes @ ..] = u32::try_from(number).unwrap_or_default().to_be_bytes();
        bytes
    }
}

/// Leads the bits of a network to its data; those of IPv4 lie below the first 96 bits, all zero.
fn insert(tree: &mut Vec<[Record; 2]>, place: &NetworkPlace<'_>, offset: usize) {
    let (bits, length) = match place.network {
        IpAddr::V4(address) => (u128::from(u32::from(address)), u32::from(place.prefix_bits) + 96),
        IpAddr::V6(address) => (u128::from(address), u32::from(place.prefix_bits)),
    };
    let mut node = 0;
    for bit in 0..length {
        let side = usize::from(bits >> (Ipv6Addr::BITS - 1 - bit) & 1 == 1);
        let next = tree.len();
        let Some(record) = tree.get_mut(node).and_then(|node| node.get_mut(side)) else {
            return;
        };
        match *record {
            _ if bit + 1 == length => *record = Record::Data(offset),
            Record::Node(below) => node = below,
            Record::Nothing | Record::Data(_) => {
                *record = Record::Node(next);
                tree.push([Record::Nothing; 2]);
                node = next;
            }
        }
    }
}

fn described(place: &NetworkPlace<'_>) -> Vec<u8> {
    let mut members = Vec::new();
    if !place.country.is_empty() {
        members.push(("country", named(place.country)));
    }
    if !place.state.is_empty() {
        members.push(("subdivisions", [head(Kind::Array, 1), named(place.state)].concat()));
    }
    if !place.city.is_empty() {
        members.push(("city", named(place.city)));
    }
    if let Some((north, east)) = place.position {
        let position = map(&[("latitude", double(north)), ("longitude", double(east))]);
        members.push(("location", position));
    }
    map(&members)
}

fn metadata(database_type: &str, nodes: usize) -> Vec<u8> {
    let languages = [head(Kind::Array, 1), text("en")].concat();
    map(&[
        ("binary_format_major_version", short(2)),
        ("binary_format_minor_version", short(0)),
        ("build_epoch", long(1_700_000_000)),
        ("database_type", text(database_type)),
        ("description", map(&[("en", text("for tests"))])),
        ("ip_version", short(6)),
        ("languages", languages),
        ("node_count", number(u32::try_from(nodes).unwrap_or(u32::MAX))),
        ("record_size", short(RECORD_BITS)),
    ])
}

/// A thing with a name, in two languages.
fn named(name: &str) -> Vec<u8> {
    map(&[("names", map(&[("en", text(name)), ("ja", text("日本語の名前"))]))])
}

fn map(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = head(Kind::Map, members.len());
    for (name, value) in members {
        bytes.extend(text(name));
        bytes.extend(value);
    }
    bytes
}

fn text(text: &str) -> Vec<u8> {
    [head(Kind::Text, text.len()), text.as_bytes().to_vec()].concat()
}

fn double(number: f64) -> Vec<u8> {
    [head(Kind::Double, 8), number.to_be_bytes().to_vec()].concat()
}

fn short(number: u16) -> Vec<u8> {
    [head(Kind::Short, 2), number.to_be_bytes().to_vec()].concat()
}

fn number(number: u32) -> Vec<u8> {
    [head(Kind::Number, 4), number.to_be_bytes().to_vec()].concat()
}

fn long(number: u64) -> Vec<u8> {
    [head(Kind::Long, 8), number.to_be_bytes().to_vec()].concat()
}

/// What stands before a value: its type and its size, which is below 285.
fn head(kind: Kind, size: usize) -> Vec<u8> {
    let kind = kind as u8;
    let (first, further) = match u8::try_from(size) {
        Ok(size) if size < 29 => (size, None),
        _ => (29, u8::try_from(size.saturating_sub(29)).ok()),
    };
    let mut bytes = if kind < 8 {
        vec![kind << 5 | first]
    } else {
        vec![first, kind - 7]
    };
    bytes.extend(further);
    bytes
}
