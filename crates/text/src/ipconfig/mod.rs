//! `ipconfig` and `ipconfig /all`.
//!
//! Nothing depends on the words of the labels: the first block names the host, a block under a heading is an adapter, and what
//! a value is follows from its shape and from the order of the rows, which is the same in every language. It cannot see which
//! addresses a host had before or after, and which adapter a connection took.

mod adapter;

use whotalks_record::{DeviceFactKind, ListingTool, Span};

use crate::dotted;
use crate::facts::{Facts, Said};
use crate::lines::Line;
use crate::output::Output;
use crate::recogniser::{End, Recogniser};
use adapter::Row;

/// Rows of one block; an adapter with many addresses has some dozens.
const MOST_ROWS: usize = 512;
/// A value that goes on in the next line stands behind so many blanks.
const CONTINUATION_INDENT: usize = 20;
/// Fewer rows before the first adapter are no block of the host.
const FEWEST_HOST_ROWS: usize = 3;
/// The longest name of a computer in DNS, one label.
const LONGEST_NAME: usize = 63;

/// Reads adapters and their addresses.
#[derive(Default)]
pub(crate) struct Ipconfig {
    facts: Facts,
    block: Block,
    /// Whether a block of this listing has begun.
    active: bool,
}

/// The rows under one heading; none for those of the host itself.
#[derive(Default)]
struct Block {
    heading: Option<String>,
    rows: Vec<Row>,
}

impl Recogniser for Ipconfig {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let claimed = self.take(line, output);
        if claimed {
            self.facts.touch(line.span);
        }
        claimed
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.end_block(output);
        self.facts.close(output);
        self.block = Block::default();
        self.active = false;
    }
}

impl Ipconfig {
    fn take(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if let Some((_, value)) = dotted::parse(&line.text) {
            if self.block.rows.len() < MOST_ROWS {
                self.block.rows.push(Row::new(line.span, value));
            }
            self.active = true;
            return true;
        }
        let text = line.text.trim();
        if text.is_empty() {
            return self.active;
        }
        if self.continues(line) {
            return true;
        }
        self.end_block(output);
        self.block.heading = heading(&line.text);
        if self.block.heading.is_none() {
            // Another title: what follows is another listing.
            self.facts.close(output);
            self.active = false;
        }
        self.active
    }

    /// A further address of the row before.
    fn continues(&mut self, line: &Line) -> bool {
        let deep = dotted::indent(&line.text) >= CONTINUATION_INDENT;
        let one_word = line.text.split_whitespace().count() == 1;
        match self.block.rows.last_mut() {
            Some(row) if deep && one_word => {
                row.more.push((line.span, line.text.trim().to_owned()));
                row.more.truncate(MOST_ROWS);
                true
            }
            _ => false,
        }
    }

    fn end_block(&mut self, output: &mut Output<'_>) {
        let block = std::mem::take(&mut self.block);
        match &block.heading {
            None => self.host(&block.rows, output),
            Some(heading) => {
                for (span, kind, value) in adapter::facts(&block.rows) {
                    let about = Some(heading.as_str());
                    self.say((span, about), kind, &value, output);
                }
            }
        }
    }

    /// The rows of the host: its name, then its primary suffix.
    fn host(&mut self, rows: &[Row], output: &mut Output<'_>) {
        let Some(name) = rows
            .first()
            .filter(|name| rows.len() >= FEWEST_HOST_ROWS && is_name(&name.value))
        else {
            return;
        };
        self.say((name.span, None), DeviceFactKind::ComputerName, &name.value, output);
        if let Some(suffix) = rows
            .get(1)
            .filter(|suffix| suffix.value.contains('.') && is_name(&suffix.value))
        {
            self.say((suffix.span, None), DeviceFactKind::DnsSuffix, &suffix.value, output);
        }
    }

    fn say(&mut self, (span, about): (Span, Option<&str>), kind: DeviceFactKind, value: &str, output: &mut Output<'_>) {
        let said = Said {
            span,
            about,
            kind,
            value,
        };
        self.facts.say(ListingTool::Ipconfig, &said, output);
    }
}

/// The heading of an adapter: at the start of the line, ending with a colon.
fn heading(text: &str) -> Option<String> {
    let name = text.trim_end().strip_suffix([':', '：'])?;
    (dotted::indent(text) == 0 && !name.trim().is_empty()).then(|| name.trim().to_owned())
}

/// Whether a value can be the name of a computer or a domain, in letters of any script.
pub(crate) fn is_name(value: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let longest = value.split('.').map(|label| label.chars().count()).max().unwrap_or(0);
    !value.is_empty() && value.chars().all(fits) && longest <= LONGEST_NAME && value.chars().any(char::is_alphanumeric)
}
