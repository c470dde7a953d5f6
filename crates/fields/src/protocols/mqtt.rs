//! MQ Telemetry Transport Protocol.

use crate::declare::fields;
use crate::extract::{Bytes, Context, Length, Out, Place};

fields! {
    level Applications;
    PROTOCOL: "mqtt", protocol, "MQ Telemetry Transport Protocol";
    HDRFLAGS: "mqtt.hdrflags", x8, "Header Flags";
    MSGTYPE: "mqtt.msgtype", u8, "Message Type" labels "mqtt-message";
    LEN: "mqtt.len", u64, "Msg Len";
    PROTONAME: "mqtt.protoname", text, "Protocol Name";
    VER: "mqtt.ver", u8, "Version" labels "mqtt-version";
    CLIENTID: "mqtt.clientid", text, "Client ID";
    USERNAME: "mqtt.username", text, "User Name";
    PASSWD: "mqtt.passwd", text, "Password";
    TOPIC: "mqtt.topic", text, "Topic";
    MSG: "mqtt.msg", bytes, "Message";
    MSGID: "mqtt.msgid", u16, "Message Identifier";
    KALIVE: "mqtt.kalive", u16, "Keep Alive";
    QOS: "mqtt.qos", u8, "QoS Level";
    CONACK_VAL: "mqtt.conack.val", u8, "Return Code";
}

/// Types of packets (MQTT 3.1.1, 2.2.1).
const CONNECT: u8 = 1;
const ACCEPTED: u8 = 2;
const PUBLISH: u8 = 3;

/// How long the packet is that `bytes` begins with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    match remaining(Bytes(bytes)) {
        Some((length, header)) => Length::Known(length.saturating_add(header)),
        None if bytes.len() >= 5 => Length::Unframed,
        None => Length::OneMoreSegment,
    }
}

/// The length after the header, seven bits per byte, and where it ends (2.2.3).
fn remaining(packet: Bytes<'_>) -> Option<(usize, usize)> {
    let mut length = 0;
    for place in 0..4_usize {
        let byte = usize::from(packet.u8(1 + place)?);
        length |= (byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((length, 2 + place));
        }
    }
    None
}

/// The fields of the packet that `packet` is.
pub(crate) fn extract<'a>(packet: Bytes<'a>, _: &mut Context<'_>, out: &mut Out<'_, '_, 'a>) {
    out.protocol(PROTOCOL, packet.0);
    out.layout(packet, &[Place::at(HDRFLAGS, 0, 1), Place::bits(MSGTYPE, 0, 1, 0xf0)]);
    let Some((length, at)) = remaining(packet) else { return };
    out.count(LEN, length);
    let body = packet.from(at);
    match packet.u8(0).map(|flags| flags >> 4) {
        Some(CONNECT) => connect(body, out),
        Some(ACCEPTED) => out.layout(body, &[Place::at(CONACK_VAL, 1, 1)]),
        Some(PUBLISH) => {
            out.layout(packet, &[Place::bits(QOS, 0, 1, 0x06)]);
            let Some(topic) = text(body, 0) else { return };
            out.text(TOPIC, Some(topic));
            let is_acknowledged = packet.u8(0).is_some_and(|flags| flags & 0x06 != 0);
            let mut at = 2 + topic.len();
            if is_acknowledged {
                out.layout(body, &[Place::at(MSGID, at, 2)]);
                at += 2;
            }
            out.bytes(MSG, Some(body.from(at).0));
        }
        _ => {}
    }
}

/// Text behind its length of two bytes.
fn text(body: Bytes<'_>, at: usize) -> Option<&[u8]> {
    body.slice(at + 2, body.length(at, 2)?)
}

fn connect<'a>(body: Bytes<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(name) = text(body, 0) else { return };
    out.text(PROTONAME, Some(name));
    let at = 2 + name.len();
    out.layout(body, &[Place::at(VER, at, 1), Place::at(KALIVE, at + 2, 2)]);
    let flags = body.u8(at + 1).unwrap_or_default();
    let mut at = at + 4;
    let will = if flags & 0x04 == 0 { 0 } else { 2 };
    let wanted = [(CLIENTID, true), (USERNAME, flags & 0x80 != 0), (PASSWD, flags & 0x40 != 0)];
    for (id, is_there) in wanted {
        if id == USERNAME {
            // Topic and message of the will come before the name.
            for _ in 0..will {
                at += 2 + text(body, at).map_or(0, <[u8]>::len);
            }
        }
        if is_there {
            let found = text(body, at);
            out.text(id, found);
            at += 2 + found.map_or(0, <[u8]>::len);
        }
    }
}
