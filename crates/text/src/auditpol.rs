//! `auditpol /get /category:* /r` and `auditpol /backup`: what the host audited when it was asked, therefore what the absence of
//! an event means. It cannot see earlier settings, nor those of single users.

use whotalks_record::{DeviceFactKind, Issue, IssueKind, ListingTool};

use crate::facts::{Facts, Said};
use crate::lines::Line;
use crate::output::Output;
use crate::recogniser::{End, Recogniser};

/// The column of the subcategory's GUID, which is the same in every language.
const GUID_COLUMN: usize = 3;
/// The column of the words for the setting, in the language of Windows.
const WORDS_COLUMN: usize = 4;
/// The column of the number for the setting, which `/backup` adds.
const NUMBER_COLUMN: usize = 6;
/// Issues of unknown words; more say nothing new.
const MOST_ISSUES: u32 = 4;

/// Words for the settings: English, Japanese.
const WORDS: &[(&str, &str)] = &[
    ("No Auditing", "none"),
    ("Success", "success"),
    ("Failure", "failure"),
    ("Success and Failure", "success-and-failure"),
    ("監査なし", "none"),
    ("成功", "success"),
    ("失敗", "failure"),
    ("成功および失敗", "success-and-failure"),
    ("成功と失敗", "success-and-failure"),
];

/// Reads what is audited.
#[derive(Default)]
pub(crate) struct Auditpol {
    facts: Facts,
    unknown: u32,
}

impl Recogniser for Auditpol {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        let fields: Vec<&str> = line
            .text
            .trim()
            .split(',')
            .map(|field| field.trim_matches('"').trim())
            .collect();
        let Some(guid) = fields.get(GUID_COLUMN).filter(|guid| is_guid(guid)) else {
            return self.facts.is_open() && line.text.trim().is_empty();
        };
        if fields.get(1).is_some_and(|target| is_account(target)) {
            return self.facts.is_open();
        }
        match setting(&fields) {
            Some(value) => {
                let guid = guid.to_ascii_uppercase();
                let said = Said {
                    span: line.span,
                    about: Some(&guid),
                    kind: DeviceFactKind::AuditSetting,
                    value,
                };
                self.facts.say(ListingTool::Auditpol, &said, output);
            }
            None => self.count_unknown(line, &fields, output),
        }
        true
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.facts.close(output);
        self.unknown = 0;
    }
}

impl Auditpol {
    fn count_unknown(&mut self, line: &Line, fields: &[&str], output: &mut Output<'_>) {
        self.unknown = self.unknown.saturating_add(1);
        if self.unknown <= MOST_ISSUES {
            output.issue(Issue {
                span: line.span,
                kind: IssueKind::Unsupported {
                    field: "auditpol.setting",
                    found: fields.get(WORDS_COLUMN).copied().unwrap_or_default().into(),
                },
            });
        }
    }
}

fn setting(fields: &[&str]) -> Option<&'static str> {
    let number = match fields.get(NUMBER_COLUMN).copied() {
        Some("0") => Some("none"),
        Some("1") => Some("success"),
        Some("2") => Some("failure"),
        Some("3") => Some("success-and-failure"),
        _ => None,
    };
    let words = fields.get(WORDS_COLUMN)?;
    number.or_else(|| WORDS.iter().find_map(|(known, word)| (known == words).then_some(*word)))
}

/// A policy of one user says nothing of the host.
fn is_account(target: &str) -> bool {
    target.contains('\\') || target.starts_with("S-1-")
}

/// `{0CCE9226-69AE-11D9-BED3-505054503030}`.
fn is_guid(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else {
        return false;
    };
    let lengths = inner.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && inner.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}
