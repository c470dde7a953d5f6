//! What tshark says: one run per capture asks all filters.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use xtask::error::{Error, Result};
use xtask::process;
use xtask::tshark;

use super::Frames;

/// Prints the frames of each filter of a list.
const SCRIPT: &str = include_str!("../../../data/display-filters.lua");

/// The line of tshark whose language is compared.
const VERSION: &str = "TShark (Wireshark) 4.0.";

/// Whether there is a tshark of that line that runs Lua, installed now where it was not there; else why not.
pub(super) fn is_there() -> std::result::Result<(), String> {
    let about = tshark::about().ok_or("tshark is not installed and could not be; try `apt-get install tshark`")?;
    let first = about.lines().next().unwrap_or_default();
    if !first.starts_with(VERSION) {
        return Err(format!("wanted tshark 4.0, found {first}"));
    }
    if !about.contains("with Lua") {
        return Err("this tshark cannot run Lua scripts".to_owned());
    }
    Ok(())
}

/// The frames of each filter. What was kept in the folder is taken from there, where it answers all of them.
pub(super) fn frames(capture: &Path, filters: &[&str], kept: Option<&Path>) -> Result<Vec<Frames>> {
    let Some(folder) = kept else {
        return Ok(pick(&run(capture, filters)?, filters).unwrap_or_default());
    };
    let path = folder.join(format!(
        "{}.txt",
        capture.file_name().unwrap_or_default().to_string_lossy()
    ));
    if let Some(frames) = std::fs::read_to_string(&path)
        .ok()
        .and_then(|text| pick(&text, filters))
    {
        return Ok(frames);
    }
    let text = run(capture, filters)?;
    std::fs::create_dir_all(folder).map_err(Error::writing(folder))?;
    std::fs::write(&path, &text).map_err(Error::writing(&path))?;
    Ok(pick(&text, filters).unwrap_or_default())
}

/// tshark ends with an error where a capture is cut, after it read what is there.
fn run(capture: &Path, filters: &[&str]) -> Result<String> {
    let script = file(SCRIPT.as_bytes())?;
    let list = file(format!("{}\n", filters.join("\n")).as_bytes())?;
    let mut command = process::program("tshark");
    command.env("TZ", "UTC").args(["-n", "-q", "-X"]);
    command.arg(format!("lua_script:{}", script.path().display()));
    command.arg("-X").arg(format!("lua_script1:{}", list.path().display()));
    let output = process::capture(command.arg("-r").arg(capture))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn file(bytes: &[u8]) -> Result<tempfile::NamedTempFile> {
    let fail = || Error::writing(Path::new("a file for tshark"));
    let mut file = tempfile::Builder::new().suffix(".lua").tempfile().map_err(fail())?;
    file.write_all(bytes).map_err(fail())?;
    Ok(file)
}

/// The frames of each filter, where the text answers all of them.
fn pick(text: &str, filters: &[&str]) -> Option<Vec<Frames>> {
    let answers: BTreeMap<&str, &str> = text.lines().filter_map(|line| line.split_once('\t')).collect();
    filters
        .iter()
        .map(|filter| answers.get(filter).map(|answer| numbers(answer)))
        .collect()
}

fn numbers(answer: &str) -> Frames {
    match answer {
        "error" => None,
        _ => Some(answer.split(',').filter_map(|number| number.parse().ok()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn answers_are_found_by_their_filter_and_all_must_be_there() {
        let text = "Running as root\ntcp\t1,2\nudp\t\nxyz\terror\n";
        let expected = vec![None, Some(BTreeSet::new()), Some(BTreeSet::from([1, 2]))];
        assert_eq!(pick(text, &["xyz", "udp", "tcp"]), Some(expected));
        assert_eq!(pick(text, &["tcp", "ip"]), None);
    }
}
