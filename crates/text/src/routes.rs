//! `route print` and `netstat -r`: routes and default gateways, known by the shape of their rows in any language. It cannot see
//! which route a connection took, nor routes that policies or VPN programs choose by other means.

use std::net::{Ipv4Addr, Ipv6Addr};

use whotalks_record::{DeviceFactKind, ListingTool, Span};

use crate::dotted;
use crate::facts::{Facts, Said};
use crate::lines::Line;
use crate::output::{Output, joined};
use crate::recogniser::{End, Recogniser};

/// The word for a network that is reached without a gateway; the tools write it in the language of Windows.
const ON_LINK: &str = "on-link";
/// A gateway on a line of its own stands behind so many blanks.
const WRAPPED_INDENT: usize = 20;

/// Reads routes.
#[derive(Default)]
pub(crate) struct Routes {
    facts: Facts,
    /// An IPv6 route whose gateway stands on the next line.
    waiting: Option<Route>,
    /// Whether the list of interfaces has begun.
    listed: bool,
}

struct Route {
    span: Span,
    destination: String,
    gateway: String,
    rest: String,
}

impl Recogniser for Routes {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let claimed = self.take(line, output);
        if claimed {
            self.facts.touch(line.span);
        }
        claimed
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.waiting = None;
        self.listed = false;
        self.facts.close(output);
    }
}

impl Routes {
    fn take(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if let Some(waiting) = self.waiting.take() {
            let gateway = line.text.trim();
            if dotted::indent(&line.text) >= WRAPPED_INDENT && gateway.split_whitespace().count() == 1 {
                let gateway = gateway_of(&[gateway]);
                let span = joined(waiting.span, line.span);
                self.say(
                    &Route {
                        span,
                        gateway,
                        ..waiting
                    },
                    output,
                );
                return true;
            }
        }
        if let Some(route) = version_4(line) {
            self.say(&route, output);
            return true;
        }
        let begun = self.facts.is_open() || self.listed;
        if let Some(route) = version_6(line).filter(|_| begun) {
            match route.gateway.is_empty() {
                true => self.waiting = Some(route),
                false => self.say(&route, output),
            }
            return true;
        }
        self.listed |= is_interface(&line.text);
        begun && is_furniture(&line.text) || is_interface(&line.text)
    }

    fn say(&mut self, route: &Route, output: &mut Output<'_>) {
        let value = format!("{} {}", route.gateway, route.rest);
        let said = Said {
            span: route.span,
            about: Some(&route.destination),
            kind: DeviceFactKind::Route,
            value: &value,
        };
        self.facts.say(ListingTool::RoutePrint, &said, output);
    }
}

/// `destination mask gateway interface metric`; the gateway may be words.
fn version_4(line: &Line) -> Option<Route> {
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let [destination, mask, gateway @ .., interface, metric] = words.as_slice() else {
        return None;
    };
    let destination: Ipv4Addr = destination.parse().ok()?;
    let bits = mask.parse::<Ipv4Addr>().ok()?.to_bits();
    let interface: Ipv4Addr = interface.parse().ok()?;
    let metric: u32 = metric.parse().ok()?;
    let contiguous = bits.count_ones() == bits.leading_ones();
    (contiguous && !gateway.is_empty()).then(|| Route {
        span: line.span,
        destination: format!("{destination}/{}", bits.leading_ones()),
        gateway: gateway_of(gateway),
        rest: format!("{interface} {metric}"),
    })
}

/// `interface metric destination/length gateway`.
fn version_6(line: &Line) -> Option<Route> {
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let [interface, metric, destination, gateway @ ..] = words.as_slice() else {
        return None;
    };
    let interface: u32 = interface.parse().ok()?;
    let metric: u32 = metric.parse().ok()?;
    let (network, length) = destination.split_once('/')?;
    network.parse::<Ipv6Addr>().ok()?;
    let length: u8 = length.parse().ok().filter(|length| *length <= 128)?;
    Some(Route {
        span: line.span,
        destination: format!("{network}/{length}"),
        gateway: if gateway.is_empty() {
            String::new()
        } else {
            gateway_of(gateway)
        },
        rest: format!("if{interface} {metric}"),
    })
}

fn gateway_of(words: &[&str]) -> String {
    match words {
        [one] if one.parse::<std::net::IpAddr>().is_ok() => (*one).to_owned(),
        _ => ON_LINK.to_owned(),
    }
}

/// `12...00 15 5d 14 4d b0 ......Name`.
fn is_interface(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with("...")
}

/// What stands between the rows: rules, titles of parts, blank lines, routes that are kept over a boot.
fn is_furniture(text: &str) -> bool {
    let text = text.trim();
    let mut words = text.split_whitespace();
    let kept = words
        .by_ref()
        .take(3)
        .filter(|word| word.parse::<Ipv4Addr>().is_ok())
        .count()
        == 3;
    text.bytes().all(|byte| byte == b'=') || text.ends_with([':', '：']) || kept && words.count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use whotalks_record::EvidenceId;

    fn line(text: &str) -> Line {
        Line {
            span: Span::whole(EvidenceId(1)),
            text: text.to_owned(),
            dropped_bytes: 0,
            terminated: true,
        }
    }

    #[test]
    fn routes_of_both_families_and_languages_are_read() {
        let of = |text: &str| version_4(&line(text)).map(|route| (route.destination, route.gateway, route.rest));
        let expected = |destination: &str, gateway: &str| {
            Some((destination.to_owned(), gateway.to_owned(), "10.0.0.5 25".to_owned()))
        };
        assert_eq!(
            of("0.0.0.0  0.0.0.0  10.0.0.1  10.0.0.5  25"),
            expected("0.0.0.0/0", "10.0.0.1")
        );
        assert_eq!(
            of("10.0.0.0 255.255.255.0 On-link 10.0.0.5 25"),
            expected("10.0.0.0/24", "on-link")
        );
        assert_eq!(
            of("10.0.0.0 255.255.255.0 リンク上 10.0.0.5 25"),
            expected("10.0.0.0/24", "on-link")
        );
        assert_eq!(of("10.0.0.0 255.0.255.0 On-link 10.0.0.5 25"), None);
        assert_eq!(of("10.0.0.0 255.255.255.0 10.0.0.1 25"), None);
        assert!(version_6(&line(" 12    281 2001:db8::/64            On-link")).is_some());
        assert!(version_6(&line(" 12    281 twelve/64            On-link")).is_none());
    }
}
