//! What is known of expressions before a row is seen: texts, numbers, times, and a text that an expression matches.

use whotalks_kql_syntax::tree::{ArithmeticOperator, Expression, ExpressionKind, Json, Literal};

use crate::hunting::tables::NOW_NANOSECONDS;

/// The ticks of 1970 since the year 1, and the nanoseconds of a tick.
const EPOCH_TICKS: i64 = 621_355_968_000_000_000;
const TICK_NANOSECONDS: i64 = 100;

/// A value that is known.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::hunting) enum Known {
    Texts(Vec<String>),
    Number(f64),
    /// Nanoseconds since 1970.
    Time(i64),
    /// Nanoseconds.
    Span(i64),
}

impl Known {
    /// As a text: the first of several.
    pub(in crate::hunting) fn text(&self) -> Option<String> {
        match self {
            Self::Texts(texts) => texts.first().cloned(),
            Self::Number(number) => Some(number.to_string()),
            Self::Time(_) | Self::Span(_) => None,
        }
    }

    pub(in crate::hunting) fn texts(&self) -> Vec<String> {
        match self {
            Self::Texts(texts) => texts.clone(),
            other => other.text().into_iter().collect(),
        }
    }

    pub(in crate::hunting) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Texts(texts) => texts.first().and_then(|text| text.parse().ok()),
            _ => None,
        }
    }
}

/// The value of a literal.
pub(super) fn literal(literal: &Literal) -> Option<Known> {
    Some(match literal {
        Literal::String(text) => Known::Texts(vec![text.text.clone()]),
        Literal::Long(number) => Known::Number(*number.value()? as f64),
        Literal::Int(number) => Known::Number(f64::from(*number.value()?)),
        Literal::Real(number) => Known::Number(*number.value()?),
        Literal::Decimal(number) => Known::Number(number.value()?.parse().ok()?),
        Literal::Bool(value) => Known::Texts(vec![value.value()?.to_string()]),
        Literal::DateTime(ticks) => Known::Time((ticks.value()? - EPOCH_TICKS).checked_mul(TICK_NANOSECONDS)?),
        Literal::Timespan(ticks) => Known::Span(ticks.value()?.checked_mul(TICK_NANOSECONDS)?),
        Literal::Dynamic(json) => Known::Texts(texts(json)),
        _ => return None,
    })
}

fn texts(json: &Json) -> Vec<String> {
    match json {
        Json::Array(items) => items.iter().flat_map(texts).collect(),
        Json::Literal(value) => literal(value).map(|value| value.texts()).unwrap_or_default(),
        Json::Object(members) => members.iter().flat_map(|(_, value)| texts(value)).collect(),
        _ => Vec::new(),
    }
}

/// The value of an expression without rows; `name` gives the values of names.
pub(in crate::hunting) fn known(expression: &Expression, name: &dyn Fn(&str) -> Option<Known>) -> Option<Known> {
    let value = |expression: &Expression| known(expression, name);
    match &expression.kind {
        ExpressionKind::Literal(written) => literal(written),
        ExpressionKind::Parenthesized(inner) => value(inner),
        ExpressionKind::Name(written) => name(&written.text),
        ExpressionKind::Sign(sign) => match value(&sign.operand)? {
            Known::Number(number) if sign.minus => Some(Known::Number(-number)),
            Known::Span(span) if sign.minus => Some(Known::Span(-span)),
            other => Some(other),
        },
        ExpressionKind::Arithmetic(arithmetic) => {
            let first = value(&arithmetic.first)?;
            let mut rest = arithmetic.rest.iter();
            rest.try_fold(first, |left, (operator, right)| {
                calculated(left, *operator, value(right)?)
            })
        }
        ExpressionKind::Call(call) => {
            let arguments: Vec<Known> = call.arguments.iter().filter_map(value).collect();
            called(&call.name.text, &arguments)
        }
        _ => None,
    }
}

fn calculated(left: Known, operator: ArithmeticOperator, right: Known) -> Option<Known> {
    use ArithmeticOperator::{Add, Divide, Multiply, Subtract};
    Some(match (left, operator, right) {
        (Known::Number(left), Add, Known::Number(right)) => Known::Number(left + right),
        (Known::Number(left), Subtract, Known::Number(right)) => Known::Number(left - right),
        (Known::Number(left), Multiply, Known::Number(right)) => Known::Number(left * right),
        (Known::Number(left), Divide, Known::Number(right)) => Known::Number(left / right),
        (Known::Time(time), Add, Known::Span(span)) => Known::Time(time + span),
        (Known::Time(time), Subtract, Known::Span(span)) => Known::Time(time - span),
        (Known::Span(left), Add, Known::Span(right)) => Known::Span(left + right),
        (Known::Span(left), Subtract, Known::Span(right)) => Known::Span(left - right),
        #[expect(clippy::cast_possible_truncation, reason = "a part of a length of time in a query")]
        (Known::Span(span), Multiply, Known::Number(times)) | (Known::Number(times), Multiply, Known::Span(span)) => {
            Known::Span((span as f64 * times) as i64)
        }
        _ => return None,
    })
}

