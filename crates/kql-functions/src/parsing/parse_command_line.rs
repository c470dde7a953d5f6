use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "parse_command_line",
    Family::Parsing,
    PARAMETERS,
    Returns::DYNAMIC,
    make,
)
.does("Splits a command line into its arguments as Windows does.")
.examples(&[example(
    "print parse_command_line('echo \"hello world!\" a', 'windows')",
    "[\"echo\",\"hello world!\",\"a\"]",
)]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("command_line", Accepts::AnyText, "the command line"),
    Parameter::new("parser_type", Accepts::STRING, "`windows`").constant(),
];

fn make(arguments: &[Argument]) -> Made {
    let parser = arguments.get(1).and_then(Argument::text).unwrap_or_default();
    if !parser.eq_ignore_ascii_case("windows") {
        let reason = Invalid::Word {
            word: parser.to_owned(),
            known: &["windows"],
        };
        return Err(FunctionError::InvalidConstant {
            function: "parse_command_line",
            position: 2,
            reason,
        });
    }
    maybe(|row| {
        let arguments = split(row.text(0));
        (!arguments.is_empty())
            .then(|| DynamicBuilder::array(arguments.iter().map(|text| DynamicBuilder::string(text))))
    })
}

/// As `CommandLineToArgvW` splits: backslashes before a quote are halved, and an odd one makes it a plain quote.
fn split(text: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut current: Option<String> = None;
    let (mut quoted, mut backslashes) = (false, 0_usize);
    for character in text.chars() {
        if character == '\\' {
            backslashes += 1;
            current.get_or_insert_default();
            continue;
        }
        let slashes = std::mem::take(&mut backslashes);
        let kept = if character == '"' { slashes / 2 } else { slashes };
        if kept > 0 {
            current.get_or_insert_default().push_str(&"\\".repeat(kept));
        }
        match character {
            '"' if slashes % 2 == 1 => current.get_or_insert_default().push('"'),
            '"' => {
                quoted = !quoted;
                current.get_or_insert_default();
            }
            ' ' | '\t' if !quoted => arguments.extend(current.take()),
            other => current.get_or_insert_default().push(other),
        }
    }
    if backslashes > 0 {
        current.get_or_insert_default().push_str(&"\\".repeat(backslashes));
    }
    arguments.extend(current);
    arguments
}
