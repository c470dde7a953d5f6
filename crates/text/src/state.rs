//! The words for TCP states, which are the same in nearly every language.

use whotalks_record::SocketState;

/// The state a word stands for: Windows (`SYN_RECEIVED`), Linux netstat (`SYN_RECV`) and ss (`SYN-RECV`) differ in little.
pub(crate) fn of_word(word: &str) -> Option<SocketState> {
    let word: String = word.chars().map(|c| if c == '-' { '_' } else { c }).collect();
    Some(match word.as_str() {
        "LISTENING" | "LISTEN" => SocketState::Listen,
        "ESTABLISHED" | "ESTAB" => SocketState::Established,
        "SYN_SENT" => SocketState::SynSent,
        "SYN_RECEIVED" | "SYN_RCVD" | "SYN_RECV" => SocketState::SynReceived,
        "FIN_WAIT_1" | "FIN_WAIT1" => SocketState::FinWait1,
        "FIN_WAIT_2" | "FIN_WAIT2" => SocketState::FinWait2,
        "CLOSE_WAIT" => SocketState::CloseWait,
        "CLOSING" => SocketState::Closing,
        "LAST_ACK" => SocketState::LastAck,
        "TIME_WAIT" => SocketState::TimeWait,
        "CLOSED" | "CLOSE" => SocketState::Closed,
        "BOUND" | "UNCONN" => SocketState::Bound,
        "DELETE_TCB" => SocketState::DeleteTcb,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_tools_words_for_one_state_are_equal() {
        for word in ["SYN_RECEIVED", "SYN_RCVD", "SYN_RECV", "SYN-RECV"] {
            assert_eq!(of_word(word), Some(SocketState::SynReceived), "{word}");
        }
        assert_eq!(of_word("HERGESTELLT"), None);
    }
}
