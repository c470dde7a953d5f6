//! Which captures are damaged: a few that together hold as much as possible of what can be read.

use std::collections::BTreeSet;
use std::path::Path;

use whotalks_case::NoProgress;
use whotalks_case::capture;
use whotalks_case::packets::statistics::{Question, Statistic};
use xtask::error::{Error, Result};

use super::campaign::Capture;

/// Captures that are damaged.
const CAPTURES: usize = 20;
/// Longer captures are not chosen: each of their bytes is a truncation, and each truncation is read whole.
const MOST_BYTES: u64 = 20 << 10;

/// What a capture would add.
struct Candidate {
    file: String,
    bytes: u64,
    format: &'static str,
    features: BTreeSet<String>,
}

/// The captures of the corpus of which each adds a format to those before, or else the most protocols; the shortest among
/// equals.
pub(super) fn captures(corpus: &Path, files: &[String]) -> Result<Vec<Capture>> {
    let files = files.iter().filter(|file| file.starts_with("pcap/"));
    let mut candidates = Vec::new();
    for file in files {
        let path = corpus.join(file);
        let bytes = std::fs::metadata(&path).map_err(Error::reading(&path))?.len();
        if bytes <= MOST_BYTES {
            candidates.push(candidate(file.clone(), bytes, &path));
        }
    }
    let chosen = choose(candidates, CAPTURES);
    chosen.into_iter().map(|file| read(corpus, file)).collect()
}

fn read(corpus: &Path, file: String) -> Result<Capture> {
    let path = corpus.join(&file);
    let bytes = std::fs::read(&path).map_err(Error::reading(&path))?;
    Ok(Capture { file, bytes })
}

/// The format, the protocols of its packets and those of its streams.
fn candidate(file: String, bytes: u64, path: &Path) -> Candidate {
    let (statistics, read) = capture::statistics(&[path.to_owned()], Question::new(&Statistic::ALL), &mut NoProgress);
    let format = read
        .pieces
        .iter()
        .find(|piece| piece.is_capture)
        .map(|piece| piece.format);
    let layers = statistics.hierarchy.iter().map(|row| row.protocol.to_owned());
    let streams = statistics.tcp.iter().chain(&statistics.udp);
    let applications = streams.map(|stream| format!("application {}", stream.application.word()));
    Candidate {
        file,
        bytes,
        format: format.unwrap_or_default(),
        features: layers.chain(applications).collect(),
    }
}

fn choose(mut candidates: Vec<Candidate>, most: usize) -> Vec<String> {
    let (mut chosen, mut known, mut formats) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    while chosen.len() < most {
        let gain = |candidate: &Candidate| candidate.features.difference(&known).count();
        let best = |candidate: &Candidate| {
            let adds_format = !formats.contains(candidate.format);
            (adds_format, gain(candidate), u64::MAX - candidate.bytes)
        };
        let Some((place, _)) = candidates
            .iter()
            .enumerate()
            .max_by_key(|(_, candidate)| best(candidate))
        else {
            break;
        };
        let candidate = candidates.remove(place);
        formats.insert(candidate.format);
        known.extend(candidate.features);
        chosen.push(candidate.file);
    }
    chosen.sort();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(file: &str, bytes: u64, features: &[&str]) -> Candidate {
        Candidate {
            file: file.to_owned(),
            bytes,
            format: if file.ends_with("pcapng") { "pcapng" } else { "pcap" },
            features: features.iter().map(|feature| (*feature).to_owned()).collect(),
        }
    }

    #[test]
    fn each_choice_adds_the_most_and_the_shortest_of_equals_is_taken() {
        let candidates = vec![
            candidate("long", 90, &["tcp", "dns"]),
            candidate("rich", 50, &["tcp", "tls", "http"]),
            candidate("same", 10, &["tcp", "tls"]),
            candidate("short", 20, &["tcp", "dns"]),
            candidate("other.pcapng", 60, &["tcp"]),
        ];
        assert_eq!(choose(candidates, 3), ["other.pcapng", "rich", "short"]);
    }

    #[test]
    fn fewer_captures_than_wanted_are_all_taken() {
        assert_eq!(
            choose(vec![candidate("a", 1, &[]), candidate("b", 2, &[])], 20),
            ["a", "b"]
        );
    }
}
