//! What a capture left out of a flow: one direction, or the end of its packets.

use whotalks_record::{ApplicationProtocol, Direction, Flow, TcpFlags};

use crate::{Conversation, UnknownReason};

/// Whether both ends spoke: both were captured, or one end acknowledges the other, which was not.
pub(crate) fn is_two_way(flow: &Flow) -> bool {
    (flow.sent.packets > 0 && flow.received.packets > 0) || is_one_sided(flow)
}

/// Whether only one end of a TCP connection was captured although both spoke: who acknowledges was sent something. A reset
/// that refuses a SYN acknowledges too, and tells nothing more. Other protocols do not say whether they were answered.
pub(crate) fn is_one_sided(flow: &Flow) -> bool {
    let Some(tcp) = flow.tcp else { return false };
    let refuses = TcpFlags::RST | TcpFlags::ACK;
    let acknowledges = |flags: TcpFlags| flags.has(TcpFlags::ACK) && flags.0 != refuses;
    match (flow.sent.packets, flow.received.packets) {
        (1.., 0) => acknowledges(tcp.client_flags),
        (0, 1..) => acknowledges(tcp.server_flags),
        _ => false,
    }
}

/// Why the packets of an outbound flow do not show the name that its client may have written into them.
pub(crate) fn hidden_in_packets(flow: &Flow, conversation: &Conversation) -> Option<UnknownReason> {
    if conversation.direction == Some(Direction::Inbound) {
        return None;
    }
    if flow.snapped && may_carry_name(flow.proved_application()) {
        return Some(UnknownReason::SnappedTooShort);
    }
    (is_one_sided(flow) && !is_caller_captured(conversation)).then_some(UnknownReason::OneDirectionOnly)
}

/// Whether the end that called is sure to be among the captured ones.
fn is_caller_captured(conversation: &Conversation) -> bool {
    let sent = conversation.sent.is_some_and(|sent| sent.packets > 0);
    let received = conversation.received.is_some_and(|received| received.packets > 0);
    match conversation.direction {
        Some(Direction::Outbound) => sent,
        _ => sent && received,
    }
}

/// Whether clients of a protocol write the name that they want into it; what was cut may have been any of them.
const fn may_carry_name(application: ApplicationProtocol) -> bool {
    matches!(
        application,
        ApplicationProtocol::Unknown
            | ApplicationProtocol::Tls
            | ApplicationProtocol::Http1
            | ApplicationProtocol::HttpConnect
            | ApplicationProtocol::Socks4
            | ApplicationProtocol::Socks5
    )
}
