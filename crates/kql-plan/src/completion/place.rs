//! Where in a query a place is: in which statement, behind which tables and operators, at the end of which word.
//!
//! The text is looked at sign by sign, since at the place where somebody types it is nearly never well formed.

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place<'t> {
    /// The statements before that of the place, with the last `;`.
    pub(super) statements: &'t str,
    /// What stands before the stage: a table and the operators behind it, without the last `|`. None at the beginning of a pipeline.
    pub(super) before: Option<&'t str>,
    /// The stage up to the word: an operator and what stands behind it, or the beginning of a table.
    pub(super) stage: &'t str,
    /// The beginning of the word at the place.
    pub(super) word: &'t str,
    /// Whether a table can stand here because a bracket or an operator just asked for one.
    pub(super) wants_table: bool,
}

/// An open bracket, or the whole text.
#[derive(Debug, Clone, Copy)]
struct Level {
    /// Where it begins, behind the bracket.
    start: usize,
    /// Where its last statement begins.
    statement: usize,
    /// Its last `|` since the statement began.
    last_pipe: Option<usize>,
}

impl Level {
    fn new(start: usize) -> Self {
        Self {
            start,
            statement: start,
            last_pipe: None,
        }
    }
}

impl<'t> Place<'t> {
    /// The place at a byte of a text; none inside of a text literal or a comment, and where the byte is no border of characters.
    pub(super) fn of(text: &'t str, cursor: usize) -> Option<Self> {
        let text = text.get(..cursor)?;
        let levels = levels(text)?;
        let base = *levels.first()?;
        let word = word(text);
        let head = text.get(..text.len().saturating_sub(word.len()))?;
        let inner = *levels.last()?;
        let asked = wants_table(head.get(..inner.start.saturating_sub(1)).unwrap_or_default());
        let fresh = levels.len() > 1 && inner.last_pipe.is_none();
        let wants_table = fresh && asked && head.get(inner.statement..)?.trim().is_empty();
        let level = levels
            .iter()
            .rev()
            .find(|level| level.last_pipe.is_some())
            .copied()
            .filter(|_| !wants_table)
            .unwrap_or(if wants_table { inner } else { base });
        let begin = pipeline_start(head, level.statement);
        Some(Self {
            statements: text.get(..base.statement)?,
            before: level.last_pipe.and_then(|pipe| text.get(begin..pipe)),
            stage: head.get(level.last_pipe.map_or(begin, |pipe| pipe.saturating_add(1))..)?,
            word,
            wants_table,
        })
    }
}

/// Behind `let name =`, or where the statement begins.
fn pipeline_start(text: &str, statement: usize) -> usize {
    let rest = text.get(statement..).unwrap_or_default();
    let is_let = rest.trim_start().starts_with("let ");
    match rest.find('=').filter(|_| is_let) {
        Some(equal) => statement.saturating_add(equal).saturating_add(1),
        None => statement,
    }
}

/// Whether what stands before a bracket asks for a table inside of it.
fn wants_table(before: &str) -> bool {
    let stage = before.rsplit('|').next().unwrap_or_default().trim_start();
    let first = stage
        .split(|sign: char| sign.is_whitespace() || sign == '(')
        .next()
        .unwrap_or_default();
    let last = word(before.trim_end());
    matches!(first, "join" | "lookup" | "union")
        || matches!(last, "toscalar" | "totable" | "materialize" | "in" | "view")
}

/// The brackets that are open at the end of a text, from the outside; none inside of a text literal or a comment.
fn levels(text: &str) -> Option<Vec<Level>> {
    let mut levels = vec![Level::new(0)];
    let mut signs = text.char_indices().peekable();
    while let Some((index, sign)) = signs.next() {
        let behind = index.saturating_add(sign.len_utf8());
        match sign {
            '"' | '\'' => {
                let verbatim = text.get(..index).is_some_and(|before| before.ends_with('@'));
                skip_literal(&mut signs, sign, verbatim)?;
            }
            '/' if signs.peek().is_some_and(|(_, next)| *next == '/') => {
                signs.find(|(_, sign)| *sign == '\n')?;
            }
            '(' | '[' | '{' => levels.push(Level::new(behind)),
            ')' | ']' | '}' if levels.len() > 1 => {
                levels.pop();
            }
            '|' => {
                let level = levels.last_mut()?;
                level.last_pipe = Some(index);
            }
            ';' => {
                let level = levels.last_mut()?;
                *level = Level {
                    statement: behind,
                    ..Level::new(level.start)
                };
            }
            _ => {}
        }
    }
    Some(levels)
}

/// None where the literal does not end.
fn skip_literal(signs: &mut impl Iterator<Item = (usize, char)>, quote: char, verbatim: bool) -> Option<()> {
    loop {
        match signs.next()?.1 {
            '\\' if !verbatim => drop(signs.next()?),
            sign if sign == quote => return Some(()),
            _ => {}
        }
    }
}

/// The word at the end of a text; operators can have hyphens.
fn word(text: &str) -> &str {
    let name = |sign: char| sign.is_alphanumeric() || sign == '_';
    let start = text
        .trim_end_matches(|sign: char| name(sign) || sign == '-' || sign == '!')
        .len();
    let word = text.get(start..).unwrap_or_default();
    // A hyphen between two names behind an operator can be a minus; `a-b` is read as a whole all the same, which offers nothing.
    word.trim_start_matches('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Place<'_> {
        Place::of(text, text.len()).unwrap()
    }

    #[test]
    fn a_pipeline_begins_behind_statements_and_let() {
        let found = place("let a = 1;\nlet b = DeviceInfo | where De");
        assert_eq!(found.statements, "let a = 1;");
        assert_eq!(found.before, Some(" DeviceInfo "));
        assert_eq!((found.stage, found.word), (" where ", "De"));
    }

    #[test]
    fn the_first_word_is_no_stage_behind_anything() {
        let found = place("Dev");
        assert_eq!((found.before, found.stage, found.word), (None, "", "Dev"));
        let found = place("T | mv-exp");
        assert_eq!(
            (found.before, found.stage.trim(), found.word),
            (Some("T "), "", "mv-exp")
        );
    }

    #[test]
    fn calls_stay_in_their_stage_and_brackets_of_join_begin_a_table() {
        let found = place("T | summarize count() by bin(Time");
        assert_eq!(
            (found.before, found.word, found.wants_table),
            (Some("T "), "Time", false)
        );
        assert!(found.stage.starts_with(" summarize"));
        let found = place("T | join kind=inner (Dev");
        assert_eq!((found.before, found.word, found.wants_table), (None, "Dev", true));
        let found = place("T | join kind=inner (U | where x == 1 | project a, ");
        assert_eq!((found.before, found.wants_table), (Some("U | where x == 1 "), false));
    }

    #[test]
    fn nothing_is_offered_in_texts_and_comments() {
        assert_eq!(Place::of("T | where a == \"De", 18), None);
        assert_eq!(Place::of("T // De", 7), None);
        assert!(Place::of("T | where a == @\"C:\\\" and De", 28).is_some());
        assert_eq!(Place::of("é", 1), None, "in the middle of a character");
    }
}
