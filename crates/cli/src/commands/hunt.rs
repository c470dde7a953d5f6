//! `whotalks hunt`: a query in the Kusto Query Language over the evidence.

use std::io::{self, Read as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
use std::time::Duration;

use whotalks_case::HuntError;
use whotalks_case::kql::{Answer, Limits};
use whotalks_case::tables::hunting::Flavour as View;
use whotalks_render::{hunt, terminal};

use crate::arguments::{Hunt, HuntFormat, Source};
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::{memory, source};

/// Rows that a person still looks at.
const READABLE_ROWS: usize = 100;
/// The part of the machine's memory that a query may use where nothing is said: one of so many.
const MEMORY_PART: usize = 4;
/// The column of times that tables have in Sentinel only.
const TIME_OF_SENTINEL: &str = "TimeGenerated";
/// Bytes of a mebibyte.
const MIB: usize = 1 << 20;

pub(super) fn run(arguments: &Hunt, face: &Face) -> Result<Outcome, Failure> {
    let (query, source) = asked(arguments)?;
    let mut case = source::case(&source, face)?;
    let answer = case
        .hunt(&query, flavour(arguments, &query), limits(arguments), source::now())
        .map_err(|error| match error {
            HuntError::Case(error) => Failure::case(source.case.as_deref())(error),
            HuntError::Query(error) => Failure::Query {
                text: query,
                source: Box::new(error),
            },
        })?;
    write(arguments, &answer, face)?;
    Ok(if answer.row_count() == 0 {
        Outcome::NothingFound
    } else {
        Outcome::Answered
    })
}

/// The query and the evidence: with `--file`, every word is a path; `-` in place of a query is standard input.
fn asked(arguments: &Hunt) -> Result<(String, Source), Failure> {
    let mut source = arguments.source.clone();
    let text = match (&arguments.query_file, &arguments.query) {
        (Some(file), first) => {
            source.paths.splice(0..0, first.iter().map(PathBuf::from));
            read(file)?
        }
        (None, Some(query)) if query == "-" => standard_input()?,
        (None, Some(query)) => query.clone(),
        (None, None) => return Err(Failure::NoQuery),
    };
    Ok((text, source))
}

fn read(path: &Path) -> Result<String, Failure> {
    if path == Path::new("-") {
        return standard_input();
    }
    std::fs::read_to_string(path).map_err(|source| Failure::CannotRead {
        path: path.to_owned(),
        source,
    })
}

fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    let path = PathBuf::from("-");
    read.map_err(|source| Failure::CannotRead { path, source })?;
    Ok(text)
}

/// Where nothing is said, the column of times that the query names tells for which product it was written.
fn flavour(arguments: &Hunt, query: &str) -> View {
    let told = if query.contains(TIME_OF_SENTINEL) {
        View::Sentinel
    } else {
        View::Xdr
    };
    arguments.flavour.map_or(told, View::from)
}

fn limits(arguments: &Hunt) -> Limits {
    let memory_bytes = match arguments.memory {
        Some(mebibytes) => mebibytes.saturating_mul(MIB),
        None => memory::of_machine_bytes() / MEMORY_PART,
    };
    Limits {
        memory_bytes,
        threads: available_parallelism().unwrap_or(NonZeroUsize::MIN),
        time: arguments.time_limit.map(Duration::from_secs),
    }
}

fn write(arguments: &Hunt, answer: &Answer, face: &Face) -> Result<(), Failure> {
    let shape = match (arguments.hunt_format, arguments.json, arguments.csv) {
        (Some(HuntFormat::Json), ..) | (None, true, _) => hunt::Shape::Json,
        (Some(HuntFormat::Csv), ..) | (None, false, true) => hunt::Shape::Csv,
        (Some(HuntFormat::Jsonl), ..) => hunt::Shape::JsonLines,
        (Some(HuntFormat::Markdown), ..) => hunt::Shape::Markdown,
        (Some(HuntFormat::Table) | None, ..) => {
            let readable = if face.options.wide { usize::MAX } else { READABLE_ROWS };
            let most = arguments.limit.unwrap_or(readable);
            return face.write(&terminal::hunt(answer, most, &face.options));
        }
    };
    for notice in &answer.notices {
        face.say(&hunt::notice(*notice));
    }
    face.write(&hunt::rows(answer, shape, arguments.limit.unwrap_or(usize::MAX)))
}
