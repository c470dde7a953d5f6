//! `whotalks-testkit`: writes generated evidence and its truth.

use clap::{Parser, Subcommand};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use whotalks_testkit::scenario::{Knobs, Scenario};
use whotalks_testkit::sources::Sources;
use whotalks_testkit::stream::{BigCapture, Size};
use whotalks_testkit::truth::write_truth;
use whotalks_testkit::turmoil;
use whotalks_testkit::write::write;

/// Writes generated evidence and its truth.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the scenario of a seed.
    Generate {
        /// Seed of the scenario and of its mix of noise.
        #[arg(long)]
        seed: u64,
        #[command(flatten)]
        output: Output,
    },
    /// Write the bundled example.
    Example {
        #[command(flatten)]
        output: Output,
    },
    /// Write a scenario whose names try to break whoever shows them.
    Hostile {
        #[command(flatten)]
        output: Output,
    },
    /// Write random TCP conversations, in which everything goes wrong that can, as a capture to the standard output.
    Turmoil {
        /// Seed of all of them.
        #[arg(long)]
        seed: u64,
        /// How many.
        #[arg(long, default_value_t = 300)]
        conversations: u16,
    },
    /// Write a capture of any size to the standard output.
    Stream {
        /// Size in units of 10^9 bytes.
        #[arg(long)]
        gigabytes: u64,
        /// Number of flows.
        #[arg(long)]
        flows: u64,
        /// Number of packets; as many as fit the size well when left out.
        #[arg(long)]
        packets: Option<u64>,
    },
}

#[derive(Debug, clap::Args)]
struct Output {
    /// Folder for the evidence; created when it is not there.
    #[arg(long)]
    out: PathBuf,
    /// Kinds to write, as pcap,evtx,netstat; all when left out.
    #[arg(long, value_parser = Sources::parse)]
    sources: Option<Sources>,
    /// File for the truth; the name of the folder with .truth.json when left out.
    #[arg(long)]
    truth: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to be done when even the error cannot be told.
            let _ = writeln!(io::stderr(), "whotalks-testkit: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> io::Result<()> {
    match command {
        Command::Generate { seed, output } => save(&Scenario::generate(*seed, &Knobs::for_seed(*seed)), output),
        Command::Example { output } => save(&Scenario::example(), output),
        Command::Hostile { output } => save(&Scenario::hostile(), output),
        Command::Turmoil { seed, conversations } => {
            io::stdout().lock().write_all(&turmoil::capture(*seed, *conversations))
        }
        Command::Stream {
            gigabytes,
            flows,
            packets,
        } => stream(*gigabytes, *flows, *packets),
    }
}

/// The average size of a packet on ordinary networks, which `stream` aims at when nobody says otherwise.
const USUAL_PACKET: u64 = 330;

fn stream(gigabytes: u64, flows: u64, packets: Option<u64>) -> io::Result<()> {
    let bytes = gigabytes.saturating_mul(1_000_000_000);
    let packets = packets.unwrap_or(bytes / USUAL_PACKET);
    let mut capture = BigCapture::new(Size { packets, flows, bytes });
    match io::copy(&mut capture, &mut io::stdout().lock()) {
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map(|_| ()),
    }
}

fn save(scenario: &Scenario, output: &Output) -> io::Result<()> {
    let sources = output.sources.clone().unwrap_or_else(Sources::all);
    write(scenario, &output.out, &sources)?;
    let beside = || beside(&output.out);
    write_truth(scenario, &sources, &output.truth.clone().unwrap_or_else(beside))
}

/// `folder.truth.json` next to `folder`, so that nobody mistakes the truth for evidence.
fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(".truth.json");
    folder.with_file_name(name)
}
