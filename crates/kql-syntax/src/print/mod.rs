//! A tree as text: what it says in one way of writing.
//!
//! Where a text has no diagnostics, the printed text reads as the same tree, places apart: names keep their brackets and
//! expressions their parentheses, while blanks, comments, synonyms of operators and notations of literals become uniform.
//! `Missing` nodes print as nothing.

mod expression;
mod literal;
mod operator;
mod statement;

use std::fmt::{self, Display, Formatter};

/// Several things with something between them.
struct Joined<'a, T>(&'a [T], &'static str);

impl<T: Display> Display for Joined<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(self.1)?;
            }
            item.fmt(f)?;
        }
        Ok(())
    }
}

/// Several things with commas between them.
fn commas<T>(items: &[T]) -> Joined<'_, T> {
    Joined(items, ", ")
}

/// A word and what follows it, where there is something.
struct Clause<'a, T>(&'static str, Option<&'a T>);

impl<T: Display> Display for Clause<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.1 {
            Some(value) => write!(f, "{}{value}", self.0),
            None => Ok(()),
        }
    }
}

/// A word and a list that follows it, where it is not empty.
struct ListClause<'a, T>(&'static str, &'a [T]);

impl<T: Display> Display for ListClause<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.1.is_empty() {
            return Ok(());
        }
        write!(f, "{}{}", self.0, commas(self.1))
    }
}

/// A text between quotes of that kind, everything escaped that must be.
fn quoted(f: &mut Formatter<'_>, text: &str, quote: char) -> fmt::Result {
    write!(f, "{quote}")?;
    for sign in text.chars() {
        match sign {
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            sign if sign == quote => write!(f, "\\{sign}")?,
            sign if sign.is_control() => write!(f, "\\u{:04x}", u32::from(sign))?,
            sign => write!(f, "{sign}")?,
        }
    }
    write!(f, "{quote}")
}
