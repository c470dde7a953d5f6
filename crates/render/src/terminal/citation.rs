//! Citations: what proves a line, in the form that `whotalks explain` opens.

use whotalks_correlate::Remedy;
use whotalks_report::Citation;

use super::Face;
use super::ink::{Painted, Role};
use super::page::Page;
use crate::messages::{LabelMessage, ReasonMessage};
use crate::words::{NOTHING, quote};

/// The most references that stand behind one line of the overview.
const MOST_REFERENCES: usize = 3;

/// The most lines of proof below one sentence of an answer.
const MOST_PROOF_LINES: usize = 6;

impl Face {
    /// `[E1#801 E2@77120 +12]`; nothing where nothing is cited.
    pub(super) fn references(&self, citations: &[Citation]) -> Painted {
        if citations.is_empty() {
            return Painted::default();
        }
        let shown = self.shown(citations.len(), MOST_REFERENCES);
        let mut references: Vec<String> = citations.iter().take(shown).map(|it| it.span.to_string()).collect();
        if citations.len() > shown {
            let count = (citations.len() - shown) as u64;
            references.push(self.words.text(&LabelMessage::CitationsMore { count }));
        }
        self.ink.paint(Role::Muted, &format!("[{}]", references.join(" ")))
    }

    /// The numbered lines of proof below a sentence.
    pub(super) fn proof(&self, page: &mut Page, citations: &[Citation]) {
        let shown = self.shown(citations.len(), MOST_PROOF_LINES);
        let width = citations
            .iter()
            .take(shown)
            .map(|it| it.span.to_string().len())
            .max()
            .unwrap_or(0);
        for (number, citation) in citations.iter().take(shown).enumerate() {
            let reference = self.ink.paint(Role::Command, &citation.span.to_string());
            let number = self.ink.paint(Role::Muted, &format!("{:>3} ", number + 1));
            page.hanging(&number.then(&reference), width + 6, &self.proof_text(citation));
        }
        if citations.len() > shown {
            let count = (citations.len() - shown) as u64;
            page.line(
                4,
                &self
                    .ink
                    .paint(Role::Muted, &self.words.text(&LabelMessage::CitationsMore { count })),
            );
        }
    }

    fn proof_text(&self, citation: &Citation) -> Painted {
        let time = citation
            .time
            .map_or_else(|| NOTHING.to_owned(), |time| self.words.time(time));
        self.ink.plain(&format!(
            "{} · {} · {time}",
            quote(&citation.file),
            quote(&citation.what)
        ))
    }

    /// The command that would have told, and its undo; never wrapped, so that it can be copied.
    pub(super) fn remedy(&self, page: &mut Page, indent: usize, remedy: &Remedy) {
        self.command(page, indent, &ReasonMessage::RemedyCollect, &remedy.command);
        if let Some(undo) = &remedy.undo {
            self.command(page, indent, &ReasonMessage::RemedyUndo, undo);
        }
    }

    fn command(&self, page: &mut Page, indent: usize, label: &ReasonMessage, command: &str) {
        let label = self.words.labelled(self.words.text(label), String::new());
        let label = Painted::blanks(indent).then(&self.ink.paint(Role::Muted, label.trim_end()));
        let command = self.ink.paint(Role::Command, command);
        page.verbatim(&label.then(&Painted::blanks(1)).then(&command));
    }
}
