//! What a text looks like that holds no listing, so that a file which is not read still gets an honest line.

use crate::encoding::decode;
use crate::firewall_log::is_row;

/// Lines looked at.
const LOOKED_AT_LINES: usize = 40;

/// Bytes looked at.
const LOOKED_AT_BYTES: usize = 16_384;

/// A guess by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextKind {
    /// Nothing in it.
    Empty,
    /// Not text.
    Binary,
    /// `lsof`, which a later version reads.
    Lsof,
    /// BSD or macOS `netstat`, which is not read.
    BsdNetstat,
    /// The Windows Firewall's text log.
    FirewallLog,
    /// An IIS log.
    IisLog,
    /// Another W3C extended log.
    W3cLog,
    /// A Zeek log.
    ZeekLog,
    /// A squid access log in its native format.
    SquidLog,
    /// A web server's access log.
    WebLog,
    /// A cloud load balancer's access log.
    LoadBalancerLog,
    /// syslog.
    Syslog,
    /// `ipconfig`.
    Ipconfig,
    /// `ipconfig /displaydns`.
    DnsCache,
    /// `route print` or `netstat -r`.
    RouteTable,
    /// `systeminfo`.
    Systeminfo,
    /// `auditpol /get /r`.
    Auditpol,
    /// A registry export.
    RegistryExport,
    /// XML.
    Xml,
    /// HTML.
    Html,
    /// JSON lines.
    JsonLines,
    /// JSON.
    Json,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Markdown.
    Markdown,
    /// Any other text.
    PlainText,
}

impl TextKind {
    /// The technical name, the same in every language.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary => "binary data",
            Self::Lsof => "lsof",
            Self::BsdNetstat => "BSD netstat",
            Self::FirewallLog => "pfirewall.log",
            Self::IisLog => "IIS log",
            Self::W3cLog => "W3C extended log",
            Self::ZeekLog => "Zeek log",
            Self::SquidLog => "squid access log",
            Self::WebLog => "web access log",
            Self::LoadBalancerLog => "load balancer access log",
            Self::Syslog => "syslog",
            Self::Ipconfig => "ipconfig",
            Self::DnsCache => "ipconfig /displaydns",
            Self::RouteTable => "route print",
            Self::Systeminfo => "systeminfo",
            Self::Auditpol => "auditpol",
            Self::RegistryExport => "registry export",
            Self::Xml => "XML",
            Self::Html => "HTML",
            Self::JsonLines => "JSON lines",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Markdown => "Markdown",
            Self::PlainText => "plain text",
        }
    }
}

/// Guesses what a text is from its first bytes.
pub fn describe(prefix: &[u8]) -> TextKind {
    let prefix = prefix.get(..prefix.len().min(LOOKED_AT_BYTES)).unwrap_or_default();
    let decoded = decode(prefix);
    let lines: Vec<&str> = decoded
        .text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(LOOKED_AT_LINES)
        .collect();
    let Some(first) = lines.first() else {
        return TextKind::Empty;
    };
    if is_binary(&decoded.text) {
        return TextKind::Binary;
    }
    of_markup(first, &lines)
        .or_else(|| of_log(first, &lines))
        .or_else(|| of_tool(&lines))
        .or_else(|| of_separator(&lines))
        .unwrap_or(TextKind::PlainText)
}

fn is_binary(text: &str) -> bool {
    let strange = |c: &char| (c.is_control() && !c.is_whitespace()) || *c == '\u{fffd}';
    let count = text.chars().filter(strange).count();
    count.saturating_mul(20) > text.chars().count()
}

fn of_markup(first: &str, lines: &[&str]) -> Option<TextKind> {
    let start = first.trim_start().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Some(TextKind::Html);
    }
    if start.starts_with("<?xml") || (start.starts_with('<') && start.contains('>') && !is_syslog_priority(&start)) {
        return Some(TextKind::Xml);
    }
    if start.starts_with('{') || start.starts_with('[') && !first.trim_start().starts_with("[2") {
        let whole = lines
            .iter()
            .filter(|line| line.starts_with('{') && line.trim_end().ends_with('}'))
            .count();
        return Some(if whole == lines.len() && whole > 1 {
            TextKind::JsonLines
        } else {
            TextKind::Json
        });
    }
    first
        .starts_with("Windows Registry Editor")
        .then_some(TextKind::RegistryExport)
}

fn of_log(first: &str, lines: &[&str]) -> Option<TextKind> {
    let any = |wanted: &str| lines.iter().any(|line| line.starts_with(wanted));
    if any("#Fields:") {
        let software = lines
            .iter()
            .find(|line| line.starts_with("#Software:"))
            .copied()
            .unwrap_or_default();
        return Some(match software {
            software if software.contains("Firewall") => TextKind::FirewallLog,
            software if software.contains("Internet Information") => TextKind::IisLog,
            _ => TextKind::W3cLog,
        });
    }
    if lines.len() > 1 && lines.iter().all(|line| is_row(line)) {
        return Some(TextKind::FirewallLog);
    }
    if any("#separator") || any("#fields\t") {
        return Some(TextKind::ZeekLog);
    }
    let words: Vec<&str> = first.split_whitespace().collect();
    if is_squid(&words) {
        return Some(TextKind::SquidLog);
    }
    if matches!(words.first(), Some(&("http" | "https" | "h2" | "ws" | "wss" | "grpcs"))) && words.len() > 10 {
        return Some(TextKind::LoadBalancerLog);
    }
    if words.get(3).is_some_and(|word| is_web_time(word)) {
        return Some(TextKind::WebLog);
    }
    (is_syslog_priority(first) || is_syslog_time(&words)).then_some(TextKind::Syslog)
}

