//! What a packet says, in the words of its protocols: the innermost one that has something to say.

use super::Seen;

/// In any language: protocols have words of their own.
pub(super) fn info(seen: &Seen<'_, '_>) -> String {
    let rules = [dns, http, tls, tcp, udp, arp, icmp];
    rules.iter().find_map(|rule| rule(seen)).unwrap_or_default()
}

fn dns(seen: &Seen<'_, '_>) -> Option<String> {
    let name = seen.text("dns.qry.name")?;
    let kind = seen.label("dns.qry.type").unwrap_or_default();
    let is_response = seen.number("dns.flags.response") == Some(1);
    let what = if is_response { "response" } else { "query" };
    Some(format!("{what} {kind} {name}"))
}

fn http(seen: &Seen<'_, '_>) -> Option<String> {
    if let Some(method) = seen.text("http.request.method") {
        return Some(format!(
            "{method} {}",
            seen.text("http.request.uri").unwrap_or_default()
        ));
    }
    seen.number("http.response.code").map(|code| format!("HTTP {code}"))
}

fn tls(seen: &Seen<'_, '_>) -> Option<String> {
    let message = seen.label("tls.handshake.type")?;
    Some(match seen.text("tls.handshake.extensions_server_name") {
        Some(name) => format!("{message} (SNI={name})"),
        None => message.to_owned(),
    })
}

fn tcp(seen: &Seen<'_, '_>) -> Option<String> {
    let (source, destination) = (seen.number("tcp.srcport")?, seen.number("tcp.dstport")?);
    let numbers = [
        ("Seq", "tcp.seq"),
        ("Ack", "tcp.ack"),
        ("Win", "tcp.window_size"),
        ("Len", "tcp.len"),
    ];
    let numbers = numbers.map(|(word, name)| seen.number(name).map(|number| format!(" {word}={number}")));
    let numbers: String = numbers.into_iter().flatten().collect();
    Some(format!("{source} → {destination} [{}]{numbers}", flags(seen)))
}

fn flags(seen: &Seen<'_, '_>) -> String {
    let flags = [
        ("SYN", "tcp.flags.syn"),
        ("FIN", "tcp.flags.fin"),
        ("RST", "tcp.flags.reset"),
        ("PSH", "tcp.flags.push"),
        ("ACK", "tcp.flags.ack"),
    ];
    let set = flags.into_iter().filter(|(_, name)| seen.number(name) == Some(1));
    set.map(|(word, _)| word).collect::<Vec<_>>().join(", ")
}

fn udp(seen: &Seen<'_, '_>) -> Option<String> {
    let (source, destination) = (seen.number("udp.srcport")?, seen.number("udp.dstport")?);
    // The length counts the header, which has 8 bytes (RFC 768).
    let data = seen.number("udp.length").map(|length| length.saturating_sub(8));
    let data = data.map_or_else(String::new, |data| format!(" Len={data}"));
    Some(format!("{source} → {destination}{data}"))
}

fn arp(seen: &Seen<'_, '_>) -> Option<String> {
    let (sender, target) = (seen.text("arp.src.proto_ipv4")?, seen.text("arp.dst.proto_ipv4")?);
    Some(match seen.number("arp.opcode")? {
        1 => format!("who has {target}? tell {sender}"),
        2 => format!("{sender} is at {}", seen.text("eth.src").unwrap_or_default()),
        opcode => format!("opcode {opcode}"),
    })
}

fn icmp(seen: &Seen<'_, '_>) -> Option<String> {
    ["icmp.type", "icmpv6.type"].into_iter().find_map(|name| {
        let number = seen.number(name)?;
        Some(seen.label(name).map_or_else(|| format!("type {number}"), str::to_owned))
    })
}
