//! The messages of one language.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentResource, FluentValue};

use crate::Language;
use crate::format::grouped;
use crate::messages::Message;

const ENGLISH: &[&str] = &[
    include_str!("../../locales/en/units.ftl"),
    include_str!("../../locales/en/words.ftl"),
    include_str!("../../locales/en/reasons.ftl"),
    include_str!("../../locales/en/findings.ftl"),
    include_str!("../../locales/en/statements.ftl"),
    include_str!("../../locales/en/labels.ftl"),
    include_str!("../../locales/en/report.ftl"),
    include_str!("../../locales/en/cli.ftl"),
    include_str!("../../locales/en/help.ftl"),
    include_str!("../../locales/en/host.ftl"),
    include_str!("../../locales/en/packets.ftl"),
    include_str!("../../locales/en/filter.ftl"),
    include_str!("../../locales/en/cases.ftl"),
    include_str!("../../locales/en/traces.ftl"),
    include_str!("../../locales/en/objects.ftl"),
    include_str!("../../locales/en/query.ftl"),
    include_str!("../../locales/en/query-part.ftl"),
    include_str!("../../locales/en/schema.ftl"),
    include_str!("../../locales/en/hunt.ftl"),
];

const JAPANESE: &[&str] = &[
    include_str!("../../locales/ja/units.ftl"),
    include_str!("../../locales/ja/words.ftl"),
    include_str!("../../locales/ja/reasons.ftl"),
    include_str!("../../locales/ja/findings.ftl"),
    include_str!("../../locales/ja/statements.ftl"),
    include_str!("../../locales/ja/labels.ftl"),
    include_str!("../../locales/ja/report.ftl"),
    include_str!("../../locales/ja/cli.ftl"),
    include_str!("../../locales/ja/help.ftl"),
    include_str!("../../locales/ja/host.ftl"),
    include_str!("../../locales/ja/packets.ftl"),
    include_str!("../../locales/ja/filter.ftl"),
    include_str!("../../locales/ja/cases.ftl"),
    include_str!("../../locales/ja/traces.ftl"),
    include_str!("../../locales/ja/objects.ftl"),
    include_str!("../../locales/ja/query.ftl"),
    include_str!("../../locales/ja/query-part.ftl"),
    include_str!("../../locales/ja/schema.ftl"),
    include_str!("../../locales/ja/hunt.ftl"),
];

/// The messages of one language.
pub struct Messages {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Messages {
    /// Reads the embedded messages of `language`.
    pub fn new(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.tag().parse().unwrap_or_default()]);
        // Isolation marks are bidi controls, and those are escaped on every face.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| with_separators(value)));
        for text in sources(language) {
            // Errors are impossible here: a test reads every file strictly.
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of `message`, one line. The id itself where the files lack it, which a test excludes.
    pub fn get(&self, message: &impl Message) -> String {
        let Some(pattern) = self.bundle.get_message(message.id()).and_then(|it| it.value()) else {
            return message.id().to_owned();
        };
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, Some(&message.arguments()), &mut errors)
            .into_owned()
    }
}

/// The Fluent files of a language.
pub(super) fn sources(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => ENGLISH,
        Language::Japanese => JAPANESE,
    }
}

/// Counts are written with separators; identifiers and ports are passed as text and stay as they are.
fn with_separators(value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value >= 0.0 => Some(grouped(number.value as u64)),
        _ => None,
    }
}
