//! The reader of listings.

use whotalks_record::{Issue, IssueKind, Reader, Sink, Source, Span};

use crate::describe::describe;
use crate::lines::{LONGEST_LINE_BYTES, Line, Lines};
use crate::output::Output;
use crate::recogniser::{End, Recognisers};

/// How many characters of the start of a text are kept to say what it looks like when no listing is in it.
const REMEMBERED_BYTES: usize = 4_096;

/// Reads the listings of netstat, ss and tasklist out of a text: several in one file, in any order, with other text between.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextReader;

impl Reader for TextReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        let whole = Span::whole(source.evidence);
        let mut output = Output::new(source.evidence, source.modified, sink);
        let mut lines = match Lines::new(source.evidence, source.bytes) {
            Ok(lines) => lines,
            Err(error) => return output.issue(io_issue(whole, &error)),
        };
        let mut start = String::new();
        let mut recognisers = Recognisers::default();
        let last = read_lines(&mut lines, &mut recognisers, &mut output, &mut start);
        recognisers.close(End::Text, &mut output);
        if output.listings() == 0 {
            output.issue(Issue {
                span: whole,
                kind: IssueKind::Unsupported {
                    field: "text",
                    found: describe(start.as_bytes()).word().into(),
                },
            });
        } else if let Some(last) = last.filter(|line| !line.terminated) {
            output.issue(unterminated(&last));
        }
    }
}

/// Feeds every line; returns the last one. `start` receives the first characters of the text.
fn read_lines(
    lines: &mut Lines<'_>,
    recognisers: &mut Recognisers,
    output: &mut Output<'_>,
    start: &mut String,
) -> Option<Line> {
    let mut last: Option<Line> = None;
    loop {
        match lines.next_line() {
            Ok(Some(mut line)) => {
                if start.len() < REMEMBERED_BYTES {
                    start.push_str(&line.text);
                    start.push('\n');
                }
                report_cut(&line, output);
                unquote(&mut line);
                recognisers.line(&line, output);
                last = Some(line);
            }
            Ok(None) => return last,
            Err(error) => {
                output.issue(io_issue(lines.here(), &error));
                return last;
            }
        }
    }
}

/// A mail client put `> ` before every line of the message it quotes.
fn unquote(line: &mut Line) {
    while let Some(rest) = line.text.trim_start().strip_prefix('>') {
        line.text = rest.strip_prefix(' ').unwrap_or(rest).to_owned();
    }
}

fn report_cut(line: &Line, output: &mut Output<'_>) {
    if line.dropped_bytes > 0 {
        output.issue(Issue {
            span: line.span,
            kind: IssueKind::BoundReached {
                bound: "longest line in bytes",
                limit: LONGEST_LINE_BYTES as u64,
                count: line.dropped_bytes,
            },
        });
    }
}

/// The tools end every line; a last line without an end may have been cut inside a number.
fn unterminated(line: &Line) -> Issue {
    Issue {
        span: line.span,
        kind: IssueKind::Truncated {
            field: "line.end",
            needed: 1,
            available: 0,
        },
    }
}

fn io_issue(span: Span, error: &std::io::Error) -> Issue {
    Issue {
        span,
        kind: IssueKind::Io {
            message: error.to_string().into(),
        },
    }
}
