//! One connection row: `TCP local foreign state [pid [offload]]`, `UDP local foreign [pid]`.

use whotalks_record::{IpProtocol, Pid, SocketState};

use crate::endpoint::Party;
use crate::state;

/// A row never has more columns: protocol, local, foreign, state, process, offload state, template.
const MOST_COLUMNS: usize = 7;

/// What a line is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Parsed {
    /// A row.
    Row(Row),
    /// The beginning of a row whose rest is on the next line.
    Beginning,
    /// No row.
    Other,
}

/// A row's columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) protocol: IpProtocol,
    pub(crate) local: Party,
    pub(crate) foreign: Party,
    pub(crate) state: Option<SocketState>,
    /// A state in words that are not known.
    pub(crate) state_word: Option<String>,
    pub(crate) pid: Option<Pid>,
}

impl Row {
    /// How much of a row is there; joining two lines must add to it.
    pub(crate) fn columns(&self) -> u8 {
        let state = u8::from(self.state.is_some() || self.protocol == IpProtocol::UDP);
        1 + state + u8::from(self.pid.is_some())
    }
}

/// The protocol a row begins with. Windows writes it in capitals, Linux in small letters.
pub(crate) fn protocol(word: &str) -> Option<IpProtocol> {
    match word {
        "TCP" | "TCPv6" => Some(IpProtocol::TCP),
        "UDP" | "UDPv6" => Some(IpProtocol::UDP),
        _ => None,
    }
}

/// Reads a line by the shape of its columns.
pub(crate) fn parse(text: &str) -> Parsed {
    let columns: Vec<&str> = text.split_whitespace().take(MOST_COLUMNS + 1).collect();
    let Some((first, rest)) = columns.split_first() else {
        return Parsed::Other;
    };
    let Some(protocol) = protocol(first) else {
        return Parsed::Other;
    };
    let Some((local, rest)) = party(rest, protocol) else {
        return Parsed::Other;
    };
    match party(rest, protocol) {
        Some((foreign, rest)) => row(protocol, local, foreign, rest),
        // A hard line break may have cut the foreign address in two.
        None if rest.len() <= 1 => Parsed::Beginning,
        None => Parsed::Other,
    }
}

fn party<'a, 'b>(columns: &'b [&'a str], protocol: IpProtocol) -> Option<(Party, &'b [&'a str])> {
    let (first, rest) = columns.split_first()?;
    Some((Party::parse(first, protocol)?, rest))
}

fn row(protocol: IpProtocol, local: Party, foreign: Party, rest: &[&str]) -> Parsed {
    let (word, rest) = match rest.split_first() {
        Some((word, rest)) if protocol == IpProtocol::TCP && pid(word).is_none() => (Some(*word), rest),
        _ => (None, rest),
    };
    if word.is_some_and(|word| !is_state(word)) || rest.len() > 3 {
        return Parsed::Other;
    }
    let state = word
        .and_then(state::of_word)
        .or_else(|| listening(protocol, foreign, word));
    Parsed::Row(Row {
        protocol,
        local,
        foreign,
        state,
        state_word: word.filter(|_| state.is_none()).map(str::to_owned),
        pid: rest.first().and_then(|word| pid(word)),
    })
}

/// A translated state beside the foreign address `0.0.0.0:0` can only be the listening one: `-q` names its bound ones in
/// English everywhere.
fn listening(protocol: IpProtocol, foreign: Party, word: Option<&str>) -> Option<SocketState> {
    let nobody = matches!(foreign, Party::Known(endpoint) if endpoint.is_unspecified() && endpoint.port == 0);
    (protocol == IpProtocol::TCP && nobody && word.is_some()).then_some(SocketState::Listen)
}

fn is_state(word: &str) -> bool {
    word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) && word.chars().any(char::is_alphabetic)
}

fn pid(word: &str) -> Option<Pid> {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|_| digits).map(Pid)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row_of(text: &str) -> Option<Row> {
        match parse(text) {
            Parsed::Row(row) => Some(row),
            _ => None,
        }
    }

    #[test]
    fn rows_of_every_option_are_read() {
        for (text, pid, columns) in [
            ("TCP 0.0.0.0:135 0.0.0.0:0 LISTENING", None, 2),
            ("TCP 0.0.0.0:135 0.0.0.0:0 LISTENING 748", Some(748), 3),
            ("TCP 0.0.0.0:135 0.0.0.0:0 LISTENING 748 InHost", Some(748), 3),
            ("TCP 0.0.0.0:135 0.0.0.0:0 LISTENING InHost", None, 2),
            ("TCP 0.0.0.0:135 *:* LISTENING 748", Some(748), 3),
            ("UDP 0.0.0.0:123 *:* 1036", Some(1036), 3),
            ("UDP [fe80::1%4]:123 *:*", None, 2),
            ("TCP 10.0.0.1:1 192.0.2.1:2 4294967295", Some(u32::MAX), 2),
        ] {
            let row = row_of(text).unwrap();
            assert_eq!((row.pid, row.columns()), (pid.map(Pid), columns), "{text}");
        }
    }

    #[test]
    fn a_translated_listening_row_is_known_by_its_foreign_end() {
        let row = row_of("TCP 0.0.0.0:135 0.0.0.0:0 ABHÖREN 748").unwrap();
        assert_eq!((row.state, row.state_word), (Some(SocketState::Listen), None));
        let row = row_of("TCP 10.0.0.1:5 192.0.2.1:443 HERGESTELLT 748").unwrap();
        assert_eq!((row.state, row.state_word.as_deref()), (None, Some("HERGESTELLT")));
    }

    #[test]
    fn prose_is_no_row() {
        for text in [
            "TCP connections are shown",
            "TCP 10.0.0.1:1 to 192.0.2.1:2",
            "TCP 10.0.0.1:1 192.0.2.1:2 was seen to be open for days",
            "TCP 10.0.0.1:1 192.0.2.1:2 (SYN)",
            "UDP",
            "tcp 0 0 10.0.0.1:1 192.0.2.1:2 ESTABLISHED",
        ] {
            assert_eq!(parse(text), Parsed::Other, "{text}");
        }
        assert_eq!(parse("TCP 10.0.0.1:1"), Parsed::Beginning);
    }
}
