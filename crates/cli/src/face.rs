//! How answers reach the user: language, colour, width, standard output and standard error.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, BufWriter, ErrorKind, Write as _};

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use whotalks_render::messages::Message;
use whotalks_render::terminal::Options;
use whotalks_render::words::Words;
use whotalks_render::{Language, TimeZoneChoice, html, sanitize};

use crate::arguments::Common;
use crate::failure::Failure;

/// Columns where standard output is no terminal.
const DEFAULT_COLUMNS: usize = 120;

/// What every command needs to speak.
pub(crate) struct Face {
    /// How answers are written.
    pub(crate) options: Options,
    /// Texts in the user's language.
    pub(crate) words: Words,
}

impl Face {
    pub(crate) fn new(common: &Common) -> Self {
        let language = common.lang.unwrap_or_else(language_of_locale);
        let time_zone = common.utc_offset.unwrap_or(TimeZoneChoice::System);
        Self {
            options: Options {
                language,
                time_zone,
                width: columns(),
                color: AutoStream::choice(&io::stdout()) != ColorChoice::Never,
                wide: common.wide,
            },
            words: Words::new(language, time_zone),
        }
    }

    /// How the report is written.
    pub(crate) const fn report_options(&self) -> html::Options {
        html::Options {
            language: self.options.language,
            time_zone: self.options.time_zone,
        }
    }

    /// A message on standard error, with what is hostile in it made visible.
    pub(crate) fn say(&self, message: &impl Message) {
        let text = sanitize::terminal(&self.words.text(message));
        // Nobody may be listening, and there is nowhere else to say so.
        drop(writeln!(io::stderr().lock(), "{text}"));
    }

    /// The answer on standard output.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        let mut output = io::stdout().lock();
        let written = output.write_all(text.as_bytes()).and_then(|()| output.flush());
        match written {
            // The reader, `head` for example, has seen enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(|source| Failure::Output { source }),
        }
    }

    /// The answer as JSON on standard output, written as it is made: it can be far larger than what it is made of.
    pub(crate) fn write_json(&self, value: &impl Serialize) -> Result<(), Failure> {
        let mut output = BufWriter::new(io::stdout().lock());
        let made = serde_json::to_writer_pretty(&mut output, value).map_err(io::Error::from);
        match made
            .and_then(|()| output.write_all(b"\n"))
            .and_then(|()| output.flush())
        {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(|source| Failure::Output { source }),
        }
    }
}

/// Columns of the terminal; of `COLUMNS` where there is none.
fn columns() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let stated = || env::var("COLUMNS").ok()?.parse().ok();
    terminal.or_else(stated).unwrap_or(DEFAULT_COLUMNS)
}

/// The language of the help, which is needed before the arguments are parsed: `--lang` where it stands, else the locale.
pub(crate) fn language(arguments: impl Iterator<Item = OsString>) -> Language {
    let arguments: Vec<OsString> = arguments.take_while(|argument| argument != "--").collect();
    let joined = arguments
        .iter()
        .filter_map(|argument| argument.to_str()?.strip_prefix("--lang="));
    let apart = arguments
        .iter()
        .zip(arguments.iter().skip(1))
        .filter(|(name, _)| name.as_os_str() == OsStr::new("--lang"))
        .filter_map(|(_, value)| value.to_str());
    joined
        .chain(apart)
        .next_back()
        .map_or_else(language_of_locale, Language::from_locale)
}

/// The first of the locale variables that is set, in the order that POSIX gives them.
fn language_of_locale() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.is_empty())
        .map_or_else(Language::default, |locale| Language::from_locale(&locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_help_is_found_wherever_it_stands() {
        for line in [
            "whotalks --lang ja --help",
            "whotalks ask --help --lang=ja",
            "whotalks --lang en --lang ja",
        ] {
            let arguments = line.split(' ').map(OsString::from);
            assert_eq!(language(arguments), Language::Japanese, "{line}");
        }
        let arguments = ["whotalks", "--lang", "en", "--", "--lang=ja"]
            .into_iter()
            .map(OsString::from);
        assert_eq!(language(arguments), Language::English);
    }
}
