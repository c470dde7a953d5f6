//! Values that are written out.

use super::list::list;
use super::{Parser, name};
use crate::diagnostic::{Expected, Problem};
use crate::lexer::{LONG_QUOTES, escape};
use crate::token::{Token, TokenKind};
use crate::tree::{Expression, ExpressionKind, Json, Literal, StringLiteral, TypeName, TypeOf, TypeOfColumn, Written};
use crate::value;

impl Parser<'_> {
    /// A literal where nothing else can stand, as in `datatable`: with its sign, or a parameter of a client.
    pub(super) fn literal(&mut self) -> Option<Expression> {
        let start = self.start();
        if let Some(name) = self.client_name() {
            return Some(name::named_by(name));
        }
        let literal = self
            .plain_literal()
            .or_else(|| self.signed_literal())
            .or_else(|| self.type_of().map(type_of_literal))?;
        Some(Expression {
            kind: ExpressionKind::Literal(literal),
            span: self.since(start),
        })
    }

    /// A literal without a sign.
    pub(super) fn plain_literal(&mut self) -> Option<Literal> {
        let token = self.peek();
        if token.kind == TokenKind::String {
            return self.string().map(Literal::String);
        }
        if token.kind.is_literal() {
            return Some(self.word_literal());
        }
        self.dynamic()
    }

    /// A literal that one word makes.
    fn word_literal(&mut self) -> Literal {
        if self.peek().kind == TokenKind::RawGuid {
            self.error(Problem::RawGuid);
        }
        word_value(self.bump())
    }

    /// `-5`, `+1.5`: a sign and digits with nothing between.
    fn signed_literal(&mut self) -> Option<Literal> {
        let minus = self.at("-");
        let number = self.peek_at(1);
        if !(minus || self.at("+")) || !number.adjacent || !number.is_written_in_digits() {
            return None;
        }
        self.bump();
        let token = self.bump();
        Some(if minus { negative(token) } else { word_value(token) })
    }

    /// One or more strings side by side, which are one.
    pub(super) fn string(&mut self) -> Option<StringLiteral> {
        let mut whole: Option<StringLiteral> = None;
        while self.peek().kind == TokenKind::String {
            let next = string_value(self.bump().text);
            match &mut whole {
                Some(whole) => {
                    whole.text.push_str(&next.text);
                    whole.hidden |= next.hidden;
                }
                None => whole = Some(next),
            }
        }
        whole
    }

    /// `dynamic(…)`.
    pub(super) fn dynamic(&mut self) -> Option<Literal> {
        if !self.at("dynamic") || !self.peek_at(1).is("(") {
            return None;
        }
        self.bump();
        self.bump();
        let value = self.expect_json();
        self.close(")");
        Some(Literal::Dynamic(Box::new(value)))
    }

    fn expect_json(&mut self) -> Json {
        self.json().unwrap_or_else(|| {
            self.missing(Expected::Json);
            Json::Missing
        })
    }

    fn json(&mut self) -> Option<Json> {
        self.nested(Self::json_value)
    }

    fn json_value(&mut self) -> Option<Json> {
        let token = self.peek();
        if self.eat("null") {
            return Some(Json::Null);
        }
        if self.at("[") {
            return Some(self.json_array());
        }
        if self.at("{") {
            return Some(self.client_name().map_or_else(|| self.json_object(), Json::Client));
        }
        if self.at("-") {
            return self.negative_json();
        }
        // `int(…)` is the one literal that JSON does not take.
        let allowed = token.kind != TokenKind::Int;
        allowed.then(|| self.plain_literal())?.map(Json::Literal)
    }

    fn negative_json(&mut self) -> Option<Json> {
        if !matches!(self.peek_at(1).kind, TokenKind::Long | TokenKind::Real) {
            return None;
        }
        self.bump();
        Some(Json::Literal(negative(self.bump())))
    }

    fn json_array(&mut self) -> Json {
        self.bump();
        let values = self.list(list(Expected::Json), Self::json);
        self.close("]");
        Json::Array(values)
    }

    fn json_object(&mut self) -> Json {
        self.bump();
        let pairs = self.list(list(Expected::JsonPair), Self::json_pair);
        self.close("}");
        Json::Object(pairs)
    }

    fn json_pair(&mut self) -> Option<(String, Json)> {
        let token = self.peek();
        if token.kind == TokenKind::String {
            self.bump();
            self.expect(":");
            return Some((string_value(token.text).text, self.expect_json()));
        }
        if self.at(":") {
            self.missing(Expected::String);
            self.bump();
            return Some((String::new(), self.expect_json()));
        }
        let place = self.at;
        let value = self.json()?;
        let behind = std::mem::replace(&mut self.at, place);
        self.missing(Expected::String);
        self.at = behind;
        Some((String::new(), value))
    }

    /// `typeof(…)`.
    pub(super) fn type_of(&mut self) -> Option<TypeOf> {
        if !self.at("typeof") || !self.peek_at(1).is("(") {
            return None;
        }
        self.bump();
        self.bump();
        let inside = self
            .type_of_scalar()
            .map(TypeOf::Scalar)
            .unwrap_or_else(|| self.type_of_table());
        self.close(")");
        Some(inside)
    }

    fn type_of_scalar(&mut self) -> Option<TypeName> {
        let name = self.peek().kind == TokenKind::Identifier && self.peek_at(1).is(")");
        if name {
            self.word_as_type()
        } else {
            self.extended_type()
        }
    }

    fn type_of_table(&mut self) -> TypeOf {
        TypeOf::Table(self.list(list(Expected::Type), |parser| {
            if parser.eat("*") {
                return Some(TypeOfColumn::All);
            }
            Some(TypeOfColumn::Column(Box::new(parser.declaration()?)))
        }))
    }
}

