//! Saved queries: what there is, what it tells and what it takes.

use whotalks_queries::SavedQuery;

use super::ink::Role;
use super::{Face, Page};
use crate::messages::HuntMessage as M;
use crate::saved::{parameter_text, wording};

/// Columns of the indent below a name.
const INDENT: usize = 4;

pub(super) fn write(face: &Face, queries: &[SavedQuery]) -> String {
    let mut page = face.page();
    for query in queries {
        one(face, &mut page, query);
    }
    page.gap();
    let hint = face.words.text(&M::QueriesHint);
    page.line(0, &face.ink.paint(Role::Muted, &hint));
    page.finish()
}

fn one(face: &Face, page: &mut Page, query: &SavedQuery) {
    page.gap();
    let name = face.ink.paint(Role::Command, &query.name);
    let title = face.ink.paint(Role::Heading, wording(&face.words, &query.title));
    page.line(0, &name.tab(0, 2, &title));
    let description = wording(&face.words, &query.description);
    if !description.is_empty() {
        page.line(INDENT, &face.ink.plain(description));
    }
    for parameter in &query.parameters {
        let text = parameter_text(&face.words, parameter);
        page.line(INDENT, &face.ink.plain(&format!("--param {text}")));
    }
    let marks: Vec<String> = query.tags.iter().chain(&query.attack).cloned().collect();
    if !marks.is_empty() {
        page.line(INDENT, &face.ink.paint(Role::Muted, &face.words.list(&marks)));
    }
}