fn called(name: &str, arguments: &[Known]) -> Option<Known> {
    Some(match (name, arguments) {
        ("now", []) => Known::Time(NOW_NANOSECONDS),
        ("now", [Known::Span(span)]) => Known::Time(NOW_NANOSECONDS + span),
        ("ago", [Known::Span(span)]) => Known::Time(NOW_NANOSECONDS - span),
        ("startofday" | "endofday" | "todatetime" | "datetime", [time @ Known::Time(_), ..]) => time.clone(),
        ("totimespan" | "tolong" | "toint" | "todouble" | "toreal" | "tostring" | "trim" | "todynamic", [only]) => {
            only.clone()
        }
        ("parse_json" | "todynamic" | "materialize" | "toscalar" | "dynamic", [only, ..]) => only.clone(),
        ("tolower" | "tolowercase", [only]) => {
            Known::Texts(only.texts().iter().map(|text| text.to_lowercase()).collect())
        }
        ("toupper", [only]) => Known::Texts(only.texts().iter().map(|text| text.to_uppercase()).collect()),
        ("pack_array" | "array_concat" | "set_union" | "make_list" | "make_set", several) => {
            Known::Texts(several.iter().flat_map(Known::texts).collect())
        }
        ("strcat", several) => Known::Texts(vec![several.iter().filter_map(Known::text).collect::<String>()]),
        _ => return None,
    })
}

/// A text that a regular expression matches, with a text in its first group where one is asked for. Alternatives give their first,
/// repetitions as few as they may, at least one.
pub(super) fn matching(expression: &str, group: Option<&str>) -> Option<String> {
    let mut reader = Pattern {
        rest: expression,
        group,
        text: String::new(),
    };
    reader.alternatives(true)?;
    let found = regex::Regex::new(expression).ok()?;
    found.is_match(&reader.text).then_some(reader.text)
}

struct Pattern<'p> {
    rest: &'p str,
    group: Option<&'p str>,
    text: String,
}

impl Pattern<'_> {
    /// Alternatives up to a closing bracket or the end; only the first is written.
    fn alternatives(&mut self, mut write: bool) -> Option<()> {
        loop {
            match self.rest.chars().next() {
                None | Some(')') => return Some(()),
                Some('|') => {
                    self.skip(1);
                    write = false;
                }
                Some(_) => self.item(write)?,
            }
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// One sign, class or group with its repetition.
    fn item(&mut self, write: bool) -> Option<()> {
        let before = self.text.len();
        self.one(write)?;
        let piece = self.text.get(before..)?.to_owned();
        let least = self.repetition();
        if write {
            for _ in 1..least {
                self.text.push_str(&piece);
            }
        }
        Some(())
    }

    fn one(&mut self, write: bool) -> Option<()> {
        let sign = self.rest.chars().next()?;
        self.skip(sign.len_utf8());
        match sign {
            '^' | '$' => {}
            '(' => return self.bracket(write),
            '[' => {
                let letter = self.class()?;
                self.write(letter, write);
            }
            '\\' => {
                let escaped = self.rest.chars().next()?;
                self.skip(escaped.len_utf8());
                self.write(
                    match escaped {
                        'd' => '1',
                        'w' | 'S' => 'a',
                        's' => ' ',
                        'W' => '-',
                        'D' => 'x',
                        'b' | 'B' => return Some(()),
                        'n' => '\n',
                        't' => '\t',
                        other => other,
                    },
                    write,
                );
            }
            '.' => self.write('a', write),
            other => self.write(other, write),
        }
        Some(())
    }

    fn bracket(&mut self, write: bool) -> Option<()> {
        let capturing = !self.rest.starts_with('?');
        if let Some(flags) = self.rest.strip_prefix('?') {
            let end = flags.find([':', ')', '>'])?;
            let only_flags = flags.get(end..)?.starts_with(')');
            self.rest = flags.get(end + usize::from(!only_flags)..)?;
        }
        let before = self.text.len();
        self.alternatives(write)?;
        self.skip(1);
        if capturing
            && write
            && let Some(group) = self.group.take()
        {
            self.text.truncate(before);
            self.text.push_str(group);
        }
        Some(())
    }

    /// A letter of a class.
    fn class(&mut self) -> Option<char> {
        let end = self.rest.char_indices().skip(1).find(|(place, sign)| {
            let escaped = self.rest.get(..*place).is_some_and(|before| before.ends_with('\\'));
            *sign == ']' && !escaped
        });
        let (end, _) = end?;
        let inside = self.rest.get(..end)?.to_owned();
        self.skip(end + 1);
        let class = regex::Regex::new(&format!("^[{inside}]$")).ok()?;
        let usual = "a1A.-_ /\\:%=+@{}".chars();
        usual
            .chain((' '..='~').filter(char::is_ascii_graphic))
            .find(|sign| class.is_match(&sign.to_string()))
    }

    /// How often the last item stands at least; a repetition that may be none stands once.
    fn repetition(&mut self) -> usize {
        let mut least = 1;
        match self.rest.chars().next() {
            Some('*' | '+' | '?') => self.skip(1),
            Some('{') => {
                let inside = self.rest.split_once('}').map_or("", |(inside, _)| inside).to_owned();
                let digits: String = inside.chars().skip(1).take_while(char::is_ascii_digit).collect();
                if let Ok(number) = digits.parse() {
                    least = number;
                    self.skip(inside.len() + 1);
                }
            }
            _ => return 1,
        }
        if self.rest.starts_with('?') {
            self.skip(1);
        }
        usize::min(least, 100)
    }

    fn write(&mut self, sign: char, write: bool) {
        if write {
            self.text.push(sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_match_their_expressions() {
        for expression in [
            r"^\d{1,3}\.\d+$",
            r"(?i)power(shell|point)\s+-e[nc]*\b",
            r"[A-Za-z0-9+/]{40,}={0,2}",
            r"https?://([^/]+)/",
            r"a|b",
        ] {
            assert!(matching(expression, None).is_some(), "{expression}");
        }
        assert_eq!(
            matching(r"https?://([^/]+)/", Some("host")).as_deref(),
            Some("https://host/")
        );
    }
}
