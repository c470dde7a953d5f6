//! One answer: each sentence, its grade at the right edge, its proof below.

use whotalks_report::{Answer, Statement, StatementKind};

use super::Face;
use super::ink::Role;
use super::page::Page;
use crate::messages::StatementMessage;
use crate::words::grade;

/// Sentences are no wider than this, since long lines are hard to read.
const WIDEST_SENTENCE: usize = 110;

pub(super) fn write(face: &Face, answer: &Answer) -> String {
    let mut page = face.page();
    if answer.statements.is_empty() {
        let subject = face.words.subject(&answer.subject);
        page.line(
            0,
            &face
                .ink
                .plain(&face.words.text(&StatementMessage::EmptyAnswer { subject })),
        );
    }
    for statement in &answer.statements {
        // Each headline begins a paragraph of its own.
        if matches!(statement.kind, StatementKind::Talks { .. }) {
            page.gap();
        }
        sentence(face, &mut page, answer, statement);
        face.proof(&mut page, &statement.citations);
        if let Some(remedy) = &statement.remedy {
            face.remedy(&mut page, 4, remedy);
        }
    }
    page.finish()
}

fn sentence(face: &Face, page: &mut Page, answer: &Answer, statement: &Statement) {
    let word = face.words.text(&grade(statement.grade));
    let grade = face.ink.paint(Role::of_grade(statement.grade), &word);
    let right = face.width.min(WIDEST_SENTENCE).saturating_sub(grade.width());
    let text = face.ink.plain(&face.words.statement(&answer.subject, statement));
    let options = textwrap::Options::new(right.saturating_sub(2)).subsequent_indent("  ");
    let wrapped = textwrap::wrap(text.as_str(), options);
    for (number, line) in wrapped.iter().enumerate() {
        let line = face.ink.plain(line);
        let last = number + 1 == wrapped.len();
        page.verbatim(&if last { line.tab(right, 2, &grade) } else { line });
    }
}
