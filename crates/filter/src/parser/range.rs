//! Ranges in square brackets: `i:j`, `i-j`, `i`, `:j`, `i:`, and several of them.

use crate::Span;
use crate::error::{Problem, Result};
use crate::literal;
use crate::syntax::{Range, RangeEnd};

/// The ranges between two brackets, which stand at `span`.
pub(super) fn ranges(inside: &str, span: Span) -> Result<Vec<Range>> {
    let parts = inside.split(',');
    let ranges = parts.map(|part| {
        range(part.trim()).ok_or_else(|| {
            let range = part.trim().to_owned();
            Problem::Range { range }.at(span)
        })
    });
    ranges.collect()
}

fn range(text: &str) -> Option<Range> {
    if let Some((start, length)) = text.split_once(':') {
        return with_length(start.trim(), length.trim());
    }
    // The hyphen of a negative first offset is no separator.
    let separator = text.char_indices().skip(1).find(|(_, sign)| *sign == '-');
    let Some((at, _)) = separator else {
        return Some(Range {
            start: offset(text)?,
            end: RangeEnd::Length(1),
        });
    };
    let (start, last) = (offset(text.get(..at)?)?, offset(text.get(at + 1..)?)?);
    let same_side = (start < 0) == (last < 0);
    let is_empty = same_side && last < start;
    (!is_empty).then_some(Range {
        start,
        end: RangeEnd::Last(last),
    })
}

fn with_length(start: &str, length: &str) -> Option<Range> {
    if start.is_empty() && length.is_empty() {
        return None;
    }
    let start = if start.is_empty() { 0 } else { offset(start)? };
    if length.is_empty() {
        return Some(Range {
            start,
            end: RangeEnd::Open,
        });
    }
    let length = offset(length)?;
    (length > 0).then_some(Range {
        start,
        end: RangeEnd::Length(length),
    })
}

fn offset(text: &str) -> Option<i32> {
    literal::signed(text.trim())?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_range_is_read() {
        let cases = [
            ("4:2", 4, RangeEnd::Length(2)),
            ("3-5", 3, RangeEnd::Last(5)),
            ("7", 7, RangeEnd::Length(1)),
            (":3", 0, RangeEnd::Length(3)),
            ("9:", 9, RangeEnd::Open),
            ("-4:4", -4, RangeEnd::Length(4)),
            ("-2--1", -2, RangeEnd::Last(-1)),
            ("1--2", 1, RangeEnd::Last(-2)),
            (" 0x10 : 2 ", 16, RangeEnd::Length(2)),
            ("0-0", 0, RangeEnd::Last(0)),
        ];
        for (text, start, end) in cases {
            assert_eq!(ranges(text, Span::default()), Ok(vec![Range { start, end }]), "{text}");
        }
    }

    #[test]
    fn what_selects_nothing_is_no_range() {
        for text in ["", ":", "a", "5-4", "-1--2", "1:0", "1:-1", "1,", "99999999999"] {
            assert!(ranges(text, Span::default()).is_err(), "{text}");
        }
    }
}
