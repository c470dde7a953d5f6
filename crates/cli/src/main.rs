//! The `whotalks` command: parses the request, asks the case, lets `render` write the answer.
//!
//! | file | what it holds |
//! |---|---|
//! | `arguments` | what can be asked, as `clap` parses it |
//! | `help` | the words of the help, in the language of the user |
//! | `commands/` | one file per command |
//! | `source` | the case that a command works on |
//! | `captures` | the captures that a command reads |
//! | `face` | language, colour, width, standard output |
//! | `failure` | what went wrong, as message, hint and exit code |
//! | `filter`, `policy`, `known` | the filter, the policy and the case that a user names |
//! | `memory` | how much memory the machine has |
//! | `output` | answers that are written as they come |
//! | `save` | pages that are written beside the answer |
//! | `progress` | the progress bar |

mod arguments;
mod captures;
mod commands;
mod face;
mod failure;
mod filter;
mod help;
mod known;
mod limits;
mod memory;
mod outcome;
mod output;
mod policy;
mod progress;
mod save;
mod source;
mod subject;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::FromArgMatches as _;

use arguments::Arguments;
use face::{Face, language};
use failure::Failure;
use outcome::Outcome;

fn main() -> ExitCode {
    let language = language(std::env::args_os());
    let arguments = help::command(language)
        .try_get_matches()
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    match arguments {
        Ok(arguments) => run(&arguments).into(),
        Err(error) => Outcome::of_usage(&error).into(),
    }
}

fn run(arguments: &Arguments) -> Outcome {
    let face = Face::new(&arguments.common);
    // A defect must end in its own exit code, whatever a caller makes of it.
    let ended = panic::catch_unwind(AssertUnwindSafe(|| commands::run(&arguments.command, &face)));
    ended
        .unwrap_or_else(|cause| Err(Failure::of_panic(&*cause)))
        .unwrap_or_else(|failure| failure.tell(&face))
}
