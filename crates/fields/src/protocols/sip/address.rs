//! Addresses of SIP (RFC 3261 19.1, 20.10, 20.42).

use super::*;

/// The fields of an address: display name, address, user, host, port and tag.
type Party = [FieldId; 6];

pub(super) const FROM: Party = [FROM_DISPLAY_INFO, FROM_ADDR, FROM_USER, FROM_HOST, FROM_PORT, FROM_TAG];
pub(super) const TO: Party = [TO_DISPLAY_INFO, TO_ADDR, TO_USER, TO_HOST, TO_PORT, TO_TAG];

/// `sip:user@host:port;parameters`: the fields of all of it, user, host, port and parameters.
pub(super) fn uri<'a>(uri: &'a [u8], ids: &[Option<FieldId>; 5], out: &mut Out<'_, '_, 'a>) {
    let [whole, user_id, host_id, port_id, parameters_id] = *ids;
    let put = |out: &mut Out<'_, '_, 'a>, id: Option<FieldId>, text: Option<&'a [u8]>| {
        if let Some(id) = id {
            out.text(id, text);
        }
    };
    put(out, whole, Some(uri));
    let Some(rest) = after(uri, b':') else { return };
    let (user, rest) = match after(rest, b'@') {
        Some(behind) => (rest.get(..rest.len() - behind.len() - 1), behind),
        None => (None, rest),
    };
    put(out, user_id, user.map(|user| until(user, b":")));
    let host = until(rest, b":;>");
    put(out, host_id, Some(host));
    let port = rest.get(host.len()..).and_then(|rest| rest.strip_prefix(b":")).map(|rest| until(rest, b";>"));
    put(out, port_id, port);
    put(out, parameters_id, after(rest, b';').map(|rest| until(rest, b">")));
}

/// What stands behind the first of a byte.
fn after(text: &[u8], byte: u8) -> Option<&[u8]> {
    let at = text.iter().position(|held| *held == byte)?;
    text.get(at + 1..)
}

/// What stands before the first of some bytes.
fn until<'a>(text: &'a [u8], ends: &[u8]) -> &'a [u8] {
    text.split(|byte| ends.contains(byte)).next().unwrap_or_default()
}

/// The display name, the URI, and the parameters behind it: `"Bob" <sip:bob@example.com>;tag=1`.
fn split(value: &[u8]) -> (&[u8], &[u8], &[u8]) {
    let Some(open) = value.iter().position(|byte| *byte == b'<') else {
        let bare = until(value, b";");
        return (&[], bare, value.get(bare.len()..).unwrap_or_default());
    };
    let name = value.get(..open).unwrap_or_default().trim_ascii();
    let rest = value.get(open + 1..).unwrap_or_default();
    let address = until(rest, b">");
    (name, address, rest.get(address.len() + 1..).unwrap_or_default())
}

/// Parameters: `;name=value;name`.
fn parameters(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b';').map(<[u8]>::trim_ascii).filter(|one| !one.is_empty())
}

/// From or To.
pub(super) fn party<'a>(value: &'a [u8], ids: &Party, out: &mut Out<'_, '_, 'a>) {
    let [display, address, user, host, port, tag] = *ids;
    let (name, held, rest) = split(value);
    if !name.is_empty() {
        out.text(DISPLAY_INFO, Some(name));
        out.text(display, Some(name));
    }
    uri(held, &[Some(address), Some(user), Some(host), Some(port), None], out);
    let mark = parameters(rest).find_map(|one| one.strip_prefix(b"tag="));
    out.text(tag, mark);
    out.text(TAG, mark);
}

/// Contact.
pub(super) fn contact<'a>(value: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    let (_, held, rest) = split(value);
    let ids = [Some(CONTACT_URI), Some(CONTACT_USER), Some(CONTACT_HOST), Some(CONTACT_PORT), Some(CONTACT_PARAM)];
    uri(held, &ids, out);
    parameters(rest).for_each(|one| out.text(CONTACT_PARAMETER, Some(one)));
}

/// Via: `SIP/2.0/UDP host:port;branch=x;rport`.
pub(super) fn via<'a>(value: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    let (protocol, rest) = word(value);
    let Some(rest) = rest.map(<[u8]>::trim_ascii) else { return };
    out.text(VIA_TRANSPORT, protocol.split(|byte| *byte == b'/').nth(2));
    let sent_by = until(rest, b";");
    let host = until(sent_by, b":");
    out.text(VIA_SENT_BY_ADDRESS, Some(host));
    out.number(VIA_SENT_BY_PORT, sent_by.get(host.len() + 1..).and_then(number));
    for one in parameters(rest.get(sent_by.len()..).unwrap_or_default()) {
        let (name, held) = (until(one, b"="), after(one, b'='));
        match name {
            b"branch" => out.text(VIA_BRANCH, held),
            b"received" => out.text(VIA_RECEIVED, held),
            // A client asks with the name alone, a server answers with the port.
            b"rport" => out.text(VIA_RPORT, Some(held.unwrap_or(name))),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_in_brackets_or_bare() {
        let (name, address, rest) = split(b"\"Bob\" <sip:bob@example.com;lr>;tag=1");
        assert_eq!((name, address, rest), (&b"\"Bob\""[..], &b"sip:bob@example.com;lr"[..], &b";tag=1"[..]));
        assert_eq!(split(b"sip:a@b;tag=2"), (&b""[..], &b"sip:a@b"[..], &b";tag=2"[..]));
        assert_eq!(split(b"<sip:a@b"), (&b""[..], &b"sip:a@b"[..], &b""[..]));
    }
}
