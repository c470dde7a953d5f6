//! The rewriting pattern of `replace_regex()`: `\0` is the whole match, `\1` and so on are its groups.

use regex::Captures;

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Group(usize),
}

/// A pattern taken apart once.
#[derive(Clone, Debug)]
pub(super) struct Rewrite {
    pieces: Vec<Piece>,
}

impl Rewrite {
    pub(super) fn new(pattern: &str) -> Self {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut characters = pattern.chars().peekable();
        while let Some(character) = characters.next() {
            let group = characters
                .peek()
                .and_then(|next| next.to_digit(10))
                .filter(|_| character == '\\');
            if let Some(group) = group {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
                pieces.push(Piece::Group(usize::try_from(group).unwrap_or_default()));
                characters.next();
            } else if character == '\\' && characters.peek() == Some(&'\\') {
                text.push('\\');
                characters.next();
            } else {
                text.push(character);
            }
        }
        pieces.push(Piece::Text(text));
        Self { pieces }
    }

    /// What stands in the place of a match.
    pub(super) fn apply(&self, captures: &Captures<'_>) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            text.push_str(match piece {
                Piece::Text(piece) => piece,
                Piece::Group(group) => captures.get(*group).map_or("", |found| found.as_str()),
            });
        }
        text
    }
}
