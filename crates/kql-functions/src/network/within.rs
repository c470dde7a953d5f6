//! IPv4 addresses within texts: bounded by anything but letters, digits and points.

use super::ipv4::Ipv4;

/// The addresses of a text.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|character: char| !(character.is_alphanumeric() || character == '.'));
    parts
        .map(|part| part.trim_end_matches('.'))
        .filter(|part| Ipv4::parse(part).is_some())
}

/// Whether a text has an address.
pub(super) fn has(text: &str, address: &str) -> bool {
    Ipv4::parse(address).is_some_and(|wanted| addresses(text).any(|found| Ipv4::parse(found) == Some(wanted)))
}

/// Whether a text has an address that begins with a prefix: a whole address, or numbers with a point behind them.
pub(super) fn has_prefix(text: &str, prefix: &str) -> bool {
    if Ipv4::parse(prefix).is_some() {
        return has(text, prefix);
    }
    let numbers = prefix.strip_suffix('.').unwrap_or_default();
    let known = !numbers.is_empty() && numbers.split('.').all(|number| number.parse::<u8>().is_ok());
    known && addresses(text).any(|found| found.starts_with(prefix))
}
