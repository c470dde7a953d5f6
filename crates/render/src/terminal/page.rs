//! Lines that wrap with a hanging indent.

use textwrap::WordSplitter;

use super::ink::Painted;

/// Text in the making.
pub(super) struct Page {
    width: usize,
    text: String,
}

impl Page {
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            text: String::new(),
        }
    }

    /// A line behind `indent` blanks; what does not fit goes below it, behind the same indent.
    pub(super) fn line(&mut self, indent: usize, line: &Painted) {
        self.hanging(&Painted::blanks(indent), indent, line);
    }

    /// A line behind `first`, filled up to `indent` columns; what does not fit goes below it behind blanks.
    pub(super) fn hanging(&mut self, first: &Painted, indent: usize, line: &Painted) {
        let first = first.clone().tab(indent, 0, &Painted::default());
        let rest = " ".repeat(indent);
        let options = textwrap::Options::new(self.width)
            .initial_indent(first.as_str())
            .subsequent_indent(&rest)
            .word_splitter(WordSplitter::NoHyphenation);
        for wrapped in textwrap::wrap(line.as_str(), options) {
            self.push(&wrapped);
        }
    }

    /// A line that is never wrapped, such as a command to copy.
    pub(super) fn verbatim(&mut self, line: &Painted) {
        self.push(line.as_str());
    }

    /// An empty line, unless the page is empty or ends in one.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line.trim_end_matches(' '));
        self.text.push('\n');
    }
}
