//! `systeminfo`: the computer, its Windows and its time zone, known by the place of each row, which is the same in every
//! language since Windows Vista. It cannot see what was so at another time.

use whotalks_record::{DeviceFactKind, ListingTool, Span};

use crate::facts::{Facts, Said};
use crate::ipconfig::is_name;
use crate::lines::Line;
use crate::output::Output;
use crate::recogniser::{End, Recogniser};

/// Rows kept; the tool writes some thirty and their continuations.
const MOST_ROWS: usize = 128;
/// The places of rows, from the first on.
const VERSION: usize = 2;
const MANUFACTURER: usize = 11;
const MODEL: usize = 12;
const ARCHITECTURE: usize = 13;

/// Reads the rows of one run.
#[derive(Default)]
pub(crate) struct Systeminfo {
    rows: Vec<(Span, String)>,
    facts: Facts,
    last: Option<Span>,
}

impl Recogniser for Systeminfo {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if let Some(value) = value(&line.text, self.is_proved()) {
            if !self.is_proved() && self.rows.len() > VERSION {
                self.rows.remove(0);
            }
            if self.rows.len() < MOST_ROWS {
                self.rows.push((line.span, value.to_owned()));
            }
            self.last = Some(line.span);
            return self.is_proved();
        }
        let continues = line.text.starts_with("          ") && !line.text.trim().is_empty();
        if self.is_proved() && continues {
            self.last = Some(line.span);
            return true;
        }
        self.end(output);
        false
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.end(output);
    }
}

impl Systeminfo {
    /// Whether the third row is a version of Windows under the two rows that stand before one.
    fn is_proved(&self) -> bool {
        let version = self
            .rows
            .get(VERSION)
            .is_some_and(|(_, value)| version(value).is_some());
        version && self.rows.first().is_some_and(|(_, name)| is_name(name))
    }

    fn end(&mut self, output: &mut Output<'_>) {
        let proved = self.is_proved();
        let rows = std::mem::take(&mut self.rows);
        if proved {
            self.system(&rows, output);
            if let Some(last) = self.last {
                self.facts.touch(last);
            }
            self.facts.close(output);
        }
    }

    fn system(&mut self, rows: &[(Span, String)], output: &mut Output<'_>) {
        self.row(rows, 0, DeviceFactKind::ComputerName, output);
        self.row(rows, 1, DeviceFactKind::OperatingSystem, output);
        if let Some((span, (number, build))) = rows.get(VERSION).and_then(|(span, text)| Some((*span, version(text)?)))
        {
            self.say(span, DeviceFactKind::OsVersion, number, output);
            self.say(span, DeviceFactKind::OsBuild, build, output);
        }
        if rows.get(ARCHITECTURE).is_some_and(|(_, text)| is_architecture(text)) {
            self.row(rows, MANUFACTURER, DeviceFactKind::Manufacturer, output);
            self.row(rows, MODEL, DeviceFactKind::Model, output);
            self.row(rows, ARCHITECTURE, DeviceFactKind::Architecture, output);
        }
        if let Some((span, zone)) = rows.iter().find(|(_, text)| text.starts_with("(UTC")) {
            self.say(*span, DeviceFactKind::TimeZone, zone, output);
        }
        // The domain follows the files of virtual memory.
        let page_file = rows
            .iter()
            .rposition(|(_, text)| text.to_ascii_lowercase().ends_with(".sys"));
        if let Some(at) = page_file {
            self.row(rows, at.saturating_add(1), DeviceFactKind::Domain, output);
        }
    }

    fn row(&mut self, rows: &[(Span, String)], at: usize, kind: DeviceFactKind, output: &mut Output<'_>) {
        if let Some((span, value)) = rows.get(at) {
            self.say(*span, kind, value, output);
        }
    }

    fn say(&mut self, span: Span, kind: DeviceFactKind, value: &str, output: &mut Output<'_>) {
        let said = Said {
            span,
            about: None,
            kind,
            value,
        };
        self.facts.say(ListingTool::Systeminfo, &said, output);
    }
}

/// The value of `Label:     value`; labels may hold a colon of their own. Only the longest label has one blank behind it, which
/// other texts have everywhere.
fn value(text: &str, proved: bool) -> Option<&str> {
    if text.starts_with([' ', '\t', '"']) {
        return None;
    }
    text.match_indices(':').find_map(|(at, _)| {
        let rest = text.get(at.saturating_add(1)..)?;
        (rest.starts_with("  ") || proved && rest.starts_with(' ') || rest.trim().is_empty() && at > 0)
            .then(|| rest.trim())
    })
}

/// `10.0.19045 N/A Build 19045`: three numbers first, the build last, in every language.
fn version(value: &str) -> Option<(&str, &str)> {
    let mut words = value.split_whitespace();
    let number = words.next()?;
    let build = words.next_back()?;
    let parts = number.split('.').filter(|part| part.parse::<u32>().is_ok()).count();
    let is_build = build.bytes().all(|byte| byte.is_ascii_digit());
    (parts == 3 && is_build && number.rsplit('.').next() == Some(build)).then_some((number, build))
}

fn is_architecture(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    ["x64", "x86", "arm"].iter().any(|known| value.starts_with(known))
}
