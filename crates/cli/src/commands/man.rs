//! `whotalks man`: the manual pages.

use std::fs;

use clap_mangen::{Man as Page, generate_to};

use crate::arguments::Man;
use crate::face::Face;
use crate::failure::Failure;
use crate::help;
use crate::outcome::Outcome;

pub(super) fn run(arguments: &Man, face: &Face) -> Result<Outcome, Failure> {
    let command = help::command(face.options.language);
    match &arguments.man_folder {
        None => face.write(&String::from_utf8_lossy(&page(&command)?))?,
        Some(folder) => {
            let written = fs::create_dir_all(folder).and_then(|()| generate_to(command, folder));
            let path = folder.clone();
            written.map_err(|source| Failure::File { path, source })?;
        }
    }
    Ok(Outcome::Answered)
}

fn page(command: &clap::Command) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    let written = Page::new(command.clone()).render(&mut page);
    written.map_err(|source| Failure::Output { source })?;
    Ok(page)
}
