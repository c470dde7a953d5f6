//! One conversation: what both sides said, in order.

use whotalks_packets::follow::{Chunk, Content};
use whotalks_record::Timestamp;
use whotalks_session::streams::Way;

use super::ink::Role;
use super::{Face, Options};
use crate::messages::PacketMessage;
use crate::sanitize;

/// Bytes on one line of a dump.
const BYTES_PER_LINE: usize = 16;

/// How bytes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// As text; whatever is no printable ASCII is a dot.
    Ascii,
    /// As a dump: place, bytes, text.
    Hexadecimal,
}

/// Writes a conversation. Both sides differ by an arrow and an indent, and by their colour where there is any.
pub struct Conversation {
    face: Face,
    notation: Notation,
    /// Who spoke last.
    turn: Option<Way>,
    /// Bytes that each side said so far.
    said: [u64; 2],
    /// The time of the first chunk.
    start: Option<Timestamp>,
}

impl Conversation {
    /// A conversation for this terminal.
    pub fn new(options: &Options, notation: Notation) -> Self {
        Self {
            face: Face::new(options),
            notation,
            turn: None,
            said: [0; 2],
            start: None,
        }
    }

    /// The next piece.
    pub fn chunk(&mut self, chunk: &Chunk) -> String {
        let mut text = String::new();
        if self.turn != Some(chunk.way) {
            self.turn = Some(chunk.way);
            self.push(&mut text, Role::Muted, &self.heading(chunk));
        }
        self.start.get_or_insert(chunk.time);
        match &chunk.content {
            Content::Missing(bytes) => {
                let size = self.face.words.size((*bytes).into());
                let missing = self.face.words.text(&PacketMessage::FollowMissing { size });
                self.push(&mut text, Role::Caution, &missing);
                self.advance(chunk.way, u64::from(*bytes));
            }
            Content::Bytes(bytes) => self.bytes(&mut text, chunk.way, bytes),
        }
        text
    }

    /// Who speaks from here on, and when.
    fn heading(&self, chunk: &Chunk) -> String {
        let arrow = match chunk.way {
            Way::Forth => "→",
            Way::Back => "←",
        };
        let since = chunk.time - self.start.unwrap_or(chunk.time);
        self.face.words.text(&PacketMessage::FollowTurn {
            arrow: arrow.to_owned(),
            packet: chunk.frame.into(),
            time: format!("{:.6} s", since.as_seconds_f64()),
        })
    }

    fn bytes(&mut self, text: &mut String, way: Way, bytes: &[u8]) {
        let role = match way {
            Way::Forth => Role::Alarm,
            Way::Back => Role::Note,
        };
        let lines = match self.notation {
            Notation::Ascii => ascii(bytes),
            Notation::Hexadecimal => dump(bytes, self.said_by(way)),
        };
        for line in &lines {
            self.push(text, role, line);
        }
        self.advance(way, bytes.len() as u64);
    }

    fn push(&self, text: &mut String, role: Role, line: &str) {
        let indent = if self.turn == Some(Way::Back) { "    " } else { "" };
        text.push_str(indent);
        // Pieces of a line, since no line on a terminal is as long as a conversation may be.
        let characters: Vec<char> = line.chars().collect();
        for piece in characters.chunks(sanitize::MOST_SHOWN_CHARACTERS) {
            let piece: String = piece.iter().collect();
            text.push_str(self.face.ink.paint(role, &piece).as_str());
        }
        text.push('\n');
    }

    fn said_by(&self, way: Way) -> u64 {
        let [forth, back] = self.said;
        match way {
            Way::Forth => forth,
            Way::Back => back,
        }
    }

    fn advance(&mut self, way: Way, bytes: u64) {
        let [forth, back] = &mut self.said;
        let said = match way {
            Way::Forth => forth,
            Way::Back => back,
        };
        *said = said.saturating_add(bytes);
    }
}

/// Lines of text; line ends are those of the evidence.
fn ascii(bytes: &[u8]) -> Vec<String> {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let line = |line: &[u8]| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        line.iter().map(|byte| printable(*byte)).collect()
    };
    bytes.split(|byte| *byte == b'\n').map(line).collect()
}

/// Place, bytes in hexadecimal, and the same bytes as text.
fn dump(bytes: &[u8], first: u64) -> Vec<String> {
    let rows = bytes.chunks(BYTES_PER_LINE).zip((first..).step_by(BYTES_PER_LINE));
    rows.map(|(row, place)| {
        let hexadecimal: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let text: String = row.iter().map(|byte| printable(*byte)).collect();
        format!("{place:08x}  {:<47}  {text}", hexadecimal.join(" "))
    })
    .collect()
}

fn printable(byte: u8) -> char {
    match byte {
        b' '..=b'~' => char::from(byte),
        _ => '.',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(way: Way, content: Content) -> Chunk {
        Chunk {
            way,
            time: Timestamp::from_seconds(1, 0),
            frame: 7,
            content,
        }
    }

    #[test]
    fn both_sides_take_turns_and_a_gap_is_marked() {
        let mut conversation = Conversation::new(&Options::default(), Notation::Ascii);
        let text: String = [
            chunk(Way::Forth, Content::Bytes(b"GET / HTTP/1.1\r\nHost: a\r\n".to_vec())),
            chunk(Way::Back, Content::Bytes(b"\x1b]0;x\x07".to_vec())),
            chunk(Way::Back, Content::Missing(1_000)),
        ]
        .iter()
        .map(|chunk| conversation.chunk(chunk))
        .collect();
        assert_eq!(
            text,
            "→ packet 7, 0.000000 s\nGET / HTTP/1.1\nHost: a\n    ← packet 7, 0.000000 s\n    .]0;x.\n    \
             [1 kB missing in the capture]\n"
        );
    }

    #[test]
    fn a_dump_counts_what_each_side_said() {
        let mut conversation = Conversation::new(&Options::default(), Notation::Hexadecimal);
        let first = conversation.chunk(&chunk(Way::Forth, Content::Bytes(vec![b'a'; 17])));
        let second = conversation.chunk(&chunk(Way::Forth, Content::Bytes(vec![b'b'])));
        assert!(first.contains("00000010  61"), "{first}");
        assert!(second.starts_with("00000011  62"), "{second}");
    }
}
