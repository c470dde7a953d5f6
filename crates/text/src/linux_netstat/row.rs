//! One row: `tcp 0 0 local foreign [state] [user inode] [pid/program] [timer]`.

use whotalks_record::{Endpoint, IpProtocol, Pid, SocketState};

use crate::endpoint::Party;
use crate::state;

/// Without `-W` an address column has 23 characters and longer addresses are cut to fit, which can leave a shorter but
/// valid IPv6 address: another host.
const ADDRESS_COLUMN: usize = 23;

/// The column of process id and program has 20 characters, of which 19 are used; longer names are cut.
const PROGRAM_COLUMN: usize = 19;

/// Families whose rows are sockets too, but none that whotalks follows.
const OTHER_PROTOCOLS: [&str; 8] = ["raw", "raw6", "udplite", "udplit6", "sctp", "sctp6", "icmp", "l2cap"];

/// What a line is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Parsed {
    Row(Row),
    Skipped,
    Other,
}

/// A row's columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) protocol: IpProtocol,
    pub(crate) local: Party,
    pub(crate) foreign: Party,
    pub(crate) state: Option<SocketState>,
    pub(crate) pid: Option<Pid>,
    pub(crate) program: Option<String>,
    /// Whether there is a column for the owner, known or not.
    pub(crate) owner_column: bool,
    /// Whether an IPv6 address fills its column to the last character and may have lost more.
    pub(crate) may_be_cut: bool,
    /// Whether an address is longer than the column, which proves that none is cut.
    pub(crate) is_wide: bool,
    /// Both ends as written.
    pub(crate) ends: String,
}

impl Row {
    /// The far end, or nobody; see [`Party::remote`].
    pub(crate) fn remote(&self) -> Option<Option<Endpoint>> {
        if self.state == Some(SocketState::Listen) {
            Some(None)
        } else {
            self.foreign.remote()
        }
    }
}

/// Reads a line by the shape of its columns.
pub(crate) fn parse(text: &str) -> Parsed {
    let mut rest = text;
    let first = next_word(&mut rest);
    if first == "unix" || OTHER_PROTOCOLS.contains(&first) {
        return Parsed::Skipped;
    }
    let protocol = match first {
        "tcp" | "tcp6" => IpProtocol::TCP,
        "udp" | "udp6" => IpProtocol::UDP,
        _ => return Parsed::Other,
    };
    if !is_number(next_word(&mut rest)) || !is_number(next_word(&mut rest)) {
        return Parsed::Other;
    }
    let (local, foreign) = (next_word(&mut rest), next_word(&mut rest));
    let parties = (Party::parse(local, protocol), Party::parse(foreign, protocol));
    let (Some(local_party), Some(foreign_party)) = parties else {
        return Parsed::Other;
    };
    let state = state_of(&mut rest);
    let (pid, program, owner_column) = owner(rest);
    let longest = local.len().max(foreign.len());
    let may_be_cut = |end: &str| end.len() == ADDRESS_COLUMN && end.matches(':').count() > 1;
    Parsed::Row(Row {
        protocol,
        local: local_party,
        foreign: foreign_party,
        state: state.filter(|_| protocol == IpProtocol::TCP),
        pid,
        program,
        owner_column,
        may_be_cut: may_be_cut(local) || may_be_cut(foreign),
        is_wide: longest > ADDRESS_COLUMN,
        ends: format!("{local} {foreign}"),
    })
}

fn next_word<'a>(rest: &mut &'a str) -> &'a str {
    let text = rest.trim_start();
    let (word, after) = text
        .split_at_checked(text.find(char::is_whitespace).unwrap_or(text.len()))
        .unwrap_or((text, ""));
    *rest = after;
    word
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn state_of(rest: &mut &str) -> Option<SocketState> {
    let mut after = *rest;
    let state = state::of_word(next_word(&mut after))?;
    *rest = after;
    Some(state)
}

/// `1215/sshd: user`, up to the next column; `-` where the owner was not told. The user and inode columns of `-e` come
/// before it, the timer of `-o` after it.
fn owner(rest: &str) -> (Option<Pid>, Option<String>, bool) {
    let mut after = rest;
    loop {
        let before = after;
        let word = next_word(&mut after);
        if word.is_empty() {
            return (None, None, false);
        }
        if word == "-" {
            return (None, None, true);
        }
        let Some((pid, _)) = word.split_once('/').filter(|(pid, _)| is_number(pid)) else {
            continue;
        };
        let column = before.trim_start();
        let column = column.split("  ").next().unwrap_or(column).trim_end();
        let program = column
            .split_once('/')
            .map(|(_, program)| program)
            .filter(|program| !program.is_empty());
        let cut = column.len() >= PROGRAM_COLUMN;
        let program = program.map(|program| {
            if cut {
                format!("{program}…")
            } else {
                program.to_owned()
            }
        });
        return (pid.parse().ok().map(Pid), program, true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Row {
        match parse(text) {
            Parsed::Row(row) => row,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn owners_are_found_among_the_other_columns() {
        for (text, pid, program) in [
            (
                "tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN 1127/sshd",
                Some(1127),
                Some("sshd"),
            ),
            (
                "tcp6 0 0 ::1:22 ::1:38134 ESTABLISHED root 63129 6492/sshd: kbrazil  ",
                Some(6492),
                Some("sshd: kbrazil"),
            ),
            (
                "udp 0 0 0.0.0.0:5353 0.0.0.0:* 442/avahi-daemon: r",
                Some(442),
                Some("avahi-daemon: r…"),
            ),
            (
                "tcp 0 0 10.0.0.1:22 10.0.0.2:5 ESTABLISHED 7/a  keepalive (7000.00/0/0)",
                Some(7),
                Some("a"),
            ),
            ("tcp 0 0 10.0.0.1:22 10.0.0.2:5 TIME_WAIT -", None, None),
        ] {
            let row = row(text);
            assert_eq!((row.pid, row.program.as_deref()), (pid.map(Pid), program), "{text}");
            assert!(row.owner_column);
        }
    }

    #[test]
    fn an_ipv6_address_that_fills_its_column_may_be_cut() {
        let full = "2001:db8:1:2::333:44433";
        assert_eq!(full.len(), ADDRESS_COLUMN);
        assert!(row(&format!("tcp6 0 0 {full} :::* LISTEN")).may_be_cut);
        assert!(row("tcp6 0 0 2001:db8:1:2:3:333:44433 :::* LISTEN").is_wide);
        assert!(!row("tcp6 0 0 ::1:22 ::1:38134 ESTABLISHED").may_be_cut);
        assert!(!row("tcp 0 0 100.100.100.100:55555 0.0.0.0:* LISTEN").may_be_cut);
    }

    #[test]
    fn other_sockets_are_skipped_and_other_lines_are_no_rows() {
        assert_eq!(parse("raw6 0 0 [::]:58 [::]:* 7"), Parsed::Skipped);
        for text in [
            "tcp ESTAB 0 0 10.0.0.1:1 10.0.0.2:2",
            "tcp4 0 0 10.0.0.1.22 *.* LISTEN",
            "tcp 0 0 x y",
            "",
        ] {
            assert_eq!(parse(text), Parsed::Other, "{text}");
        }
    }
}
