//! Draws what is typed, and the candidates below it.

use console::Term;
use whotalks_render::{format, sanitize, terminal};

use super::editor::Editor;
use crate::face::Face;

const PROMPT: &str = "kql> ";
const CONTINUED: &str = "  -> ";
/// Candidates that a screen has room for.
const MOST_CANDIDATES: usize = 10;

/// The block of lines that is redrawn after each key.
pub(super) struct Screen {
    terminal: Term,
    /// How many lines above the cursor the block begins.
    above: usize,
}

/// Where a text ends on the screen.
struct Place {
    row: usize,
    column: usize,
}

impl Screen {
    pub(super) fn new() -> Self {
        Self {
            terminal: Term::buffered_stdout(),
            above: 0,
        }
    }

    /// Draws the text with its candidates and puts the cursor where it stands. What cannot be drawn is drawn at the next key.
    pub(super) fn draw(&mut self, editor: &Editor, face: &Face) {
        let width = usize::from(self.terminal.size().1).max(1);
        let mut block = filled(&prompted(editor.text()), width);
        if let Some(menu) = editor.menu() {
            let options = terminal::Options { width, ..face.options };
            let lines = terminal::candidates(&menu.completions, menu.chosen, MOST_CANDIDATES, &options);
            block.push('\n');
            block.push_str(lines.trim_end_matches('\n'));
        }
        let last = place(&block, width);
        let head = editor.text().get(..editor.cursor()).unwrap_or_default();
        let cursor = place(&prompted(head), width);
        drop(self.redraw(&block, &last, &cursor));
    }

    fn redraw(&mut self, block: &str, last: &Place, cursor: &Place) -> std::io::Result<()> {
        let terminal = &self.terminal;
        terminal.move_cursor_up(self.above)?;
        terminal.write_str("\r")?;
        terminal.clear_to_end_of_screen()?;
        terminal.write_str(block)?;
        terminal.move_cursor_up(last.row.saturating_sub(cursor.row))?;
        terminal.write_str("\r")?;
        terminal.move_cursor_right(cursor.column)?;
        terminal.flush()?;
        self.above = cursor.row;
        Ok(())
    }

    /// Goes below the text, which stays as it is; candidates go.
    pub(super) fn leave(&mut self) {
        let terminal = &self.terminal;
        let left = terminal
            .clear_to_end_of_screen()
            .and_then(|()| terminal.write_str("\n"))
            .and_then(|()| terminal.flush());
        drop(left);
        self.above = 0;
    }
}

/// The text as it is shown: harmless, with a prompt before each line.
fn prompted(text: &str) -> String {
    let mut block = String::new();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            block.push('\n');
        }
        block.push_str(if index == 0 { PROMPT } else { CONTINUED });
        block.push_str(&sanitize::terminal(line));
    }
    block
}

/// The text with a blank behind each line that fills the screen to its edge: there, terminals wrap only when more comes.
fn filled(block: &str, width: usize) -> String {
    let line = |line: &str| {
        let ends_at_edge = !line.is_empty() && format::display_width(line).is_multiple_of(width);
        format!("{line}{}", if ends_at_edge { " " } else { "" })
    };
    block.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Where the end of a text stands on a screen of a width, counted from its first line.
fn place(block: &str, width: usize) -> Place {
    let mut row = 0usize;
    let mut column = 0;
    for (index, line) in block.split('\n').enumerate() {
        row = row.saturating_add(usize::from(index > 0));
        let columns = format::display_width(&plain(line));
        row = row.saturating_add(columns / width);
        column = columns % width;
    }
    Place { row, column }
}

/// A line without the codes of colours.
fn plain(line: &str) -> String {
    console::strip_ansi_codes(line).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_wide_lines_take_several_rows() {
        let at = |text: &str, width: usize| {
            let found = place(text, width);
            (found.row, found.column)
        };
        assert_eq!(at("kql> T", 80), (0, 6));
        assert_eq!(at("kql> T\n  -> | count", 80), (1, 12));
        assert_eq!(at("kql> 日本", 9), (1, 0));
        assert_eq!(filled("kql> 日本\nab", 9), "kql> 日本 \nab");
        assert_eq!(prompted("a\nb"), "kql> a\n  -> b");
        assert!(!prompted("a\u{1b}[2J").contains('\u{1b}'));
    }
}
