//! Every example of the documentation is evaluated.

mod print;

use crate::{all, operators};

#[test]
fn every_example_has_its_answer() {
    let mut wrong = Vec::new();
    for function in all().chain(operators()) {
        for example in function.examples {
            let answer = print::evaluate(example.query).unwrap_or_else(|error| format!("error: {error}"));
            if answer != example.answer {
                wrong.push(format!(
                    "{}\n  gives {answer}\n  not   {}",
                    example.query, example.answer
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}
