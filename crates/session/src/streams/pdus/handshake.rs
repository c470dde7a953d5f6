//! TLS handshake messages that span records (RFC 8446 5.1).

use whotalks_wire::app::tls::{ContentType, HandshakeType, RECORD_HEADER_BYTES, messages};

use crate::streams::stream::Way;

/// Bytes of a message under way. Certificate chains are rarely longer than 16 KiB, with post-quantum signatures thrice that.
const MOST_MESSAGE_BYTES: usize = 128 << 10;

/// Puts the messages of one direction together.
#[derive(Debug, Default)]
pub(super) struct Messages {
    partial: Vec<u8>,
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'r> {
    /// It says that what follows is encrypted.
    ChangesCipher,
    /// It has handshake messages.
    Handshake(&'r [u8]),
    /// Something else.
    Other,
}

/// What a whole record is.
pub(super) fn kind(record: &[u8]) -> Kind<'_> {
    match record.split_first_chunk::<RECORD_HEADER_BYTES>() {
        Some(([kind, ..], _)) if ContentType(*kind) == ContentType::CHANGE_CIPHER_SPEC => Kind::ChangesCipher,
        Some(([kind, ..], content)) if ContentType(*kind) == ContentType::HANDSHAKE => Kind::Handshake(content),
        _ => Kind::Other,
    }
}

/// Whether the content of a record is a hello in the clear although ciphers were said to change. After a HelloRetryRequest of
/// TLS 1.3 both ends say so for the sake of old middleboxes, and then send another hello (RFC 8446 D.4). Encrypted bytes
/// would have to state their own length by chance.
pub(super) fn is_hello(content: &[u8]) -> bool {
    let first = messages(content).next();
    first.is_some_and(|message| {
        matches!(message.kind, HandshakeType::CLIENT_HELLO | HandshakeType::SERVER_HELLO)
            && !message.body.is_empty()
            && whole(content) == content.len()
    })
}

/// Bytes of the whole messages at the beginning.
fn whole(bytes: &[u8]) -> usize {
    const HEADER_BYTES: usize = 4;
    messages(bytes)
        .take_while(|message| message.is_complete())
        .map(|message| message.body.len() + HEADER_BYTES)
        .sum()
}

/// Adds the content of a record of one direction to the messages of both, which are kept only as long as one of them is not
/// complete; tells those that it completes.
pub(super) fn add<R>(
    both: &mut Option<Box<[Messages; 2]>>,
    way: Way,
    fragment: &[u8],
    tell: impl FnOnce(&[u8]) -> R,
) -> R {
    if both.is_none() && whole(fragment) == fragment.len() {
        return tell(fragment);
    }
    let messages = both.get_or_insert_default();
    let [forth, back] = &mut **messages;
    let told = match way {
        Way::Forth => forth.add(fragment, tell),
        Way::Back => back.add(fragment, tell),
    };
    if messages.iter().all(|messages| messages.partial.is_empty()) {
        *both = None;
    }
    told
}

impl Messages {
    /// Adds the content of a record and tells the messages that it completes.
    pub(super) fn add<R>(&mut self, fragment: &[u8], tell: impl FnOnce(&[u8]) -> R) -> R {
        if self.partial.is_empty() {
            let (complete, rest) = fragment.split_at_checked(whole(fragment)).unwrap_or((fragment, &[]));
            self.partial.extend_from_slice(rest);
            return tell(complete);
        }
        if self.partial.len() + fragment.len() > MOST_MESSAGE_BYTES {
            self.partial = Vec::new();
            return tell(&[]);
        }
        self.partial.extend_from_slice(fragment);
        let all = std::mem::take(&mut self.partial);
        let (complete, rest) = all.split_at_checked(whole(&all)).unwrap_or((&all, &[]));
        self.partial.extend_from_slice(rest);
        tell(complete)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hello_behind_a_change_of_ciphers_is_known_by_its_length() {
        assert!(is_hello(&[1, 0, 0, 2, 7, 7]) && is_hello(&[2, 0, 0, 1, 7]));
        assert!(!is_hello(&[1, 0, 0, 3, 7, 7]) && !is_hello(&[11, 0, 0, 1, 7]) && !is_hello(&[]));
    }

    #[test]
    fn messages_over_several_records_are_told_with_the_last() {
        let mut messages = Messages::default();
        assert_eq!(messages.add(&[1, 0, 0, 3, 7], <[u8]>::len), 0);
        assert_eq!(
            messages.add(&[7, 7, 2, 0, 0, 0, 11], <[u8]>::to_vec),
            [1, 0, 0, 3, 7, 7, 7, 2, 0, 0, 0]
        );
        assert_eq!(messages.partial, [11]);
    }
}
