//! What a call carries (RFC 8866), and where it will come from.

use std::net::IpAddr;

use super::*;
use crate::extract::lines::lines;
use crate::protocols::rtp::Announcement;

/// The fields of a description, and the media that it announces.
pub(super) fn extract<'a>(body: Bytes<'a>, context: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(SDP, body.0);
    let mut media = Media::default();
    for line in lines(body.0) {
        let Some(value) = line.get(2..) else { continue };
        match line.first() {
            Some(b'v') => out.text(SDP_VERSION, Some(value)),
            Some(b'o') => owner(value, out),
            Some(b's') => out.text(SDP_SESSION_NAME, Some(value)),
            Some(b'c') => {
                connection(value, out);
                media.connection(value);
            }
            Some(b't') => {
                out.text(SDP_TIME, Some(value));
                words(value, &[SDP_TIME_START, SDP_TIME_STOP], out);
            }
            Some(b'm') => {
                self::media(value, out);
                media.begin(value);
            }
            Some(b'a') if media.has_begun() => {
                attribute(value, out);
                media.attribute(value);
            }
            _ => {}
        }
    }
    context.talk.announced = media.announcements(context.now.frame);
}

/// The words of a line, each for its field.
fn words<'a>(value: &'a [u8], ids: &[FieldId], out: &mut Out<'_, '_, 'a>) {
    let parts = value.split(|byte| *byte == b' ').filter(|part| !part.is_empty());
    ids.iter().zip(parts).for_each(|(id, part)| out.text(*id, Some(part)));
}

fn owner<'a>(value: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    out.text(SDP_OWNER, Some(value));
    let ids = [
        SDP_OWNER_USERNAME,
        SDP_OWNER_SESSIONID,
        SDP_OWNER_VERSION,
        SDP_OWNER_NETWORK_TYPE,
        SDP_OWNER_ADDRESS_TYPE,
        SDP_OWNER_ADDRESS,
    ];
    words(value, &ids, out);
}

fn connection<'a>(value: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    out.text(SDP_CONNECTION_INFO, Some(value));
    words(value, &[SDP_CONNECTION_NETWORK_TYPE, SDP_CONNECTION_ADDRESS_TYPE, SDP_CONNECTION_ADDRESS], out);
}

/// `audio 49170 RTP/AVP 0 8 101` (RFC 8866 5.14).
fn media<'a>(value: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    out.text(SDP_MEDIA, Some(value));
    let mut parts = value.split(|byte| *byte == b' ').filter(|part| !part.is_empty());
    out.text(SDP_MEDIA_MEDIA, parts.next());
    out.number(SDP_MEDIA_PORT, parts.next().and_then(port));
    out.text(SDP_MEDIA_PROTO, parts.next());
    parts.for_each(|format| out.made_text(SDP_MEDIA_FORMAT, || Some(named(format))));
}

/// The port, which a number of ports may follow.
fn port(text: &[u8]) -> Option<u16> {
    std::str::from_utf8(text.split(|byte| *byte == b'/').next()?).ok()?.parse().ok()
}

/// Payload types from here on mean what the description says (RFC 3551 3).
const DYNAMIC: u32 = 96;

/// A payload type by its name, where the profile gives it one (RFC 3551 6).
fn named(format: &[u8]) -> String {
    let labels = crate::info(crate::protocols::rtp::P_TYPE).map(|field| field.labels).unwrap_or_default();
    let kind = number(format).filter(|kind| *kind < 128);
    match kind.and_then(|kind| labels.name(kind.into())) {
        Some(name) => name.to_owned(),
        None if kind.is_some_and(|kind| kind >= DYNAMIC) => format!("DynamicRTP-Type-{}", kind.unwrap_or_default()),
        None => String::from_utf8_lossy(format).into_owned(),
    }
}

fn attribute<'a>(value: &'a [u8], out: &mut Out<'_, '_, 'a>) {
    out.text(SDP_MEDIA_ATTR, Some(value));
    let colon = value.iter().position(|byte| *byte == b':');
    let Some(colon) = colon else { return };
    let (field, rest) = (value.get(..colon).unwrap_or_default(), value.get(colon + 1..).unwrap_or_default());
    out.text(SDP_MEDIA_ATTRIBUTE_FIELD, Some(field));
    let (format, about) = word(rest);
    match field {
        b"rtpmap" => {
            out.text(SDP_MEDIA_FORMAT, Some(format));
            let mut parts = about.unwrap_or_default().splitn(2, |byte| *byte == b'/');
            out.text(SDP_MIME_TYPE, parts.next());
            out.text(SDP_SAMPLE_RATE, parts.next());
        }
        b"fmtp" => {
            out.text(SDP_MEDIA_FORMAT, Some(format));
            out.text(SDP_FMTP_PARAMETER, about);
        }
        _ => out.text(SDP_MEDIA_ATTRIBUTE_VALUE, Some(rest)),
    }
}

/// Descriptions that one message may announce; a call has one for each kind of media.
const MOST_MEDIA: usize = 16;

/// What the lines so far announce.
#[derive(Default)]
struct Media {
    /// The address of the whole session, until a medium has its own.
    address: Option<IpAddr>,
    all: Vec<Announcement>,
}

impl Media {
    const fn has_begun(&self) -> bool {
        !self.all.is_empty()
    }

    /// `IN IP4 192.0.2.1`.
    fn connection(&mut self, value: &[u8]) {
        let address = value.split(|byte| *byte == b' ').nth(2);
        let address = address.and_then(|address| std::str::from_utf8(address).ok()?.split('/').next()?.parse().ok());
        match self.all.last_mut() {
            Some(medium) => medium.address = address.or(medium.address),
            None => self.address = address,
        }
    }

    fn begin(&mut self, value: &[u8]) {
        let mut parts = value.split(|byte| *byte == b' ');
        let port = parts.nth(1).and_then(port).unwrap_or_default();
        let is_rtp = parts.next().is_some_and(|protocol| protocol.starts_with(b"RTP/"));
        if self.all.len() < MOST_MEDIA {
            self.all.push(Announcement {
                address: self.address,
                port: if is_rtp { port } else { 0 },
                ..Announcement::default()
            });
        }
    }

    /// `rtpmap:101 telephone-event/8000`: which payload type is dialled digits (RFC 4733).
    fn attribute(&mut self, value: &[u8]) {
        let Some(medium) = self.all.last_mut() else { return };
        let Some((kind, name)) = value.strip_prefix(b"rtpmap:").map(word) else { return };
        if name.is_some_and(|name| name.to_ascii_lowercase().starts_with(b"telephone-event")) {
            medium.event_type = number(kind).and_then(|kind| kind.try_into().ok());
        }
    }

    /// The media that can be told from their datagrams.
    fn announcements(self, frame: u32) -> Vec<Announcement> {
        let mut all = self.all;
        all.retain(|medium| medium.port != 0 && medium.address.is_some());
        all.iter_mut().for_each(|medium| medium.frame = frame);
        all
    }
}
