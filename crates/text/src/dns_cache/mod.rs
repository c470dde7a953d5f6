//! `ipconfig /displaydns`: names that the host resolved, and those of its hosts file, with the time that each entry stays.
//!
//! A block is a name over a rule of dashes; in it records of labelled rows. What a row is follows from its place: name, type,
//! time to live, length, section, content. An entry says that the host resolved the name, not that a connection used it; it
//! cannot see names that had expired, nor those of programs with a resolver of their own.

mod block;

use whotalks_record::{ListingTool, Span};

use crate::dotted;
use crate::lines::Line;
use crate::output::{Listing, Output};
use crate::recogniser::{End, Recogniser};
use block::Block;
pub(crate) use block::{Entry, emit, lower};

/// The rule under a name has forty dashes.
const FEWEST_DASHES: usize = 20;

/// Reads the cache as ipconfig shows it.
#[derive(Default)]
pub(crate) struct DnsCache {
    previous: Option<(Span, String)>,
    block: Option<Block>,
    listing: Option<Listing>,
    last: Option<Span>,
}

impl Recogniser for DnsCache {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let claimed = self.take(line, output);
        if claimed {
            self.last = Some(line.span);
        }
        if !line.text.trim().is_empty() {
            self.previous = Some((line.span, line.text.clone()));
        }
        claimed
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.end_block(output);
        self.previous = None;
        if let (Some(listing), Some(last)) = (self.listing.take(), self.last) {
            output.close(listing, last);
        }
    }
}

impl DnsCache {
    fn take(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if is_rule(&line.text) {
            let title = self.previous.take().filter(|(_, name)| is_title(name));
            if let Some((span, name)) = title {
                self.end_block(output);
                self.block = Some(Block::new(span, name.trim()));
            }
            return self.block.is_some();
        }
        let Some(block) = &mut self.block else {
            return false;
        };
        if let Some((_, value)) = dotted::parse(&line.text) {
            block.take(line.span, value);
            return true;
        }
        let indented = dotted::indent(&line.text) > 0;
        if indented && !line.text.trim().is_empty() {
            // A sentence that there is no such name or record, or the name of the next block.
            block.remark(line.span);
        }
        indented || line.text.trim().is_empty()
    }

    fn end_block(&mut self, output: &mut Output<'_>) {
        for entry in self.block.take().map(Block::finish).unwrap_or_default() {
            let mut listing = self
                .listing
                .take()
                .unwrap_or_else(|| output.open(ListingTool::DnsCache, entry.span, false));
            emit(entry, &mut listing, output);
            self.listing = Some(listing);
        }
    }
}

fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.len() >= FEWEST_DASHES && text.bytes().all(|byte| byte == b'-')
}

/// A name of DNS: one word, indented.
fn is_title(text: &str) -> bool {
    dotted::indent(text) > 0 && text.split_whitespace().count() == 1
}
