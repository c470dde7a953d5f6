use std::fmt;

/// A globally unique identifier, its bytes in the order in which it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Guid(pub [u8; 16]);

impl Guid {
    /// Reads 32 hexadecimal digits: plain, with hyphens, or with hyphens and in braces or parentheses.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let inner = enclosed(text, '{', '}')
            .or_else(|| enclosed(text, '(', ')'))
            .unwrap_or(text);
        let hyphens = inner
            .char_indices()
            .filter(|(_, character)| *character == '-')
            .map(|(index, _)| index);
        let shape: Vec<usize> = hyphens.take(5).collect();
        let known = shape.is_empty() && inner.len() == 32 && inner.len() == text.len();
        (known || (shape == [8, 13, 18, 23] && inner.len() == 36)).then(|| digits(inner))?
    }
}

fn enclosed(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close)
}

fn digits(text: &str) -> Option<Guid> {
    let mut bytes = [0; 16];
    let mut digits = text
        .chars()
        .filter(|character| *character != '-')
        .map(|character| character.to_digit(16));
    for byte in &mut bytes {
        let (high, low) = (digits.next()??, digits.next()??);
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    digits.next().is_none().then_some(Guid(bytes))
}

impl fmt::Display for Guid {
    /// Lower case with hyphens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_are_read_in_their_forms_and_printed_in_one() {
        let text = "74be27de-1e4e-49d9-b579-fe0b331d3642";
        for form in [
            text,
            "74BE27DE1E4E49D9B579FE0B331D3642",
            "{74be27de-1e4e-49d9-b579-fe0b331d3642}",
        ] {
            assert_eq!(Guid::parse(form).unwrap().to_string(), text);
        }
        for wrong in [
            "",
            "74be27de",
            "74be27de-1e4e-49d9-b579-fe0b331d364g",
            "74be27de-1e4e-49d9b-579-fe0b331d3642",
        ] {
            assert_eq!(Guid::parse(wrong), None, "{wrong}");
        }
    }
}
