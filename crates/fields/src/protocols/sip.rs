//! Session Initiation Protocol.

use crate::declare::fields;

fields! {
    level Applications;
    PROTOCOL: "sip", protocol, "Session Initiation Protocol";
    REQUEST_LINE: "sip.Request-Line", text, "Request-Line";
    METHOD: "sip.Method", text, "Method";
    R_URI: "sip.r-uri", text, "Request-URI";
    R_URI_HOST: "sip.r-uri.host", text, "Request-URI Host Part";
    STATUS_LINE: "sip.Status-Line", text, "Status-Line";
    STATUS_CODE: "sip.Status-Code", u32, "Status-Code";
    MSG_HDR: "sip.msg_hdr", text, "Message Header";
    FROM: "sip.From", text, "From";
    TO: "sip.To", text, "To";
    CALL_ID: "sip.Call-ID", text, "Call-ID";
    CSEQ: "sip.CSeq", text, "CSeq";
    CSEQ_METHOD: "sip.CSeq.method", text, "Method";
    VIA: "sip.Via", text, "Via";
    USER_AGENT: "sip.User-Agent", text, "User-Agent";
    CONTACT: "sip.Contact", text, "Contact";
    FROM_USER: "sip.from.user", text, "SIP from address User Part";
    TO_USER: "sip.to.user", text, "SIP to address User Part";
    SDP: "sdp", protocol, "Session Description Protocol";
    SDP_VERSION: "sdp.version", text, "Session Description Protocol Version (v)";
    SDP_OWNER: "sdp.owner", text, "Owner/Creator, Session Id (o)";
    SDP_CONNECTION_INFO: "sdp.connection_info", text, "Connection Information (c)";
    SDP_MEDIA: "sdp.media", text, "Media Description, name and address (m)";
}
