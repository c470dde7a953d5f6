//! The tables that tshark prints.

use std::collections::{BTreeMap, HashMap};

/// What tshark counted in a capture.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Frames and bytes by the path of protocols, `eth/ip/tcp`.
    pub(super) hierarchy: BTreeMap<String, (u64, u64)>,
    /// By address, `address/TCP` and `address/TCP/port`; IPv4 only.
    pub(super) destinations: BTreeMap<String, Target>,
    /// TCP conversations, in no order.
    pub(super) tcp: Vec<Talk>,
    /// UDP conversations, in no order.
    pub(super) udp: Vec<Talk>,
}

/// A row of the tree of destinations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) packets: u64,
    /// As printed: packets per millisecond, four decimals.
    pub(super) burst_rate: String,
    /// As printed: seconds since the first packet, three decimals.
    pub(super) burst_start: String,
}

/// A conversation: both ends and the frames that each sent, the end that sorts first as text first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Talk {
    pub(super) ends: [String; 2],
    pub(super) sent: [u64; 2],
}

impl Talk {
    /// The ends in order.
    pub(super) fn new(a: (String, u64), b: (String, u64)) -> Self {
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        Self {
            ends: [low.0, high.0],
            sent: [low.1, high.1],
        }
    }
}

/// Which table a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    None,
    Destinations,
    Tcp,
    Udp,
    Hierarchy,
}

/// Reads all tables.
pub(super) fn read(text: &str) -> Tables {
    let mut tables = Tables::default();
    let mut section = Section::None;
    let mut path = Vec::new();
    for line in text.lines() {
        match line.trim() {
            "IPv4 Statistics/Destinations and Ports:" => section = Section::Destinations,
            "TCP Conversations" => section = Section::Tcp,
            "UDP Conversations" => section = Section::Udp,
            "Protocol Hierarchy Statistics" => (section, path) = (Section::Hierarchy, Vec::new()),
            _ => tables.line(section, line, &mut path),
        }
    }
    tables
}

impl Tables {
    fn line(&mut self, section: Section, line: &str, path: &mut Vec<String>) {
        match section {
            Section::None => {}
            Section::Destinations => drop(self.destination(line, path)),
            Section::Tcp => self.tcp.extend(talk(line)),
            Section::Udp => self.udp.extend(talk(line)),
            Section::Hierarchy => drop(self.protocol(line, path)),
        }
    }

    /// `  TCP   14   0.0046   100.00%   0.0700   0.000`, one space of indentation for each level.
    fn destination(&mut self, line: &str, path: &mut Vec<String>) -> Option<()> {
        let depth = line.len() - line.trim_start().len();
        let mut words = line.split_whitespace();
        let name = words.next()?;
        let packets = words.next()?.parse().ok()?;
        let words: Vec<&str> = words.collect();
        // The rate is blank where the capture took no time.
        let [.., percent, burst_rate, burst_start] = words.as_slice() else {
            return None;
        };
        if !percent.ends_with('%') {
            return None;
        }
        // The address, then its protocols; a port is indented like a protocol's last letter but one deeper.
        path.truncate(depth.checked_sub(1)?.min(2));
        path.push(name.to_owned());
        let target = Target {
            packets,
            burst_rate: (*burst_rate).to_owned(),
            burst_start: (*burst_start).to_owned(),
        };
        self.destinations.insert(path.join("/"), target);
        Some(())
    }

    /// `    tcp     frames:24 bytes:5869`, two spaces of indentation for each level. Rows too deep to be indented begin with
    /// dots; they are within the one before.
    fn protocol(&mut self, line: &str, path: &mut Vec<String>) -> Option<()> {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let (name, rest) = line.trim().split_once(char::is_whitespace)?;
        let (frames, bytes) = rest.trim().strip_prefix("frames:")?.split_once(" bytes:")?;
        if name.starts_with("...") {
            return None;
        }
        path.truncate(depth);
        path.push(name.to_owned());
        let volume = (frames.parse().ok()?, bytes.parse().ok()?);
        self.hierarchy.insert(path.join("/"), volume);
        Some(())
    }
}

/// `10.0.0.1:1  <-> 10.0.0.2:80   10 4389 bytes   14 1480 bytes   24 5869 bytes   0.000000000   3.0116`: what the second end
/// sent, then what the first one did.
fn talk(line: &str) -> Option<Talk> {
    let (a, rest) = line.split_once("<->")?;
    let mut words = rest.split_whitespace();
    let b = words.next()?;
    let numbers: Vec<&str> = words.collect();
    let (from_b, from_a) = (numbers.first()?.parse().ok()?, numbers.get(3)?.parse().ok()?);
    Some(Talk::new((a.trim().to_owned(), from_a), (b.to_owned(), from_b)))
}

/// How often each element occurs.
pub(super) fn tally<T: std::hash::Hash + Eq>(items: impl IntoIterator<Item = T>) -> HashMap<T, u64> {
    let mut tally = HashMap::new();
    for item in items {
        *tally.entry(item).or_default() += 1;
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_as_tshark_prints_them() {
        let text = "IPv4 Statistics/Destinations and Ports:\n\
            Destinations and Ports  24    0.0080        100%          0.1300        0.035\n \
            8.8.8.8                14     0.0046        58.33%        0.0700        0.000\n  \
            TCP                   14      0.0046        100.00%       0.0700        0.001\n   \
            853                  14       0.0046        100.00%       0.0700        0.002\n\
            TCP Conversations\n\
            10.0.0.9:58290   <-> 8.8.8.8:853    10 4389 bytes    14 1480 bytes    24 5869 bytes   0.000000000    3.0116\n\
            Protocol Hierarchy Statistics\n\
            eth        frames:24 bytes:5869\n  ip      frames:20 bytes:5000\n";
        let tables = read(text);
        let starts: Vec<_> = tables
            .destinations
            .iter()
            .map(|(path, target)| (path.as_str(), target.burst_start.as_str()))
            .collect();
        assert_eq!(
            starts,
            [
                ("8.8.8.8", "0.000"),
                ("8.8.8.8/TCP", "0.001"),
                ("8.8.8.8/TCP/853", "0.002")
            ]
        );
        assert_eq!(
            tables.tcp,
            [Talk::new(("10.0.0.9:58290".into(), 14), ("8.8.8.8:853".into(), 10))]
        );
        assert_eq!(tables.hierarchy.get("eth/ip"), Some(&(20, 5000)));
    }
}
