//! Names of columns, tables, functions and everything else.

use crate::{Span, is_keyword};

/// A name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name {
    /// What it says, without brackets or quotes.
    pub text: String,
    /// How it is written.
    pub style: NameStyle,
    /// Where it stands.
    pub span: Span,
}

/// How a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameStyle {
    /// As it is: `Timestamp`, `$left`.
    Plain,
    /// In brackets: `['a b']`.
    Bracketed,
    /// A parameter that a client fills in: `{name}`.
    Client,
}

impl Name {
    /// A name that stands nowhere, in brackets where it needs them.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let style = if is_plain(&text) {
            NameStyle::Plain
        } else {
            NameStyle::Bracketed
        };
        let span = Span::default();
        Self { text, style, span }
    }
}

/// Whether a text is a name without brackets anywhere.
fn is_plain(text: &str) -> bool {
    let first = text.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_');
    first && !is_keyword(text) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
