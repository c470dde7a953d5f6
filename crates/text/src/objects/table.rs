//! `Format-Table`: titles over a rule of dashes. Rows are read by their words, since numbers stand at the right of their column
//! and may be wider than its title.

use super::{Fields, Kind};
use crate::lines::Line;

/// The words of a row of the DNS cache where nothing is missing: name, owner, type, state, section, time to live, length, data.
const CACHE_NAMES: [&str; 8] = [
    "Entry",
    "RecordName",
    "RecordType",
    "Status",
    "Section",
    "TimeToLive",
    "DataLength",
    "Data",
];
/// A denial has no section, no time and no data.
const FEWEST_CACHE_WORDS: usize = 3;

/// A table of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Table {
    kind: Kind,
    owners: bool,
}

impl Table {
    /// Reads the rule under the titles. The titles of the cache take two lines, of which the first decides; both are given
    /// where the text before had them.
    pub(super) fn start(text: &str, titles: Option<&str>) -> Option<(Kind, Self)> {
        let rule = text.trim();
        let columns = rule.split_whitespace().count();
        if columns < 2 || !rule.bytes().all(|byte| byte == b'-' || byte == b' ') {
            return None;
        }
        let titles: Vec<&str> = titles?.split_whitespace().collect();
        let has = |wanted: &str| titles.contains(&wanted);
        // Under the long titles of the cache stand the second halves of three of them.
        let cache = columns == CACHE_NAMES.len() && titles == ["Type", "Live", "Length"];
        let kind = if cache {
            Kind::CachedName
        } else {
            Kind::of(&has).filter(|kind| matches!(kind, Kind::TcpConnection | Kind::UdpEndpoint | Kind::CachedName))?
        };
        let owners = has("OwningProcess");
        Some((kind, Self { kind, owners }))
    }

    /// A row; none where the line is no such row.
    pub(super) fn row(&self, line: &Line) -> Option<Fields> {
        let words: Vec<&str> = line.text.split_whitespace().collect();
        let values = match self.kind {
            Kind::TcpConnection => self.connection(&words)?,
            Kind::UdpEndpoint => self.endpoint(&words)?,
            Kind::CachedName => cached(&words)?,
            Kind::Defender | Kind::FirewallRule => return None,
        };
        let values = values
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Some(Fields {
            span: line.span,
            values,
        })
    }

    fn connection<'a>(&self, words: &[&'a str]) -> Option<Vec<(&'static str, &'a str)>> {
        let [local, local_port, remote, remote_port, state, rest @ ..] = words else {
            return None;
        };
        let mut values = vec![
            ("LocalAddress", *local),
            ("LocalPort", number(local_port)?),
            ("RemoteAddress", *remote),
            ("RemotePort", number(remote_port)?),
            ("State", *state),
        ];
        if let Some(owner) = rest.last().filter(|_| self.owners && rest.len() <= 2) {
            values.push(("OwningProcess", number(owner)?));
        }
        Some(values)
    }

    fn endpoint<'a>(&self, words: &[&'a str]) -> Option<Vec<(&'static str, &'a str)>> {
        let (local, port, rest) = match words {
            [local, port, rest @ ..] if rest.len() <= 1 => (*local, *port, rest),
            _ => return None,
        };
        let mut values = vec![("LocalAddress", local), ("LocalPort", number(port)?)];
        if let Some(owner) = rest.first().filter(|_| self.owners) {
            values.push(("OwningProcess", number(owner)?));
        }
        Some(values)
    }
}

fn cached<'a>(words: &[&'a str]) -> Option<Vec<(&'static str, &'a str)>> {
    if words.len() == CACHE_NAMES.len() {
        number(words.get(5)?)?;
        return Some(CACHE_NAMES.into_iter().zip(words.iter().copied()).collect());
    }
    let denial = (FEWEST_CACHE_WORDS..CACHE_NAMES.len()).contains(&words.len());
    denial.then(|| words.first().map(|entry| vec![("Entry", *entry)]))?
}

fn number(word: &str) -> Option<&str> {
    word.parse::<u32>().is_ok().then_some(word)
}
