//! `cargo xtask accuracy`: what whotalks says of generated scenarios, against their truth.

mod judge;
mod matching;
mod mixes;
mod reasons;
mod said;
mod scenarios;
mod table;
mod tally;

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Mutex;

use whotalks_testkit::sources::Sources;
use xtask::error::{Error, Result};
use xtask::output::say;

use crate::proof::Proof;
use mixes::Mix;
use scenarios::{Origin, Seeds, Written};
use tally::Tally;

/// Compares what whotalks says of generated scenarios with their truth.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Seeds from A up to, not including, B.
    #[arg(long, value_name = "A..B", default_value = "0..200")]
    seeds: Seeds,
    /// Only this mix of sources, as pcap,evtx; several mixes where left out.
    #[arg(long, value_name = "LIST", value_parser = Sources::parse)]
    sources: Option<Sources>,
    /// A range of seeds, or a folder of scenarios (`NAME/` beside `NAME.truth.json`), in place of the seeds.
    #[arg(long, value_name = "PATH")]
    data: Option<PathBuf>,
    /// Where to write the outcome as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Runs the command. A case is one question about one flow, asked of one mix of sources.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let origins = scenarios::origins(arguments.data.as_deref(), arguments.seeds)?;
    let mixes = mixes::of(arguments.sources.as_ref());
    let tally = measure(&origins, &mixes)?;
    say(&table::text(&mixes, &tally));
    let mut proof = Proof::new("accuracy");
    tally.into_proof(&mixes, &mut proof);
    proof.finish(arguments.json.as_deref())
}

/// Asks about every scenario and mix, on all processors.
fn measure(origins: &[Origin], mixes: &[Mix]) -> Result<Tally> {
    let queue = Mutex::new(origins.iter());
    let work = || {
        let mut tally = Tally::default();
        while let Some(origin) = queue.lock().ok().and_then(|mut queue| queue.next()) {
            ask(&Written::new(origin)?, mixes, &mut tally)?;
        }
        Ok(tally)
    };
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let tallies: Vec<Result<Tally>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(panicked())))
            .collect()
    });
    let mut all = Tally::default();
    for tally in tallies {
        all.add(tally?);
    }
    Ok(all)
}

fn panicked() -> Error {
    Error::Found {
        count: 1,
        what: "scenarios made the product panic",
    }
}

/// Asks about one scenario.
fn ask(written: &Written, mixes: &[Mix], tally: &mut Tally) -> Result {
    for mix in mixes {
        let told = crate::told::tell(&written.paths(&mix.sources))?;
        let matched = matching::pair(&written.truth, &mix.sources, &told);
        tally.lonely(mix, &written.name, &matched.lonely);
        for (flow, conversation) in &matched.pairs {
            let answerable = written.truth.answerable(flow, &mix.sources);
            for question in judge::questions(flow, &answerable, *conversation) {
                tally.note(mix, &written.name, flow, &question);
            }
        }
    }
    Ok(())
}
