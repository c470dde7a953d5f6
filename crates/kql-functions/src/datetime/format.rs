//! Patterns of times: which letters stand for which numbers.

use std::fmt::Write as _;

/// The numbers of a time or of a length of time that a pattern may ask for.
pub(super) struct Numbers {
    pub(super) year: Option<i64>,
    pub(super) month: Option<i64>,
    pub(super) day: i64,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    /// Ticks of 100 ns within the second.
    pub(super) tick: i64,
}

/// What a pattern may hold beside letters.
const DELIMITERS: &str = " /-:,._[]";

/// Whether a pattern for times holds nothing but letters with a meaning and delimiters; some letter if it does not.
pub(super) fn unknown(pattern: &str, letters: &str) -> Option<char> {
    pattern
        .chars()
        .find(|character| !letters.contains(*character) && !DELIMITERS.contains(*character))
}

/// Writes the numbers as the pattern says: letter by letter, at most as many of one as mean something together.
pub(super) fn write(pattern: &str, numbers: &Numbers) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        let run = rest.chars().take_while(|next| *next == letter).count();
        let taken = run.min(longest(letter, numbers));
        write_piece(&mut text, letter, taken, numbers);
        rest = rest.get(taken * letter.len_utf8()..).unwrap_or_default();
    }
    text
}

/// How many of one letter belong together.
fn longest(letter: char, numbers: &Numbers) -> usize {
    match letter {
        'y' => 4,
        'd' if numbers.year.is_none() => 8,
        'f' | 'F' => 7,
        'M' | 'd' | 'h' | 'H' | 'm' | 's' | 't' => 2,
        _ => 1,
    }
}

fn write_piece(text: &mut String, letter: char, count: usize, numbers: &Numbers) {
    let number = match letter {
        'y' => return year(text, count, numbers),
        'M' => numbers.month,
        'd' | 'D' => Some(numbers.day),
        'h' => Some(half_day_hour(numbers)),
        'H' => Some(numbers.hour),
        'm' => Some(numbers.minute),
        's' => Some(numbers.second),
        'f' | 'F' => return fraction(text, letter, count, numbers.tick),
        't' => return text.push_str(half_day(count, numbers.hour)),
        _ => None,
    };
    match number {
        // Writing to a string cannot fail.
        Some(number) => drop(write!(text, "{number:0count$}")),
        None => text.push(letter),
    }
}

fn year(text: &mut String, count: usize, numbers: &Numbers) {
    let year = numbers.year.unwrap_or_default();
    let _ = match count {
        1 => write!(text, "{}", year % 100),
        2 => write!(text, "{:02}", year % 100),
        _ => write!(text, "{year:0count$}"),
    };
}

/// Twelve hours for times of day, all of them for lengths of time.
fn half_day_hour(numbers: &Numbers) -> i64 {
    match (numbers.year, numbers.hour % 12) {
        (None, _) => numbers.hour,
        (Some(_), 0) => 12,
        (Some(_), hour) => hour,
    }
}

fn half_day(count: usize, hour: i64) -> &'static str {
    match (count, hour < 12) {
        (1, true) => "A",
        (1, false) => "P",
        (_, true) => "AM",
        (_, false) => "PM",
    }
}

/// Digits after the point; of `F` the zeros at the end are left out.
fn fraction(text: &mut String, letter: char, count: usize, tick: i64) {
    let digits = format!("{tick:07}");
    let digits = digits.get(..count).unwrap_or(&digits);
    text.push_str(if letter == 'F' {
        digits.trim_end_matches('0')
    } else {
        digits
    });
}
