//! Ranges of bytes and of layers.

use crate::syntax::{Range, RangeEnd};

/// Hands over the parts of the bytes, joined; none where a part does not lie in them whole.
pub(super) fn with_parts<T>(bytes: &[u8], ranges: &[Range], use_parts: impl FnOnce(&[u8]) -> T) -> Option<T> {
    if let [only] = ranges {
        return Some(use_parts(part(bytes, *only)?));
    }
    let parts = ranges.iter().map(|range| part(bytes, *range));
    let joined: Vec<&[u8]> = parts.collect::<Option<_>>()?;
    Some(use_parts(&joined.concat()))
}

fn part(bytes: &[u8], range: Range) -> Option<&[u8]> {
    let length = i64::try_from(bytes.len()).ok()?;
    let (start, end) = bounds(range, length);
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    bytes.get(start..end).filter(|part| !part.is_empty())
}

/// Where a range begins and where it has ended, in something that long.
fn bounds(range: Range, length: i64) -> (i64, i64) {
    let from_start = |offset: i32| match i64::from(offset) {
        offset if offset < 0 => length + offset,
        offset => offset,
    };
    let start = from_start(range.start);
    let end = match range.end {
        RangeEnd::Length(count) => start + i64::from(count),
        RangeEnd::Last(last) => from_start(last) + 1,
        RangeEnd::Open => length,
    };
    (start, end)
}

/// Whether a layer, the first of which is 1, lies in one of the ranges. Behind the last one, -1, the ranges go on.
pub(super) fn holds_layer(ranges: &[Range], layer: usize, total: usize) -> bool {
    let (Ok(layer), Ok(total)) = (i64::try_from(layer), i64::try_from(total)) else {
        return false;
    };
    ranges.iter().any(|range| {
        // Counted from the end, the last layer is the layer `total`; counted from the start, there is a layer 0.
        let (start, end) = bounds(*range, total + 1);
        layer > 0 && layer >= start && layer < end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn range(start: i32, end: RangeEnd) -> Range {
        Range { start, end }
    }

    fn cut(range: Range) -> Option<Vec<u8>> {
        with_parts(b"abcdef", &[range], <[u8]>::to_vec)
    }

    #[test]
    fn a_part_lies_in_the_bytes_whole_or_is_none() {
        let cases: [(Range, Option<&[u8]>); 10] = [
            (range(1, RangeEnd::Length(2)), Some(b"bc")),
            (range(1, RangeEnd::Last(3)), Some(b"bcd")),
            (range(4, RangeEnd::Open), Some(b"ef")),
            (range(-2, RangeEnd::Length(1)), Some(b"e")),
            (range(-2, RangeEnd::Last(-1)), Some(b"ef")),
            (range(1, RangeEnd::Last(-2)), Some(b"bcde")),
            (range(5, RangeEnd::Length(2)), None),
            (range(6, RangeEnd::Open), None),
            (range(-7, RangeEnd::Open), None),
            (range(i32::MAX, RangeEnd::Length(i32::MAX)), None),
        ];
        for (range, expected) in cases {
            assert_eq!(cut(range).as_deref(), expected, "{range:?}");
        }
    }

    #[test]
    fn several_parts_are_joined_and_one_that_is_missing_spoils_all() {
        let parts = [range(0, RangeEnd::Length(1)), range(4, RangeEnd::Open)];
        assert_eq!(
            with_parts(b"abcdef", &parts, <[u8]>::to_vec).as_deref(),
            Some(b"aef".as_slice())
        );
        assert_eq!(with_parts(b"abcd", &parts, <[u8]>::to_vec), None);
    }

    #[test]
    fn layers_count_from_one_and_from_the_end() {
        let second = [range(2, RangeEnd::Length(1))];
        assert!(holds_layer(&second, 2, 2) && !holds_layer(&second, 1, 2));
        let last = [range(-1, RangeEnd::Length(1))];
        assert!(holds_layer(&last, 3, 3) && !holds_layer(&last, 2, 3));
        let from_two = [range(2, RangeEnd::Last(4))];
        assert!(holds_layer(&from_two, 4, 9) && !holds_layer(&from_two, 5, 9));
        assert!(!holds_layer(&[range(0, RangeEnd::Length(1))], 1, 1));
        assert!(!holds_layer(&[range(0, RangeEnd::Length(1))], 0, 1));
    }
}
