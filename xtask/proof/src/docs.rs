//! `cargo xtask docs`: the pages that are made from the sources.

mod fields;
mod formats;
mod hunting;
mod protocols;
mod tables;

use std::path::PathBuf;

use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::project;

/// Writes the pages that are made from the sources, or proves that they are up to date.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only compare; fail where a page differs.
    #[arg(long)]
    check: bool,
}

/// A page and the function that makes it.
struct Page {
    path: &'static str,
    text: fn() -> String,
}

const PAGES: [Page; 5] = [
    Page {
        path: "docs/fields.md",
        text: fields::page,
    },
    Page {
        path: "docs/formats.md",
        text: formats::page,
    },
    Page {
        path: "docs/hunting.md",
        text: hunting::page,
    },
    Page {
        path: "docs/protocols.md",
        text: protocols::page,
    },
    Page {
        path: "docs/tables.md",
        text: tables::page,
    },
];

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    if !arguments.check {
        return PAGES.iter().try_for_each(write);
    }
    let stale: Vec<&Page> = PAGES.iter().filter(|page| !is_current(page)).collect();
    for page in &stale {
        say(&format!(
            "{}: is not what would be made; run `cargo xtask docs`",
            page.path
        ));
    }
    if stale.is_empty() {
        Ok(())
    } else {
        Err(Error::Found {
            count: stale.len(),
            what: "pages are out of date",
        })
    }
}

fn write(page: &Page) -> Result {
    let path = place(page);
    std::fs::write(&path, (page.text)()).map_err(Error::writing(&path))
}

fn is_current(page: &Page) -> bool {
    std::fs::read_to_string(place(page)).is_ok_and(|text| text == (page.text)())
}

fn place(page: &Page) -> PathBuf {
    project::root().join(page.path)
}