/// `1700000000.123 52 10.0.0.1 TCP_TUNNEL/200 4512 CONNECT host:443 …`
fn is_squid(words: &[&str]) -> bool {
    let time = words.first().and_then(|word| word.split_once('.'));
    let epoch =
        time.is_some_and(|(seconds, rest)| seconds.len() >= 9 && rest.len() == 3 && seconds.parse::<u64>().is_ok());
    epoch && words.get(3).is_some_and(|word| word.contains('/'))
}

/// `[13/Jan/2016:19:31:16`
fn is_web_time(word: &str) -> bool {
    word.starts_with('[') && word.matches('/').count() == 2 && word.matches(':').count() == 3
}

fn is_syslog_priority(line: &str) -> bool {
    let number = line.strip_prefix('<').and_then(|rest| rest.split_once('>'));
    number.is_some_and(|(number, _)| number.len() <= 3 && number.parse::<u8>().is_ok())
}

/// `Nov 21 10:00:00 host`
fn is_syslog_time(words: &[&str]) -> bool {
    let month = words
        .first()
        .is_some_and(|word| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let day = words
        .get(1)
        .is_some_and(|word| word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)));
    let clock = words
        .get(2)
        .is_some_and(|word| word.len() == 8 && word.matches(':').count() == 2);
    month && day && clock
}

fn of_tool(lines: &[&str]) -> Option<TextKind> {
    let any = |test: &dyn Fn(&str) -> bool| lines.iter().any(|line| test(line));
    let count = |test: &dyn Fn(&str) -> bool| lines.iter().filter(|line| test(line)).count();
    let dotted = count(&|line| line.contains(". . . :"));
    if any(&|line| line.trim().len() >= 40 && line.trim().bytes().all(|byte| byte == b'-')) && dotted > 0 {
        return Some(TextKind::DnsCache);
    }
    if dotted >= 3 {
        return Some(TextKind::Ipconfig);
    }
    if any(&|line| line.starts_with("COMMAND ") && line.contains(" PID ") && line.contains(" FD ")) {
        return Some(TextKind::Lsof);
    }
    if any(&|line| line.starts_with("tcp4 ") || line.starts_with("udp4 ") || line.starts_with("tcp46 ")) {
        return Some(TextKind::BsdNetstat);
    }
    if any(&|line| line.to_ascii_uppercase().contains("{0CCE92")) {
        return Some(TextKind::Auditpol);
    }
    if any(&|line| line.contains("...") && line.contains("......")) && any(&|line| line.starts_with("=====")) {
        return Some(TextKind::RouteTable);
    }
    let pairs = count(&|line| line.split_once(':').is_some_and(|(_, value)| value.starts_with("  ")));
    (pairs >= 8 && any(&|line| line.trim_start().starts_with("[01]:") || line.contains("KB")))
        .then_some(TextKind::Systeminfo)
}

fn of_separator(lines: &[&str]) -> Option<TextKind> {
    let first = lines.first()?;
    let regular = |separator: char| {
        let columns = first.matches(separator).count();
        columns >= 2
            && lines.len() >= 2
            && lines
                .iter()
                .take(3)
                .all(|line| line.matches(separator).count() >= columns)
    };
    if regular('\t') {
        return Some(TextKind::Tsv);
    }
    if regular(',') || regular(';') {
        return Some(TextKind::Csv);
    }
    let marked =
        |line: &&str| line.starts_with("# ") || line.starts_with("## ") || line.trim_start().starts_with("```");
    lines.iter().any(marked).then_some(TextKind::Markdown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_texts_are_named() {
        for (text, kind) in [
            ("", TextKind::Empty),
            ("\u{1}\u{2}\u{3}\u{4}abc", TextKind::Binary),
            (
                "#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Fields: date time",
                TextKind::FirewallLog,
            ),
            (
                "2026-11-21 10:00:00 DROP TCP 10.0.0.5 192.0.2.1\n2026-11-21 10:00:01 ALLOW UDP 10.0.0.5 192.0.2.1",
                TextKind::FirewallLog,
            ),
            (
                "1700000000.123     52 10.0.0.1 TCP_TUNNEL/200 4512 CONNECT a.example:443 - D/1 -",
                TextKind::SquidLog,
            ),
            (
                "10.0.0.1 - - [13/Jan/2016:19:31:16 +0000] \"GET / HTTP/1.1\" 200 4",
                TextKind::WebLog,
            ),
            ("#separator \\x09\n#fields\tts", TextKind::ZeekLog),
            ("<34>Oct 11 22:14:15 host su: x", TextKind::Syslog),
            ("Nov 21 10:00:00 host sshd[1]: x", TextKind::Syslog),
            ("{\"a\":1}\n{\"a\":2}", TextKind::JsonLines),
            ("<?xml version=\"1.0\"?><a/>", TextKind::Xml),
            ("a,b,c\n1,2,3\n", TextKind::Csv),
            ("a\tb\tc\n1\t2\t3\n", TextKind::Tsv),
            ("# Title\n\nText, that goes on.", TextKind::Markdown),
            (
                "COMMAND   PID USER   FD   TYPE DEVICE\nsystemd 1 root cwd",
                TextKind::Lsof,
            ),
            ("tcp4       0      0  127.0.0.1.22  *.*  LISTEN", TextKind::BsdNetstat),
            ("hello", TextKind::PlainText),
        ] {
            assert_eq!(describe(text.as_bytes()), kind, "{text}");
        }
    }
}
