//! Texts into tokens.

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    Number(String),
    Text(String),
    /// `datetime(…)` and its sisters, with what stands in the parentheses.
    Literal(String, String),
    Sign(&'static str),
}

const SIGNS: [&str; 23] = [
    "==", "!=", "<>", "<=", ">=", "=~", "!~", "..", "<", ">", "+", "-", "*", "/", "%", "(", ")", ",", "[", "]", ".",
    "=", "!",
];
const LITERALS: [&str; 13] = [
    "datetime", "timespan", "time", "dynamic", "guid", "decimal", "real", "double", "int", "long", "bool", "date",
    "typeof",
];

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut rest = text.trim_start();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '\'' | '"' => quoted(rest)?,
            '@' => verbatim(&rest[1..])?,
            '0'..='9' => number(rest),
            letter if letter.is_alphabetic() || letter == '_' => word(rest)?,
            _ => sign(rest)?,
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn quoted(text: &str) -> Result<(Token, &str), String> {
    let quote = text.chars().next().ok_or("nothing")?;
    let mut value = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((place, character)) = characters.next() {
        if character == quote {
            return Ok((Token::Text(value), &text[place + 1..]));
        }
        if character != '\\' {
            value.push(character);
            continue;
        }
        let (_, escaped) = characters.next().ok_or("an open escape")?;
        value.push(match escaped {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'u' => {
                let digits: String = characters.by_ref().take(4).map(|(_, digit)| digit).collect();
                let code = u32::from_str_radix(&digits, 16).map_err(|error| error.to_string())?;
                char::from_u32(code).ok_or("a surrogate")?
            }
            other => other,
        });
    }
    Err("an open text".to_owned())
}

fn verbatim(text: &str) -> Result<(Token, &str), String> {
    let quote = text.chars().next().ok_or("nothing")?;
    let end = text[1..].find(quote).ok_or("an open text")?;
    Ok((Token::Text(text[1..=end].to_owned()), &text[end + 2..]))
}

fn number(text: &str) -> (Token, &str) {
    let bytes = text.as_bytes();
    let hexadecimal = text.starts_with("0x");
    let mut end = if hexadecimal { 2 } else { 0 };
    while end < bytes.len() {
        let exponent = !hexadecimal && matches!(bytes[end], b'+' | b'-') && matches!(bytes[end - 1], b'e' | b'E');
        let point = bytes[end] == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !(bytes[end].is_ascii_alphanumeric() || point || exponent) {
            break;
        }
        end += 1;
    }
    (Token::Number(text[..end].to_owned()), &text[end..])
}

fn word(text: &str) -> Result<(Token, &str), String> {
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let literal = LITERALS.contains(&name) && rest.starts_with('(');
    if !literal {
        let tilde = matches!(name, "in") && rest.starts_with('~');
        let (name, rest) = if tilde { ("in~", &rest[1..]) } else { (name, rest) };
        return Ok((Token::Name(name.to_owned()), rest));
    }
    let close = closing(rest).ok_or("an open parenthesis")?;
    Ok((
        Token::Literal(name.to_owned(), rest[1..close].to_owned()),
        &rest[close + 1..],
    ))
}

/// The place of the parenthesis that closes the first one, texts apart.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quote, mut escaped) = (0, None, false);
    for (place, character) in text.char_indices() {
        match (quote, character) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if character == open => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '(') => depth += 1,
            (None, ')') if depth == 1 => return Some(place),
            (None, ')') => depth -= 1,
            _ => {}
        }
    }
    None
}

fn sign(text: &str) -> Result<(Token, &str), String> {
    let sign = SIGNS.iter().find(|sign| text.starts_with(**sign));
    sign.map(|sign| (Token::Sign(sign), &text[sign.len()..]))
        .ok_or_else(|| format!("what is {text}"))
}
