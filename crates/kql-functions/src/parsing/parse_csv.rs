use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("parse_csv", Family::Parsing, PARAMETERS, Returns::DYNAMIC, make)
    .does("Splits a record of values with commas between them; quotes hold commas.")
    .examples(&[
        example("print parse_csv('aa,\"b,b\",cc')", "[\"aa\",\"b,b\",\"cc\"]"),
        example("print parse_csv('')", "[\"\"]"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("csv_text", Accepts::TextOrDynamic, "one record")];

fn make(_: &[Argument]) -> Made {
    always(|row| DynamicBuilder::array(fields(row.text(0)).iter().map(|field| DynamicBuilder::string(field))))
}

/// The fields of the first record (RFC 4180).
fn fields(text: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let (mut quoted, mut characters) = (false, text.chars().peekable());
    while let Some(character) = characters.next() {
        let field = fields.last_mut();
        match (character, field) {
            ('"', Some(field)) if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',', _) if !quoted => fields.push(String::new()),
            ('\r' | '\n', _) if !quoted => break,
            (other, Some(field)) => field.push(other),
            (_, None) => {}
        }
    }
    fields
}
