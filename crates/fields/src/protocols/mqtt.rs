//! MQ Telemetry Transport Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "mqtt", protocol, "MQ Telemetry Transport Protocol";
    HDRFLAGS: "mqtt.hdrflags", x8, "Header Flags";
    MSGTYPE: "mqtt.msgtype", u8, "Message Type";
    LEN: "mqtt.len", u64, "Msg Len";
    PROTONAME: "mqtt.protoname", text, "Protocol Name";
    VER: "mqtt.ver", u8, "Version";
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
