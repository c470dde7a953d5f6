use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("translate", Family::String, PARAMETERS, Returns::STRING, make)
    .does("Puts other characters in the places of those of a list; the last one stands for all that are missing.")
    .examples(&[
        example("print translate('krasp', 'otsku', 'spark')", "kusto"),
        example("print translate('abc', 'x', 'abc')", "xxx"),
        example("print translate('abc', '', 'ab')", ""),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("searchList", Accepts::STRING, "the characters to replace"),
    Parameter::new("replacementList", Accepts::STRING, "what stands in their places"),
    Parameter::new("source", Accepts::STRING, "the text"),
];

fn make(_: &[Argument]) -> Made {
    always(|row| {
        let search: Vec<char> = row.text(0).chars().collect();
        let replacement: Vec<char> = row.text(1).chars().collect();
        let other = |character: char| match search.iter().position(|known| *known == character) {
            Some(place) => replacement.get(place).or(replacement.last()).copied(),
            None => Some(character),
        };
        row.text(2).chars().filter_map(other).collect::<String>()
    })
}
