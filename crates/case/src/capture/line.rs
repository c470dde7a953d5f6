//! A packet on one line: when, from whom, to whom, what.

mod info;

use std::net::IpAddr;

use whotalks_fields::{FieldId, FrameFields, Value, find, info as field, text};
use whotalks_record::Nanoseconds;

/// A packet on one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// Since the first packet.
    pub time: Nanoseconds,
    /// The innermost address of the sender; its hardware address where it has no other.
    pub source: String,
    /// That of the receiver.
    pub destination: String,
    /// The innermost protocol, by Wireshark's name.
    pub protocol: String,
    /// Bytes on the wire.
    pub bytes: u64,
    /// What it says, in the words of the protocols.
    pub info: String,
    /// The comments on it.
    pub comments: Vec<String>,
}

/// Makes lines from fields.
#[derive(Debug)]
pub struct Lines {
    /// The fields a line is made of.
    fields: Vec<(&'static str, FieldId)>,
}

/// What a line is made of. A name that the registry does not have is passed over.
const FIELDS: [&str; 38] = [
    "frame.number",
    "frame.time_relative",
    "frame.protocols",
    "frame.len",
    "frame.comment",
    "eth.src",
    "eth.dst",
    "ip.src",
    "ip.dst",
    "ipv6.src",
    "ipv6.dst",
    "arp.opcode",
    "arp.src.proto_ipv4",
    "arp.dst.proto_ipv4",
    "icmp.type",
    "icmpv6.type",
    "tcp.srcport",
    "tcp.dstport",
    "tcp.flags.syn",
    "tcp.flags.ack",
    "tcp.flags.fin",
    "tcp.flags.reset",
    "tcp.flags.push",
    "tcp.seq",
    "tcp.ack",
    "tcp.len",
    "tcp.window_size",
    "udp.srcport",
    "udp.dstport",
    "udp.length",
    "dns.flags.response",
    "dns.qry.name",
    "dns.qry.type",
    "http.request.method",
    "http.request.uri",
    "http.response.code",
    "tls.handshake.type",
    "tls.handshake.extensions_server_name",
];

impl Default for Lines {
    fn default() -> Self {
        let field = |name| Some((name, find(name)?));
        Self {
            fields: FIELDS.into_iter().filter_map(field).collect(),
        }
    }
}

impl Lines {
    /// The fields that must be read.
    pub fn columns(&self) -> Vec<FieldId> {
        self.fields.iter().map(|(_, id)| *id).collect()
    }

    /// The line of a packet.
    pub fn line(&self, fields: &FrameFields<'_>) -> Line {
        let seen = Seen { lines: self, fields };
        Line {
            number: seen.number("frame.number").unwrap_or_default(),
            time: seen.time(),
            source: seen.end(["ip.src", "ipv6.src"], "eth.src"),
            destination: seen.end(["ip.dst", "ipv6.dst"], "eth.dst"),
            protocol: seen.protocol(),
            bytes: seen.number("frame.len").unwrap_or_default(),
            info: info::info(&seen),
            comments: seen.texts("frame.comment"),
        }
    }
}

/// The fields of one packet, by name.
struct Seen<'s, 'f> {
    lines: &'s Lines,
    fields: &'s FrameFields<'f>,
}

impl<'s, 'f> Seen<'s, 'f> {
    fn id(&self, name: &str) -> Option<FieldId> {
        let found = self.lines.fields.iter().find(|(held, _)| *held == name);
        found.map(|(_, id)| *id)
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &'s Value<'f>> {
        let fields = self.fields;
        self.id(name).into_iter().flat_map(move |id| fields.of(id))
    }

    /// The innermost number of that name.
    fn number(&self, name: &str) -> Option<u64> {
        match self.values(name).last()? {
            Value::Unsigned(number) => Some(*number),
            Value::Boolean(flag) => Some((*flag).into()),
            _ => None,
        }
    }

    /// All values of that name as texts.
    fn texts(&self, name: &str) -> Vec<String> {
        let info = self.id(name).and_then(field);
        info.map_or_else(Vec::new, |info| {
            self.values(name).map(|value| text(info, value)).collect()
        })
    }

    /// The first value of that name as text.
    fn text(&self, name: &str) -> Option<String> {
        let info = field(self.id(name)?)?;
        self.values(name).next().map(|value| text(info, value))
    }

    /// The name of a number, such as `A` for the type of a DNS record.
    fn label(&self, name: &str) -> Option<&'static str> {
        field(self.id(name)?)?.labels.name(self.number(name)?)
    }

    fn time(&self) -> Nanoseconds {
        match self.values("frame.time_relative").next() {
            Some(Value::RelativeTime(time)) => *time,
            _ => Nanoseconds::ZERO,
        }
    }

    /// The innermost address of one of two kinds; the hardware address where there is none.
    fn end(&self, kinds: [&str; 2], hardware: &str) -> String {
        let ids = kinds.map(|name| self.id(name));
        let addresses = self.fields.iter().filter(|(id, _)| ids.contains(&Some(*id)));
        let innermost = addresses.filter_map(|(_, value)| address(value)).last();
        innermost.map_or_else(
            || self.text(hardware).unwrap_or_default(),
            |address| address.to_string(),
        )
    }

    fn protocol(&self) -> String {
        let stack = self.text("frame.protocols").unwrap_or_default();
        let innermost = stack.rsplit(':').find(|name| !matches!(*name, "data" | ""));
        innermost.unwrap_or_default().to_uppercase()
    }
}

fn address(value: &Value<'_>) -> Option<IpAddr> {
    match value {
        Value::Ipv4(address) => Some(IpAddr::V4(*address)),
        Value::Ipv6(address) => Some(IpAddr::V6(*address)),
        _ => None,
    }
}
