//! A list of packets, one line each, written as they come.

use whotalks_case::capture::Line;

use super::ink::Role;
use super::{Face, Options};
use crate::format::{cut_end, cut_middle, display_width};
use crate::messages::PacketMessage as M;
use crate::sanitize;

/// How wide the columns before the last one are. The widths cannot follow the texts, since the first line is written before the
/// last packet is read; a longer text is cut unless everything is wanted.
const WIDTHS: [usize; 6] = [7, 11, 21, 21, 10, 6];
/// Columns that stand to the right.
const RIGHT: [bool; 6] = [true, true, false, false, false, true];
/// What stands before a comment.
const COMMENT: &str = "# ";
/// Blanks between two columns.
const GAP: usize = 2;

/// Writes a list of packets.
pub struct PacketList {
    face: Face,
}

impl PacketList {
    /// A list for this terminal.
    pub fn new(options: &Options) -> Self {
        Self {
            face: Face::new(options),
        }
    }

    /// The heads of the columns.
    pub fn head(&self) -> String {
        let titles = [
            M::ColumnNumber,
            M::ColumnTime,
            M::ColumnSource,
            M::ColumnTarget,
            M::ColumnProtocol,
            M::ColumnLength,
            M::ColumnInfo,
        ];
        self.line(Role::Muted, titles.map(|title| self.face.words.text(&title)))
    }

    /// A packet.
    pub fn packet(&self, line: &Line) -> String {
        let cells = [
            line.number.to_string(),
            format!("{:.6}", line.time.as_seconds_f64()),
            line.source.clone(),
            line.destination.clone(),
            line.protocol.clone(),
            line.bytes.to_string(),
            line.info.clone(),
        ];
        let comments = line.comments.iter().map(|comment| self.comment(comment));
        std::iter::once(self.line(Role::Plain, cells)).chain(comments).collect()
    }

    /// A comment, below its packet.
    fn comment(&self, comment: &str) -> String {
        let [number, ..] = WIDTHS;
        let before = format!("{}{COMMENT}", " ".repeat(number + GAP));
        let comment = self.last(&sanitize::terminal(comment), display_width(&before));
        let mut text = self
            .face
            .ink
            .paint(Role::Muted, &format!("{before}{comment}"))
            .as_str()
            .to_owned();
        text.push('\n');
        text
    }

    fn line(&self, role: Role, cells: [String; 7]) -> String {
        let mut line = String::new();
        for (place, cell) in cells.iter().enumerate() {
            let cell = sanitize::terminal(cell);
            let text = match WIDTHS.get(place) {
                Some(width) => self.column(&cell, *width, RIGHT.get(place) == Some(&true)),
                None => self.last(&cell, display_width(&line)),
            };
            line.push_str(&text);
        }
        let mut text = self.face.ink.paint(role, line.trim_end()).as_str().to_owned();
        text.push('\n');
        text
    }

    fn column(&self, cell: &str, width: usize, right: bool) -> String {
        let text = if self.face.wide {
            cell.to_owned()
        } else {
            cut_middle(cell, width)
        };
        let blanks = " ".repeat(width.saturating_sub(display_width(&text)));
        let gap = " ".repeat(GAP);
        if right {
            format!("{blanks}{text}{gap}")
        } else {
            format!("{text}{blanks}{gap}")
        }
    }

    fn last(&self, cell: &str, before: usize) -> String {
        if self.face.wide {
            return cell.to_owned();
        }
        cut_end(cell, self.face.width.saturating_sub(before))
    }
}