/// `typeof(…)` as a value.
pub(super) fn type_of_literal(type_of: TypeOf) -> Literal {
    Literal::TypeOf(Box::new(type_of))
}

/// What stands in the parentheses of `long(…)`, or the word itself.
fn content(text: &str) -> &str {
    let inside = text
        .split_once('(')
        .map(|(_, inside)| inside.strip_suffix(')').unwrap_or(inside));
    inside.unwrap_or(text).trim()
}

fn written<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Written<T> {
    let content = content(text);
    if content.is_empty() || content == "null" {
        return Written::Null;
    }
    let unquoted = content
        .strip_prefix(['"', '\''])
        .and_then(|rest| rest.strip_suffix(['"', '\'']));
    match read(unquoted.unwrap_or(content)) {
        Some(value) => Written::Value(value),
        None => Written::Unreadable(content.to_owned()),
    }
}

/// The value of a literal that one word makes.
fn word_value(token: Token<'_>) -> Literal {
    let text = token.text;
    match token.kind {
        TokenKind::Bool => Literal::Bool(written(text, boolean)),
        TokenKind::Int => Literal::Int(written(text, |text| i32::try_from(integer(text)?).ok())),
        TokenKind::Long => Literal::Long(written(text, integer)),
        TokenKind::Real => Literal::Real(written(text, real)),
        TokenKind::Decimal => Literal::Decimal(written(text, decimal)),
        TokenKind::DateTime => Literal::DateTime(written(text, value::datetime)),
        TokenKind::Timespan if token.is_written_in_digits() => {
            Literal::Timespan(written(text, value::digits_with_unit))
        }
        TokenKind::Timespan => Literal::Timespan(written(text, value::timespan)),
        _ => Literal::Guid(written(text, value::guid)),
    }
}

/// The value of digits behind a minus.
fn negative(token: Token<'_>) -> Literal {
    match word_value(token) {
        Literal::Long(Written::Value(value)) => Literal::Long(Written::Value(-value)),
        Literal::Long(_) => Literal::Long(written(&format!("-{}", token.text), integer)),
        Literal::Real(Written::Value(value)) => Literal::Real(Written::Value(-value)),
        Literal::Timespan(Written::Value(value)) => Literal::Timespan(Written::Value(-value)),
        other => other,
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn integer(text: &str) -> Option<i64> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        // Sixteen digits are the bits of a negative number.
        Some(digits) => u64::from_str_radix(digits, 16).ok().map(u64::cast_signed),
        None => text.parse().ok(),
    }
}

fn real(text: &str) -> Option<f64> {
    match text {
        "nan" | "NaN" => Some(f64::NAN),
        "+inf" | "inf" => Some(f64::INFINITY),
        "-inf" => Some(f64::NEG_INFINITY),
        _ => {
            let numeric = text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'+' | b'-' | b'e' | b'E'));
            text.parse().ok().filter(|_| numeric)
        }
    }
}

/// The digits of a decimal number, checked but not changed.
fn decimal(text: &str) -> Option<String> {
    real(text).filter(|value| value.is_finite()).map(|_| text.to_owned())
}

/// What a string says.
pub(super) fn string_value(text: &str) -> StringLiteral {
    let unhidden = text.strip_prefix(['h', 'H']);
    let hidden = unhidden.is_some();
    let rest = unhidden.unwrap_or(text);
    let verbatim = rest.strip_prefix('@');
    let quoted = verbatim.unwrap_or(rest);
    let text = match LONG_QUOTES.into_iter().find(|quote| quoted.starts_with(quote)) {
        Some(quote) => between(quoted, quote).to_owned(),
        None if verbatim.is_some() => verbatim_text(quoted),
        None => escaped_text(quoted.get(..1).map_or("", |quote| between(quoted, quote))),
    };
    StringLiteral { text, hidden }
}

/// A text without the quotes around it; the second can be missing.
fn between<'q>(quoted: &'q str, quote: &str) -> &'q str {
    let opened = quoted.strip_prefix(quote).unwrap_or(quoted);
    opened.strip_suffix(quote).unwrap_or(opened)
}

fn verbatim_text(quoted: &str) -> String {
    let Some(quote) = quoted.get(..1) else {
        return String::new();
    };
    between(quoted, quote).replace(&quote.repeat(2), quote)
}

fn escaped_text(mut rest: &str) -> String {
    let mut units = Vec::new();
    while let Some(next) = rest.chars().next() {
        let (length, code) = escape(rest).unwrap_or((next.len_utf8(), u32::from(next)));
        let character = char::from_u32(code);
        match u16::try_from(code) {
            // Half of a surrogate pair, which the next escape completes.
            Ok(half) if character.is_none() => units.push(half),
            _ => units.extend(
                character
                    .unwrap_or(char::REPLACEMENT_CHARACTER)
                    .encode_utf16(&mut [0; 2])
                    .iter(),
            ),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_of_a_string_says_the_same() {
        for text in [
            r#""a\"b\\""#,
            r#"'a"b\\'"#,
            r#"@"a""b\""#,
            r#"h@'a"b\'"#,
            r#"```a"b\```"#,
            r#""a\x22b\134""#,
        ] {
            assert_eq!(string_value(text).text, r#"a"b\"#, "{text}");
        }
        assert_eq!(string_value(r#""\uD83D\uDE00""#).text, "😀");
        assert_eq!(string_value(r#""\uD83D""#).text, "\u{fffd}");
    }
}
