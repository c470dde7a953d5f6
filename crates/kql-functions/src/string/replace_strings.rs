use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("replace_strings", Family::String, PARAMETERS, Returns::STRING, make)
        .does("Puts the texts of one array in the places of those of another, in one pass over the text.")
        .examples(&[example(
            "print replace_strings('a cat into a dog', dynamic(['cat', 'dog']), dynamic(['dog', 'pigeon']))",
            "a dog into a pigeon",
        )]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("text", Accepts::STRING, "the text"),
    Parameter::new("lookups", Accepts::Array, "what to replace"),
    Parameter::new("rewrites", Accepts::Array, "what stands in their places"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let lookups = texts(row.view(1)?)?;
        let rewrites = texts(row.view(2)?)?;
        (lookups.len() == rewrites.len()).then(|| replaced(row.text(0), &lookups, &rewrites))
    })
}

fn texts(view: DynamicView<'_>) -> Option<Vec<String>> {
    let texts = view
        .elements()?
        .map(|element| convert::to_text(&Value::from(element)).into_owned());
    Some(texts.collect())
}

/// At each place the first text that stands there is replaced; what was written is not looked at again.
fn replaced(text: &str, lookups: &[String], rewrites: &[String]) -> String {
    let mut answer = String::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let found = lookups
            .iter()
            .zip(rewrites)
            .find(|(lookup, _)| !lookup.is_empty() && rest.starts_with(*lookup));
        let length = match found {
            Some((lookup, rewrite)) => {
                answer.push_str(rewrite);
                lookup.len()
            }
            None => {
                answer.push(character);
                character.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    answer
}
