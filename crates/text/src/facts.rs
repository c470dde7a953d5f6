//! A listing of settings that is being read: facts of one tool, numbered and bounded.

use whotalks_record::{DeviceFact, DeviceFactKind, Issue, IssueKind, ListingTool, Record, Span};

use crate::output::{Listing, Output};

/// The most facts of one listing: a server has some thousands of firewall rules, a router some thousands of routes.
const MOST_FACTS: u64 = 50_000;

/// The open listing of a recogniser of settings, if one is open.
#[derive(Default)]
pub(crate) struct Facts {
    open: Option<Open>,
}

struct Open {
    listing: Listing,
    last: Span,
    said: u64,
}

/// One fact before it is numbered.
pub(crate) struct Said<'a> {
    pub(crate) span: Span,
    pub(crate) about: Option<&'a str>,
    pub(crate) kind: DeviceFactKind,
    pub(crate) value: &'a str,
}

impl Facts {
    /// Whether a listing is open.
    pub(crate) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// A line belongs to the open listing.
    pub(crate) fn touch(&mut self, line: Span) {
        if let Some(open) = &mut self.open {
            open.last = line;
        }
    }

    /// Hands a fact on; the first one opens the listing. A fact without a value says nothing.
    pub(crate) fn say(&mut self, tool: ListingTool, said: &Said<'_>, output: &mut Output<'_>) {
        let value = said.value.trim();
        if value.is_empty() {
            return;
        }
        let open = self.open.get_or_insert_with(|| Open {
            listing: output.open(tool, said.span, false),
            last: said.span,
            said: 0,
        });
        open.last = open.last.max(said.span);
        open.said = open.said.saturating_add(1);
        if open.said > MOST_FACTS {
            return;
        }
        let fact = DeviceFact {
            span: said.span,
            snapshot: open.listing.number,
            about: said.about.map(|about| output.shared.share(about.trim())),
            kind: said.kind,
            value: output.shared.share(value),
        };
        output.row(&mut open.listing, Record::Device(fact));
    }

    /// Ends the listing.
    pub(crate) fn close(&mut self, output: &mut Output<'_>) {
        let Some(open) = self.open.take() else { return };
        let over = open.said.saturating_sub(MOST_FACTS);
        if over > 0 {
            output.issue(Issue {
                span: open.last,
                kind: IssueKind::BoundReached {
                    bound: "text.facts",
                    limit: MOST_FACTS,
                    count: over,
                },
            });
        }
        output.close(open.listing, open.last);
    }
}
