//! Logs and listings of other tools that are named and not read.

use crate::format::Format;

/// How many lines are looked at.
const SEARCHED_LINES: usize = 40;

/// The fewest dashes that `ipconfig /displaydns` draws under a name.
const DNS_CACHE_RULE: &str = "----------------------------------------";

type Check = fn(&[&str]) -> bool;

const CHECKS: &[(Check, Format)] = &[
    (is_zeek, Format::ZeekLog),
    (is_firewall_log, Format::FirewallLog),
    (is_w3c_log, Format::W3cLog),
    (is_squid_log, Format::SquidLog),
    (is_web_log, Format::WebLog),
    (is_registry_export, Format::RegistryExport),
    (is_dns_cache, Format::DnsCache),
    (is_ipconfig, Format::Ipconfig),
    (is_route_table, Format::RouteTable),
    (is_systeminfo, Format::Systeminfo),
    (is_lsof, Format::Lsof),
];

/// The log or listing that `text` begins with.
pub(super) fn detect(text: &str) -> Option<Format> {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(SEARCHED_LINES)
        .collect();
    CHECKS
        .iter()
        .find_map(|(check, format)| check(&lines).then_some(*format))
}

fn first<'a>(lines: &[&'a str]) -> &'a str {
    lines.first().copied().unwrap_or_default()
}

fn any(lines: &[&str], start: &str) -> bool {
    lines.iter().any(|line| line.starts_with(start))
}

fn is_zeek(lines: &[&str]) -> bool {
    first(lines).starts_with("#separator ") || (any(lines, "#fields\t") && any(lines, "#path\t"))
}

fn is_firewall_log(lines: &[&str]) -> bool {
    any(lines, "#Software: Microsoft Windows Firewall")
}

/// W3C Extended Log File Format: directives, among them the fields.
fn is_w3c_log(lines: &[&str]) -> bool {
    first(lines).starts_with('#') && any(lines, "#Fields:")
}

/// Native log: `1157689312.049   5006 10.105.21.199 TCP_MISS/200 …`.
fn is_squid_log(lines: &[&str]) -> bool {
    let mut words = first(lines).split_whitespace();
    let time = words.next().and_then(|word| word.split_once('.'));
    let seconds = time.is_some_and(|(seconds, fraction)| is_number(seconds, 9) && is_number(fraction, 3));
    let elapsed = words
        .next()
        .is_some_and(|word| is_number(word.trim_start_matches('-'), 1));
    let result = words.nth(1).and_then(|word| word.split_once('/'));
    seconds
        && elapsed
        && result.is_some_and(|(code, status)| {
            code.contains("TCP") | code.contains("UDP") | code.contains("NONE") && is_number(status, 3)
        })
}

fn is_number(word: &str, least_digits: usize) -> bool {
    word.len() >= least_digits && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Common Log Format: `host ident user [13/Jan/2016:19:31:16 +0000] "GET …`.
fn is_web_log(lines: &[&str]) -> bool {
    let line = first(lines);
    let Some((before, rest)) = line.split_once(" [") else {
        return false;
    };
    let Some((time, rest)) = rest.split_once("] \"") else {
        return false;
    };
    before.split(' ').count() == 3
        && time.matches(':').count() == 3
        && time.matches('/').count() == 2
        && rest.contains('"')
}

fn is_registry_export(lines: &[&str]) -> bool {
    first(lines).starts_with("Windows Registry Editor Version") || first(lines).starts_with("REGEDIT4")
}

/// A name, a rule of dashes below it, and dotted keys, in any language.
fn is_dns_cache(lines: &[&str]) -> bool {
    lines.iter().any(|line| line.trim() == DNS_CACHE_RULE) && lines.iter().any(|line| is_dotted_key(line))
}

/// The title stays `Windows IP` in most languages; the dotted keys in all.
fn is_ipconfig(lines: &[&str]) -> bool {
    first(lines).contains("Windows") && first(lines).contains("IP") && lines.iter().any(|line| is_dotted_key(line))
}

/// `   Host Name . . . . . . . . . . . . : WIN-SERVER16`.
fn is_dotted_key(line: &str) -> bool {
    line.split_once(" : ").is_some_and(|(key, _)| key.contains(". . ."))
}

/// A rule of equal signs and interfaces as ` 11...00 50 56 c0 00 08 ......name`.
fn is_route_table(lines: &[&str]) -> bool {
    let interface = |line: &&str| {
        line.trim_start()
            .split_once("...")
            .is_some_and(|(index, rest)| is_number(index, 1) && rest.contains("......"))
    };
    first(lines).starts_with("=====") && lines.iter().any(interface)
}

/// Host name, product, version and maker of the system, one a line, aligned; the version line is the same in every language.
fn is_systeminfo(lines: &[&str]) -> bool {
    lines.iter().take(6).any(|line| line.contains("Microsoft Windows"))
        && lines
            .iter()
            .take(8)
            .any(|line| line.contains(" Build ") || line.contains(" ビルド "))
        && lines.iter().take(4).all(|line| line.contains(':'))
}

fn is_lsof(lines: &[&str]) -> bool {
    let words: Vec<&str> = first(lines).split_whitespace().collect();
    words.first() == Some(&"COMMAND") && words.contains(&"FD") && words.last() == Some(&"NAME")
}
