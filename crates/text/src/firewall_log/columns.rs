//! Which column holds what.

/// The columns that current Windows writes; the last one only on newer builds, the one before not on Windows XP.
const USUAL: &str = "date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype \
                     icmpcode info path pid";

/// The most columns looked at; Windows has eighteen names for them.
const MOST_COLUMNS: usize = 64;

/// The places of the columns that are read, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) date: usize,
    pub(super) time: usize,
    pub(super) action: usize,
    pub(super) protocol: usize,
    pub(super) source_address: usize,
    pub(super) destination_address: usize,
    pub(super) source_port: Option<usize>,
    pub(super) destination_port: Option<usize>,
    pub(super) tcp_flags: Option<usize>,
    pub(super) info: Option<usize>,
    pub(super) path: Option<usize>,
    pub(super) pid: Option<usize>,
}

impl Columns {
    /// The columns of a `#Fields` line; none where a row could not say what happened between whom.
    pub(super) fn named(fields: &str) -> Option<Self> {
        let names: Vec<String> = fields
            .split_whitespace()
            .take(MOST_COLUMNS)
            .map(str::to_ascii_lowercase)
            .collect();
        let place = |name: &str| names.iter().position(|known| known == name);
        Some(Self {
            date: place("date")?,
            time: place("time")?,
            action: place("action")?,
            protocol: place("protocol")?,
            source_address: place("src-ip")?,
            destination_address: place("dst-ip")?,
            source_port: place("src-port"),
            destination_port: place("dst-port"),
            tcp_flags: place("tcpflags"),
            info: place("info"),
            path: place("path"),
            pid: place("pid"),
        })
    }

    /// The columns of a log that has lost its header.
    pub(super) fn usual() -> Self {
        Self::named(USUAL).unwrap_or(Self {
            date: 0,
            time: 1,
            action: 2,
            protocol: 3,
            source_address: 4,
            destination_address: 5,
            source_port: None,
            destination_port: None,
            tcp_flags: None,
            info: None,
            path: None,
            pid: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_in_any_order() {
        let columns = Columns::named(" pid action date time protocol dst-ip src-ip").unwrap();
        assert_eq!(
            (columns.date, columns.source_address, columns.pid, columns.path),
            (2, 6, Some(0), None)
        );
        assert_eq!(Columns::named("date time s-ip cs-method"), None);
        assert_eq!(Columns::usual().pid, Some(17));
    }
}
