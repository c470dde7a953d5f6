//! The project's own commands: `cargo xtask COMMAND`.
//!
//! Everything that a developer or a machine does to this project is a command here, so that there is one way to do it. The
//! commands that prove the product on data (`corpus`, `accuracy`, `bench`) build the package `whotalks-proof` for release
//! and hand it the arguments; this package stays small so that `tidy` and `test` start quickly.

mod command_line;
mod commands;

use std::process::ExitCode;

use xtask::output;

fn main() -> ExitCode {
    match command_line::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            ExitCode::FAILURE
        }
    }
}
