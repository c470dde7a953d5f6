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

/// Answers that were recorded from the real engine: lines of a file that the environment names, each a query and its
/// answers, parted by tabs.
#[test]
fn recorded_answers_are_given_again() {
    let Some(path) = std::env::var_os("RECORDED_ANSWERS") else {
        return;
    };
    let lines = std::fs::read_to_string(path).unwrap();
    let mut wrong = Vec::new();
    for line in lines.lines() {
        let (query, expected) = line.split_once('\t').unwrap();
        let answer = print::evaluate_all(query).map(|answers| answers.join("\t"));
        let answer = answer.unwrap_or_else(|error| format!("error: {error}"));
        if answer != expected {
            wrong.push(format!("{query}\n  gives {answer}\n  not   {expected}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        lines.lines().count(),
        wrong.join("\n")
    );
}
