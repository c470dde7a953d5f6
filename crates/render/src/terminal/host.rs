//! Support bundles and the settings of hosts.

use whotalks_report::{MissingPart, SupportBundle};

use super::Face;
use super::ink::Role;
use super::page::Page;

/// Blanks before the parts that are missing.
const INDENT: usize = 2;

/// A bundle and what it lacks, each part with what its absence costs and the command that would have added it.
pub(super) fn bundle(face: &Face, page: &mut Page, indent: usize, bundle: &SupportBundle, most: usize) {
    for line in face.words.bundle(bundle) {
        page.line(indent, &face.ink.plain(&line));
    }
    let shown = face.shown(bundle.missing.len(), most);
    for part in bundle.missing.iter().take(shown) {
        missing(face, page, indent.saturating_add(INDENT), part);
    }
    let left_out = bundle.missing.len().saturating_sub(shown);
    if left_out > 0 {
        let more = crate::messages::LabelMessage::More { count: left_out as u64 };
        let indent = indent.saturating_add(INDENT);
        page.line(indent, &face.ink.paint(Role::Muted, &face.words.text(&more)));
    }
}

fn missing(face: &Face, page: &mut Page, indent: usize, missing: &MissingPart) {
    let cost = face.words.missing_part(missing.part);
    page.line(indent, &face.ink.paint(Role::Caution, &cost));
    if let Some(remedy) = &missing.remedy {
        face.remedy(page, indent.saturating_add(INDENT), remedy);
    }
}
