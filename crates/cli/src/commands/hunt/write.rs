//! The answer in the form that is asked for, on standard output or in a file.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;

use whotalks_case::kql::{Answer, ParquetFailure};
use whotalks_render::{html, hunt, terminal};

use crate::arguments::{Hunt, HuntFormat};
use crate::face::Face;
use crate::failure::Failure;
use crate::save;

/// Rows that a person still looks at.
const READABLE_ROWS: usize = 100;

/// Refuses what cannot be written before anything is asked.
pub(super) fn check(arguments: &Hunt) -> Result<(), Failure> {
    if arguments.hunt_format == Some(HuntFormat::Parquet) && (arguments.output.is_none() || arguments.shell) {
        return Err(Failure::ParquetNeedsFile);
    }
    Ok(())
}

/// Writes an answer.
pub(super) fn answer(arguments: &Hunt, answer: &Answer, query: &str, face: &Face) -> Result<(), Failure> {
    if let Some(path) = &arguments.html {
        save::page(&html::hunt(answer, query, &face.report_options()), path, face)?;
    }
    match (&arguments.output, arguments.hunt_format) {
        (Some(path), Some(HuntFormat::Parquet)) => {
            parquet(answer, path, arguments.limit.unwrap_or(usize::MAX))?;
            tell(answer, face);
            save::tell(path, face);
        }
        (Some(path), _) => {
            let written = fs::write(path, text(arguments, answer, face));
            written.map_err(cannot_write(path))?;
            save::tell(path, face);
        }
        (None, _) => face.write(&text(arguments, answer, face))?,
    }
    Ok(())
}

/// The answer as a text.
fn text(arguments: &Hunt, answer: &Answer, face: &Face) -> String {
    let shape = match (arguments.hunt_format, arguments.json, arguments.csv) {
        (Some(HuntFormat::Json), ..) | (None, true, _) => hunt::Shape::Json,
        (Some(HuntFormat::Csv), ..) | (None, false, true) => hunt::Shape::Csv,
        (Some(HuntFormat::Jsonl), ..) => hunt::Shape::JsonLines,
        (Some(HuntFormat::Markdown), ..) => hunt::Shape::Markdown,
        (format, ..) => return for_people(arguments, answer, format.is_some(), face),
    };
    tell(answer, face);
    hunt::rows(answer, shape, arguments.limit.unwrap_or(usize::MAX))
}

/// The picture that the query asks for, or the rows; in a file without colours.
fn for_people(arguments: &Hunt, answer: &Answer, as_rows: bool, face: &Face) -> String {
    let options = terminal::Options {
        color: face.options.color && arguments.output.is_none(),
        ..face.options
    };
    let readable = if options.wide { usize::MAX } else { READABLE_ROWS };
    let most = arguments.limit.unwrap_or(readable);
    if as_rows {
        terminal::hunt(answer, most, &options)
    } else {
        terminal::drawn(answer, most, &options)
    }
}

/// Says what the answer lacks, where its form has no place for it.
fn tell(answer: &Answer, face: &Face) {
    for notice in &answer.notices {
        face.say(&hunt::notice(*notice));
    }
}

fn parquet(answer: &Answer, path: &Path, most: usize) -> Result<(), Failure> {
    let file = File::create(path).map_err(cannot_write(path))?;
    answer
        .write_parquet(BufWriter::new(file), most)
        .map_err(|failure| match failure {
            ParquetFailure::Write(source) => cannot_write(path)(io::Error::other(source)),
            other => Failure::Parquet {
                reason: other.to_string(),
            },
        })
}

fn cannot_write(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    |source| Failure::File { path, source }
}
