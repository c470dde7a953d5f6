//! The text that is typed: several lines with a cursor, history and completion. It knows no terminal.

use std::ops::Range;

use console::Key;
use whotalks_case::kql::completion::Completions;

use super::history::History;
use super::is_whole;

/// What a key did.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Edited {
    /// The text goes on.
    Going,
    /// The text is whole.
    Entered(String),
    /// The text was thrown away.
    Dropped,
    /// There will be no more.
    Ended,
}

/// Gives what can stand at a byte of a text.
type Complete<'c> = dyn FnMut(&str, usize) -> Completions + 'c;

/// Candidates that are offered, and the one that stands in the text.
#[derive(Debug)]
pub(super) struct Menu {
    pub(super) completions: Completions,
    pub(super) chosen: Option<usize>,
    /// The part of the text that a candidate replaces.
    replaced: Range<usize>,
}

/// See the module.
pub(super) struct Editor {
    text: String,
    /// The byte at which the cursor stands; a border of characters.
    cursor: usize,
    history: History,
    /// The entry of the history that is shown; its length where none is.
    shown: usize,
    /// What was typed before the history was looked through.
    typed: String,
    menu: Option<Menu>,
}

impl Editor {
    pub(super) fn new(history: History) -> Self {
        Self {
            text: String::new(),
            cursor: 0,
            shown: history.len(),
            history,
            typed: String::new(),
            menu: None,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    pub(super) fn menu(&self) -> Option<&Menu> {
        self.menu.as_ref()
    }

    pub(super) fn into_history(self) -> History {
        self.history
    }

    /// Does what a key says.
    pub(super) fn press(&mut self, key: Key, complete: &mut Complete<'_>) -> Edited {
        if !matches!(key, Key::Tab | Key::BackTab) {
            self.menu = None;
        }
        match key {
            Key::Enter => return self.enter(),
            Key::CtrlC => {
                self.clear();
                return Edited::Dropped;
            }
            // Ctrl-D
            Key::Char('\u{4}') if self.text.is_empty() => return Edited::Ended,
            Key::Char('\u{4}') | Key::Del => self.delete(),
            Key::Tab => self.complete(complete, true),
            Key::BackTab => self.complete(complete, false),
            Key::ArrowUp => self.up(),
            Key::ArrowDown => self.down(),
            key => self.edit(&key),
        }
        Edited::Going
    }

    fn edit(&mut self, key: &Key) {
        match key {
            Key::ArrowLeft | Key::Char('\u{2}') => self.cursor = self.before(),
            Key::ArrowRight | Key::Char('\u{6}') => self.cursor = self.behind(),
            Key::Home => self.cursor = self.line().start,
            Key::End => self.cursor = self.line().end,
            Key::Backspace => {
                let start = self.before();
                self.remove(start..self.cursor);
            }
            // Ctrl-K, Ctrl-U, Ctrl-W
            Key::Char('\u{b}') => self.remove(self.cursor..self.line().end),
            Key::Char('\u{15}') => self.remove(self.line().start..self.cursor),
            Key::Char('\u{17}') => self.remove(self.word_start()..self.cursor),
            Key::Char(sign) if !sign.is_control() => self.insert(&sign.to_string()),
            _ => {}
        }
    }

    fn enter(&mut self) -> Edited {
        let is_command = self.text.trim_start().starts_with('.');
        let is_at_end = self.text.get(self.cursor..).is_some_and(|rest| rest.trim().is_empty());
        if !is_at_end && !is_command {
            self.insert("\n");
            return Edited::Going;
        }
        self.cursor = self.text.len();
        // The empty line that ends an entry is the one that this key begins.
        let has_empty_line = self.text.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
        if has_empty_line && self.text.trim().is_empty() {
            self.clear();
            return Edited::Going;
        }
        if has_empty_line || is_command || is_whole(&self.text) {
            let entry = self.text.trim().to_owned();
            self.history.add(&entry);
            self.clear();
            return Edited::Entered(entry);
        }
        self.insert("\n");
        Edited::Going
    }

    fn clear(&mut self) {
        self.text.clear();
        self.cursor = 0;
        self.shown = self.history.len();
        self.menu = None;
    }

    fn insert(&mut self, text: &str) {
        if self.text.is_char_boundary(self.cursor) {
            self.text.insert_str(self.cursor, text);
            self.cursor = self.cursor.saturating_add(text.len());
        }
    }

    fn remove(&mut self, range: Range<usize>) {
        if self.text.get(range.clone()).is_some() {
            self.cursor = range.start;
            self.text.drain(range);
        }
    }

    fn delete(&mut self) {
        let end = self.behind();
        self.remove(self.cursor..end);
    }

    /// The border of characters before the cursor.
    fn before(&self) -> usize {
        let head = self.text.get(..self.cursor).unwrap_or_default();
        head.char_indices().next_back().map_or(0, |(index, _)| index)
    }

    /// The border of characters behind the cursor.
    fn behind(&self) -> usize {
        let rest = self.text.get(self.cursor..).unwrap_or_default();
        let length = rest.chars().next().map_or(0, char::len_utf8);
        self.cursor.saturating_add(length)
    }

    /// The line of the cursor.
    fn line(&self) -> Range<usize> {
        let head = self.text.get(..self.cursor).unwrap_or_default();
        let rest = self.text.get(self.cursor..).unwrap_or_default();
        let start = head.rfind('\n').map_or(0, |index| index.saturating_add(1));
        let length = rest.find('\n').unwrap_or(rest.len());
        start..self.cursor.saturating_add(length)
    }

    fn word_start(&self) -> usize {
        let head = self.text.get(self.line().start..self.cursor).unwrap_or_default();
        let kept = head
            .trim_end()
            .trim_end_matches(|sign: char| sign.is_alphanumeric() || sign == '_');
        let kept = if kept.len() == head.trim_end().len() {
            kept.get(..kept.len().saturating_sub(1)).unwrap_or_default()
        } else {
            kept
        };
        self.line().start.saturating_add(kept.len())
    }

    fn up(&mut self) {
        let line = self.line();
        match line.start.checked_sub(1) {
            Some(end) => self.cursor = self.at_column(end, line.start),
            None => self.look(self.shown.checked_sub(1)),
        }
    }

    fn down(&mut self) {
        let line = self.line();
        if line.end < self.text.len() {
            let column_of = line.start;
            self.cursor = self.at_column(self.end_of_line(line.end.saturating_add(1)), column_of);
        } else {
            self.look(self.shown.checked_add(1).filter(|shown| *shown <= self.history.len()));
        }
    }

    fn end_of_line(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        start.saturating_add(rest.find('\n').unwrap_or(rest.len()))
    }

    /// The place in the line that ends at `end` that is as far from its start as the cursor is from `start`.
    fn at_column(&self, end: usize, start: usize) -> usize {
        let column = self.text.get(start..self.cursor).map_or(0, |head| head.chars().count());
        let head = self.text.get(..end).unwrap_or_default();
        let line_start = head.rfind('\n').map_or(0, |index| index.saturating_add(1));
        let line = self.text.get(line_start..end).unwrap_or_default();
        let inside = line.char_indices().nth(column).map_or(line.len(), |(index, _)| index);
        line_start.saturating_add(inside)
    }

    /// Shows an entry of the history, or what was typed before.
    fn look(&mut self, shown: Option<usize>) {
        let Some(shown) = shown else { return };
        if self.shown == self.history.len() {
            self.typed.clone_from(&self.text);
        }
        self.shown = shown;
        self.text = self.history.get(shown).unwrap_or(&self.typed).to_owned();
        self.cursor = self.text.len();
    }

    /// Offers candidates: the only one at once, of several what they have in common, then one after the other.
    fn complete(&mut self, complete: &mut Complete<'_>, forward: bool) {
        if let Some(menu) = self.menu.take() {
            return self.choose_next(menu, forward);
        }
        let completions = complete(&self.text, self.cursor);
        let replaced = completions.span.start..completions.span.end;
        let texts: Vec<&str> = completions
            .candidates
            .iter()
            .map(|candidate| candidate.text.as_str())
            .collect();
        match texts.as_slice() {
            [] => {}
            [only] => {
                let only = (*only).to_owned();
                self.replace(replaced, &only);
            }
            several => {
                let common = common_start(several).to_owned();
                let word = self.text.get(replaced.clone()).unwrap_or_default();
                let replaced = if common.len() > word.len() {
                    self.replace(replaced, &common)
                } else {
                    replaced
                };
                self.menu = Some(Menu {
                    completions,
                    chosen: None,
                    replaced,
                });
            }
        }
    }

    fn choose_next(&mut self, mut menu: Menu, forward: bool) {
        let last = menu.completions.candidates.len().saturating_sub(1);
        let next = match (menu.chosen, forward) {
            (None, true) => 0,
            (None, false) | (Some(0), false) => last,
            (Some(chosen), true) if chosen >= last => 0,
            (Some(chosen), true) => chosen.saturating_add(1),
            (Some(chosen), false) => chosen.saturating_sub(1),
        };
        if let Some(candidate) = menu.completions.candidates.get(next) {
            menu.chosen = Some(next);
            menu.replaced = self.replace(menu.replaced, &candidate.text);
        }
        self.menu = Some(menu);
    }

    /// Puts a text in the place of another; says where it stands.
    fn replace(&mut self, range: Range<usize>, text: &str) -> Range<usize> {
        if self.text.get(range.clone()).is_none() {
            return range;
        }
        let start = range.start;
        self.text.replace_range(range, text);
        self.cursor = start.saturating_add(text.len());
        start..self.cursor
    }
}

/// The longest text that all begin with, whatever the case of its letters; as the first one writes it.
fn common_start<'t>(texts: &[&'t str]) -> &'t str {
    let Some((first, rest)) = texts.split_first() else {
        return "";
    };
    let shared = |other: &&str| {
        let same = first
            .chars()
            .zip(other.chars())
            .take_while(|(one, two)| one.eq_ignore_ascii_case(two));
        same.map(|(sign, _)| sign.len_utf8()).sum::<usize>()
    };
    let length = rest.iter().map(shared).min().unwrap_or(first.len());
    first.get(..length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use whotalks_case::kql::completion::{Candidate, CandidateKind};
    use whotalks_case::kql::syntax::Span;

    use super::*;

    fn nothing() -> Completions {
        offering(0..0, &[])
    }

    fn offering(range: Range<usize>, texts: &[&str]) -> Completions {
        let candidate = |text: &&str| Candidate {
            text: (*text).to_owned(),
            kind: CandidateKind::Table,
            summary: "",
            syntax: None,
        };
        Completions {
            span: Span {
                start: range.start,
                end: range.end,
            },
            candidates: texts.iter().map(candidate).collect(),
            table: None,
        }
    }

    fn typed(editor: &mut Editor, text: &str) -> Edited {
        let mut last = Edited::Going;
        for sign in text.chars() {
            let key = if sign == '\n' { Key::Enter } else { Key::Char(sign) };
            last = editor.press(key, &mut |_, _| nothing());
        }
        last
    }

    fn press(editor: &mut Editor, key: Key) -> Edited {
        editor.press(key, &mut |_, _| nothing())
    }

    #[test]
    fn an_entry_can_have_several_lines_and_ends_in_a_semicolon_or_an_empty_line() {
        let mut editor = Editor::new(History::default());
        assert_eq!(
            typed(&mut editor, "T\n| count;\n"),
            Edited::Entered("T\n| count;".to_owned())
        );
        assert_eq!(typed(&mut editor, "T\n| count\n"), Edited::Going);
        assert_eq!(typed(&mut editor, "\n"), Edited::Entered("T\n| count".to_owned()));
        assert_eq!(typed(&mut editor, ".help\n"), Edited::Entered(".help".to_owned()));
        assert_eq!(typed(&mut editor, "\n\n"), Edited::Going, "nothing is no entry");
    }

    #[test]
    fn wide_signs_are_never_cut() {
        let mut editor = Editor::new(History::default());
        typed(&mut editor, "日本x");
        press(&mut editor, Key::ArrowLeft);
        press(&mut editor, Key::Backspace);
        assert_eq!((editor.text(), editor.cursor()), ("日x", 3));
        press(&mut editor, Key::Home);
        press(&mut editor, Key::Del);
        assert_eq!((editor.text(), editor.cursor()), ("x", 0));
    }

    #[test]
    fn the_cursor_goes_over_lines_and_then_into_history() {
        let mut editor = Editor::new(History::default());
        typed(&mut editor, "First;\n");
        typed(&mut editor, "a\nlong line");
        press(&mut editor, Key::ArrowUp);
        assert_eq!(editor.cursor(), 1, "the end of a shorter line");
        press(&mut editor, Key::ArrowUp);
        assert_eq!(editor.text(), "First;");
        press(&mut editor, Key::ArrowDown);
        assert_eq!(editor.text(), "a\nlong line", "what was typed comes back");
    }

    #[test]
    fn words_and_lines_are_removed() {
        let mut editor = Editor::new(History::default());
        typed(&mut editor, "T | where abc");
        press(&mut editor, Key::Char('\u{17}'));
        assert_eq!(editor.text(), "T | where ");
        press(&mut editor, Key::Char('\u{15}'));
        assert_eq!(editor.text(), "");
        assert_eq!(press(&mut editor, Key::Char('\u{4}')), Edited::Ended);
    }

    #[test]
    fn ctrl_c_throws_away_what_was_typed() {
        let mut editor = Editor::new(History::default());
        typed(&mut editor, "T | wh");
        assert_eq!(press(&mut editor, Key::CtrlC), Edited::Dropped);
        assert_eq!(editor.text(), "");
    }

    #[test]
    fn candidates_fill_what_they_share_and_then_take_turns() {
        let mut editor = Editor::new(History::default());
        typed(&mut editor, "dev");
        let mut offer = |_: &str, _: usize| offering(0..3, &["DeviceEvents", "DeviceInfo"]);
        editor.press(Key::Tab, &mut offer);
        assert_eq!(editor.text(), "Device");
        editor.press(Key::Tab, &mut offer);
        assert_eq!(editor.text(), "DeviceEvents");
        editor.press(Key::Tab, &mut offer);
        assert_eq!(editor.text(), "DeviceInfo");
        editor.press(Key::BackTab, &mut offer);
        assert_eq!(editor.text(), "DeviceEvents");
        assert!(editor.menu().is_some());
        press(&mut editor, Key::Char(' '));
        assert_eq!((editor.text(), editor.menu().is_none()), ("DeviceEvents ", true));
    }
}
