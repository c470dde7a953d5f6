//! The rows of each section of `netstat -s` and `-e`, by their place.

/// The neutral names, as data.
const STATISTICS: &str = include_str!("../../data/statistics.tsv");

/// A section, in the neutral word that its counters carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Section(pub(crate) &'static str);

impl Section {
    /// The counters of a network interface, `netstat -e`.
    pub(crate) const INTERFACE: Self = Self("interface");

    /// The section that a title opens: its protocol words are ASCII in every language (`IPv4 の TCP 統計`).
    pub(crate) fn of_title(title: &str) -> Option<Self> {
        let words: Vec<&str> = title.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let has = |word: &str| words.contains(&word);
        let six = has("IPv6");
        Some(Self(match () {
            () if has("TCP") => {
                if six {
                    "tcp-ipv6"
                } else {
                    "tcp-ipv4"
                }
            }
            () if has("UDP") => {
                if six {
                    "udp-ipv6"
                } else {
                    "udp-ipv4"
                }
            }
            () if has("ICMPv6") => "icmpv6",
            () if has("ICMPv4") || has("ICMP") => "icmpv4",
            () if six => "ipv6",
            () if has("IPv4") || has("IP") => "ipv4",
            () => return None,
        }))
    }

    /// Whether its rows have two numbers, received and sent, and no equals sign.
    pub(crate) fn has_two_columns(self) -> bool {
        self.0.starts_with("icmp") || self == Self::INTERFACE
    }

    /// The first word of its counters' names: the protocol without the family.
    fn family(self) -> &'static str {
        self.0.split('-').next().unwrap_or(self.0)
    }

    /// The names of its rows when it has `rows` of them; none if no known version of Windows prints so many.
    pub(crate) fn layout(self, rows: usize) -> Option<Vec<&'static str>> {
        self.layouts().find(|names| names.len() == rows)
    }

    /// The names of the first `rows` rows of a section whose end is missing, as far as all versions of Windows agree.
    pub(crate) fn common_start(self, rows: usize) -> Vec<&'static str> {
        let mut layouts = self.layouts();
        let mut common = layouts.next().unwrap_or_default();
        for other in layouts {
            let agreeing = common.iter().zip(&other).take_while(|(one, two)| one == two).count();
            common.truncate(agreeing);
        }
        common.truncate(rows);
        common
    }

    /// The most rows it has in any version.
    pub(crate) fn most_rows(self) -> usize {
        self.layouts().map(|names| names.len()).max().unwrap_or_default()
    }

    fn layouts(self) -> impl Iterator<Item = Vec<&'static str>> {
        let lines = STATISTICS.lines().filter_map(|line| line.split_once('\t'));
        lines
            .filter(move |(section, _)| *section == self.0)
            .map(|(_, names)| names.split(' ').collect())
    }

    /// The neutral name of a counter: `tcp.active-opens`, `icmpv4.errors.sent`.
    pub(crate) fn counter(self, row: &str, column: usize, columns: usize) -> String {
        let direction = match (columns, column) {
            (2, 0) => ".received",
            (2, _) => ".sent",
            _ => "",
        };
        format!("{}.{row}{direction}", self.family())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_any_language_name_their_section() {
        for (title, section) in [
            ("TCP Statistics for IPv4", "tcp-ipv4"),
            ("IPv6 の TCP 統計", "tcp-ipv6"),
            ("TCP-Statistik für IPv4", "tcp-ipv4"),
            ("IPv4에 대한 UDP 통계", "udp-ipv4"),
            ("ICMPv6 統計", "icmpv6"),
            ("Statistiques IPv4", "ipv4"),
            ("IP Statistics", "ipv4"),
        ] {
            assert_eq!(Section::of_title(title), Some(Section(section)), "{title}");
        }
        assert_eq!(Section::of_title("Active Connections"), None);
        assert_eq!(Section::of_title("TCPIP"), None);
    }

    #[test]
    fn the_two_orders_of_echo_rows_are_told_apart_by_their_number() {
        let icmp = Section("icmpv4");
        assert_eq!(icmp.layout(13).unwrap()[7], "echos");
        assert_eq!(icmp.layout(15).unwrap()[7], "echo-replies");
        assert_eq!(icmp.layout(14), None);
        assert_eq!(icmp.common_start(15).len(), 7);
    }
}
