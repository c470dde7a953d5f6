//! The only way text gets onto the terminal: made harmless first, coloured afterwards.

use anstyle::{AnsiColor, Style};
use whotalks_record::Grade;
use whotalks_report::{Explanation, Severity};

use crate::format::display_width;
use crate::sanitize;

/// Makes text ready for the terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    /// Whether to colour.
    pub(super) color: bool,
}

/// What a text is, as far as its look goes. Colours keep apart for red-green colour-blind eyes (no green at all) and never say
/// anything that the words do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    Heading,
    Muted,
    Command,
    Alarm,
    Caution,
    Note,
}

/// Text that is harmless on a terminal.
#[derive(Clone, Debug, Default)]
pub(super) struct Painted(String);

impl Ink {
    /// `text` without colour.
    pub(super) fn plain(self, text: &str) -> Painted {
        Painted(sanitize::terminal(text))
    }

    /// `text` in the look of `role`.
    pub(super) fn paint(self, role: Role, text: &str) -> Painted {
        let text = sanitize::terminal(text);
        let style = role.style();
        if !self.color || text.is_empty() || style == Style::new() {
            return Painted(text);
        }
        Painted(format!("{style}{text}{style:#}"))
    }
}

impl Role {
    fn style(self) -> Style {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Heading => Style::new().bold(),
            Self::Muted => Style::new().dimmed(),
            Self::Command => color(AnsiColor::Cyan),
            Self::Alarm => color(AnsiColor::Magenta).bold(),
            Self::Caution => color(AnsiColor::Yellow),
            Self::Note => color(AnsiColor::Blue),
        }
    }

    /// The look of a severity.
    pub(super) fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::High => Self::Alarm,
            Severity::Medium => Self::Caution,
            Severity::Low => Self::Note,
            Severity::Info => Self::Plain,
        }
    }

    /// The look of a grade.
    pub(super) fn of_grade(grade: Grade) -> Self {
        match grade {
            Grade::Observed | Grade::Derived => Self::Note,
            Grade::Inferred => Self::Caution,
            Grade::Unknown => Self::Alarm,
        }
    }

    /// The look of a verdict.
    pub(super) fn of_explanation(explanation: &Explanation) -> Self {
        match explanation {
            Explanation::Known(_) | Explanation::Explained => Self::Plain,
            Explanation::KnownButUnexpectedProgram(_) | Explanation::Unknown { suspicious: false } => Self::Caution,
            Explanation::Unknown { suspicious: true } => Self::Alarm,
        }
    }
}

/// The mark before a finding; its shape tells the severity without colour.
pub(super) fn severity_mark(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "▲",
        Severity::Medium => "△",
        Severity::Low => "▽",
        Severity::Info => "·",
    }
}

impl Painted {
    /// The text with its colour codes.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is anything.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many columns it takes.
    pub(super) fn width(&self) -> usize {
        textwrap::core::display_width(&self.0)
    }

    /// This text, blanks up to `column` (at least `gap` of them), then `next`.
    pub(super) fn tab(mut self, column: usize, gap: usize, next: &Self) -> Self {
        let blanks = column.saturating_sub(self.width()).max(gap);
        self.0.extend(std::iter::repeat_n(' ', blanks));
        self.0.push_str(&next.0);
        self
    }

    /// This text and then `next`.
    pub(super) fn then(mut self, next: &Self) -> Self {
        self.0.push_str(&next.0);
        self
    }

    /// The texts with `separator`, which is ours and harmless, between them; empty ones are left out.
    pub(super) fn join(parts: &[Self], separator: &'static str) -> Self {
        let texts: Vec<&str> = parts.iter().filter(|part| !part.is_empty()).map(Self::as_str).collect();
        Self(texts.join(separator))
    }

    /// Blanks.
    pub(super) fn blanks(count: usize) -> Self {
        Self(" ".repeat(count))
    }
}

/// The width of a label as it will be shown.
pub(super) fn shown_width(text: &str) -> usize {
    display_width(&sanitize::terminal(text))
}
