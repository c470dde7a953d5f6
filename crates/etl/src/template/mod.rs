//! Templates: which fields a payload has, by provider, event and version.
//!
//! They are facts about the manifests of Windows, one file per provider in `data/`, made by `cargo xtask etl-templates`. The first
//! line of a file names the provider; each other line is an event: number, version, name, then its fields as `name:type`. A
//! `?` at the end of a line stands for fields whose size is not known.

mod decode;
mod parse;
#[cfg(test)]
pub(crate) mod tests;
mod value;

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::{Event, Guid, Origin};

pub use decode::{Fields, Undecodable};
pub use value::Value;

use parse::Line;

/// The provider files, in the order of the alphabet.
const FILES: &[&str] = &[
    include_str!("../../data/bits-client.txt"),
    include_str!("../../data/dns-client.txt"),
    include_str!("../../data/kernel-logger.txt"),
    include_str!("../../data/kernel-network.txt"),
    include_str!("../../data/kernel-process.txt"),
    include_str!("../../data/ndis-packetcapture.txt"),
    include_str!("../../data/pktmon.txt"),
    include_str!("../../data/tcpip.txt"),
    include_str!("../../data/webio.txt"),
    include_str!("../../data/wfp.txt"),
    include_str!("../../data/winhttp.txt"),
    include_str!("../../data/wininet.txt"),
    include_str!("../../data/winsock-afd.txt"),
    include_str!("../../data/winsock-nameresolution.txt"),
];

/// Providers whose events are counted only, with their names.
const NAMES: &str = include_str!("../../data/names.txt");

/// One event of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The event's name in its manifest.
    pub name: &'static str,
    fields: Vec<parse::Field>,
    /// Whether fields follow whose size is not known.
    is_open: bool,
}

/// All templates. Made once per run, and a provider's only when it is met.
#[derive(Debug)]
pub struct Templates {
    files: HashMap<Guid, Provider, RandomState>,
}

#[derive(Debug)]
struct Provider {
    name: &'static str,
    lines: &'static str,
    events: Option<HashMap<(u16, u8), Template, RandomState>>,
}

impl Default for Templates {
    fn default() -> Self {
        let mut templates = Self {
            files: HashMap::default(),
        };
        FILES.iter().for_each(|file| templates.add(file));
        for line in NAMES.lines() {
            templates.name(line, "");
        }
        templates
    }
}

impl Templates {
    /// Adds the sections of a file; each begins with a line without a leading digit-and-space, which names a provider.
    fn add(&mut self, file: &'static str) {
        for section in file.split("\n\n") {
            let (head, lines) = section.split_once('\n').unwrap_or((section, ""));
            self.name(head, lines);
        }
    }

    fn name(&mut self, head: &'static str, lines: &'static str) {
        let Some((guid, name)) = head.split_once(' ') else {
            return;
        };
        if let Some(guid) = Guid::parse(guid) {
            self.files.insert(
                guid,
                Provider {
                    name,
                    lines,
                    events: None,
                },
            );
        }
    }

    /// The name of a provider, where it is known.
    #[must_use]
    pub fn provider_name(&self, provider: Guid) -> Option<&'static str> {
        self.files.get(&provider).map(|file| file.name)
    }

    /// The template of an event, where there is one. Kernel and classic events are known by their type.
    pub fn of(&mut self, event: &Event<'_>) -> Option<&Template> {
        let id = match event.origin {
            Origin::Manifest => event.id,
            Origin::Kernel | Origin::Classic | Origin::Instance => event.opcode.into(),
            Origin::Message | Origin::Opaque => return None,
        };
        let file = self.files.get_mut(&event.provider)?;
        let lines = file.lines;
        let events = file.events.get_or_insert_with(|| {
            let lines = lines.lines().filter_map(Line::read);
            lines.map(|line| ((line.id, line.version), line.template)).collect()
        });
        events.get(&(id, event.version))
    }
}

impl Template {
    /// The fields of `event`, which has this template, in order.
    #[must_use]
    pub fn fields<'t, 'a>(&'t self, event: &Event<'a>) -> Fields<'t, 'a> {
        Fields::new(self, event.payload, event.pointer_bytes)
    }

    /// The values of the fields with these names; none for a field that is missing or damaged.
    #[must_use]
    pub fn values<'a, const N: usize>(&self, event: &Event<'a>, names: [&str; N]) -> [Option<Value<'a>>; N] {
        let mut found = [const { None }; N];
        for (name, value) in self.fields(event).map_while(Result::ok) {
            let places = names.iter().zip(&mut found);
            if let Some((_, place)) = places.into_iter().find(|(wanted, _)| **wanted == name) {
                *place = Some(value);
            }
        }
        found
    }
}
