//! One query after another: typed with completion and history, or out of a pipe.
//!
//! | file | what it does |
//! |---|---|
//! | `editor` | the text that is typed, as pure state |
//! | `screen` | draws it |
//! | `keys` | reads keys, also while a query runs |
//! | `history` | what was typed before, over runs |
//! | `piped` | queries that stand in standard input |
//! | `command` | what begins with a point |

mod command;
mod editor;
mod history;
mod keys;
mod piped;
mod screen;

use std::io::{self, IsTerminal as _};

use whotalks_case::kql::syntax::{parse, tree::StatementKind};
use whotalks_case::kql::{Answer, Parameter, Progress, Watch};
use whotalks_render::messages::HuntMessage as M;
use whotalks_render::terminal;

use super::cases::Cases;
use super::{hunted, outcome, write};
use crate::arguments::{Hunt, HuntFormat};
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::progress::QueryBar;
use editor::{Edited, Editor};
use history::History;
use keys::Keys;
use screen::Screen;

/// Rows that a person still looks at.
const READABLE_ROWS: usize = 50;

/// What a shell works with.
struct Shell<'a> {
    arguments: &'a Hunt,
    face: &'a Face,
    cases: Cases,
    /// The last answer, for what is asked about it.
    last: Option<Answer>,
}

/// Runs queries until there are no more; the end of the first one that failed counts.
pub(super) fn run(arguments: &Hunt, cases: Cases, face: &Face) -> Result<Outcome, Failure> {
    let mut shell = Shell {
        arguments,
        face,
        cases,
        last: None,
    };
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        shell.interactive()
    } else {
        piped::run(&mut shell)
    }
}

/// Whether a text is a whole entry: a command, a query that ends in `;`, or anything with an empty line behind it.
fn is_whole(text: &str) -> bool {
    let trimmed = text.trim();
    if trimmed.starts_with('.') {
        return text.ends_with('\n');
    }
    let has_empty_line = text.lines().next_back().is_some_and(|line| line.trim().is_empty());
    if has_empty_line {
        return true;
    }
    // `let a = 1;` is not yet a query.
    let is_query = || {
        let statements = parse(trimmed).tree.statements;
        matches!(
            statements.last().map(|statement| &statement.kind),
            Some(StatementKind::Query(_))
        )
    };
    trimmed.ends_with(';') && is_query()
}

/// Whether the shell goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    More,
    End,
}

impl Shell<'_> {
    fn interactive(&mut self) -> Result<Outcome, Failure> {
        self.face.say(&M::ShellWelcome);
        let mut keys = Keys::new();
        let mut editor = Editor::new(History::open());
        let mut screen = Screen::new();
        loop {
            screen.draw(&editor, self.face);
            let Ok(key) = keys.next() else { break };
            match editor.press(key, &mut |text, cursor| {
                self.cases.hunter.complete(text, cursor, self.flavour(text))
            }) {
                Edited::Going => {}
                Edited::Dropped => screen.leave(),
                Edited::Ended => break,
                Edited::Entered(text) => {
                    screen.leave();
                    match self.enter(&text, Some(&mut keys)) {
                        Ok(Next::More) => {}
                        Ok(Next::End) => break,
                        Err(failure) => {
                            failure.tell(self.face);
                        }
                    }
                }
            }
        }
        screen.leave();
        editor.into_history().keep();
        Ok(Outcome::Answered)
    }

    fn flavour(&self, text: &str) -> whotalks_case::tables::hunting::Flavour {
        hunted(text, &[], self.arguments).flavour
    }

    /// Does what was entered: a command or a query.
    fn enter(&mut self, text: &str, keys: Option<&mut Keys>) -> Result<Next, Failure> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Next::More);
        }
        if let Some(command) = text.strip_prefix('.') {
            return command::run(self, command, keys);
        }
        let parameters = super::saved::of_text(text, &[])?;
        self.query(text, &parameters, keys)?;
        Ok(Next::More)
    }

    fn query(&mut self, text: &str, parameters: &[Parameter], keys: Option<&mut Keys>) -> Result<Outcome, Failure> {
        let hunted = hunted(text, parameters, self.arguments);
        let mut watch = Cancelling {
            bar: QueryBar::new(&self.face.words),
            keys,
        };
        let answer = self.cases.ask(&hunted, &mut watch);
        drop(watch);
        let answer = answer?;
        self.show(&answer, text)?;
        let ended = outcome(&answer);
        self.last = Some(answer);
        Ok(ended)
    }

    /// Shows an answer: rows for people with their numbers, so that one can be asked about.
    fn show(&self, answer: &Answer, text: &str) -> Result<(), Failure> {
        let arguments = self.arguments;
        let for_people =
            matches!(arguments.hunt_format, None | Some(HuntFormat::Table)) && !arguments.json && !arguments.csv;
        if arguments.explain {
            return super::explain(arguments, answer, self.face);
        }
        if !for_people {
            return write::answer(arguments, answer, text, self.face);
        }
        let readable = if self.face.options.wide {
            usize::MAX
        } else {
            READABLE_ROWS
        };
        let most = arguments.limit.unwrap_or(readable);
        self.face.write(&terminal::numbered(answer, most, &self.face.options))
    }
}

/// Shows how far a query is, and stops it when Ctrl-C is pressed.
struct Cancelling<'w, 'k> {
    bar: QueryBar<'w>,
    keys: Option<&'k mut Keys>,
}

impl Watch for Cancelling<'_, '_> {
    fn goes_on(&mut self, progress: Progress) -> bool {
        let cancelled = self.keys.as_mut().is_some_and(|keys| keys.cancelled());
        self.bar.goes_on(progress) && !cancelled
    }
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn an_entry_ends_in_a_semicolon_behind_a_query_or_in_an_empty_line() {
        assert!(is_whole("T | count;"));
        assert!(is_whole("T\n| count\n\n"));
        assert!(is_whole(".help\n"));
        assert!(!is_whole("let a = 1;"));
        assert!(!is_whole("T\n| count"));
        assert!(is_whole("let a = 1; T | take 1;"));
    }
}
