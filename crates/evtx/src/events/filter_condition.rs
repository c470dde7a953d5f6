//! The `Conditions` text of 5441 and 5447: blocks of three labelled lines (condition, comparison, value). The labels are
//! localised, so blocks are found by their GUID and lines by their order.
//!
//! ```text
//!  Condition ID: {c35a604d-d22b-4e1a-91b4-68f674ee674b}
//!  Match value: Equal to
//!  Condition value: 0x0050
//! ```

use std::net::{Ipv4Addr, Ipv6Addr};

use whotalks_record::FilterCondition;

use super::guid_names::symbolic_name;
use crate::raw::parse_address;
use crate::texts::Texts;

/// The most conditions kept of one filter; Windows' own filters have fewer than 20.
const MOST_CONDITIONS: usize = 256;

/// One block while its lines are gathered.
#[derive(Default)]
struct Block<'t> {
    field: &'t str,
    comparison: Option<&'t str>,
    value: Vec<&'t str>,
}

/// Reads the conditions; `-` has none.
pub(super) fn parse(text: &str, texts: &mut Texts) -> Vec<FilterCondition> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(field) = guid_of(line) {
            if blocks.len() >= MOST_CONDITIONS {
                break;
            }
            blocks.push(Block {
                field,
                ..Block::default()
            });
        } else if let Some(block) = blocks.last_mut() {
            block.add(line);
        }
    }
    blocks.iter().map(|block| block.condition(texts)).collect()
}

/// The GUID of a line that opens a block.
fn guid_of(line: &str) -> Option<&str> {
    let value = after_label(line)?;
    (value.len() == 38 && value.starts_with('{') && value.ends_with('}')).then_some(value)
}

/// What follows the label, which ends with a colon (full-width in some languages).
fn after_label(line: &str) -> Option<&str> {
    let (label, value) = line.split_once(':').unwrap_or((line, ""));
    // Searching for one ASCII character is many times faster than for either, and Windows' own labels are the common case.
    if label.is_ascii() && label.len() < line.len() {
        return Some(value.trim());
    }
    let (_, value) = line.split_once([':', '：'])?;
    Some(value.trim())
}

impl<'t> Block<'t> {
    fn add(&mut self, line: &'t str) {
        if self.comparison.is_none() {
            self.comparison = after_label(line);
        } else if self.value.is_empty() {
            self.value.push(after_label(line).unwrap_or(line.trim()));
        } else {
            self.value.push(line.trim());
        }
    }

    fn condition(&self, texts: &mut Texts) -> FilterCondition {
        let field = symbolic_name(self.field).unwrap_or(self.field);
        FilterCondition {
            field: texts.share(field),
            comparison: texts.share(self.comparison.unwrap_or_default()),
            value: texts.share(&readable_value(field, &self.value)),
        }
    }
}

/// The value in the notation of [`FilterCondition`]: numbers decimal, addresses dotted, ranges `low-high`, paths decoded.
fn readable_value(field: &str, lines: &[&str]) -> String {
    if let Some(path) = hex_dump_text(lines) {
        return path;
    }
    match lines {
        [line] => readable_text(field, line),
        lines => {
            let lines: Vec<&str> = lines.iter().filter(|line| !line.is_empty()).copied().collect();
            readable_text(field, &lines.join(" "))
        }
    }
}

fn readable_text(field: &str, text: &str) -> String {
    let range = if text.contains('-') {
        text.split_once(" - ")
    } else {
        None
    };
    match range {
        Some((low, high)) => format!("{}-{}", readable_number(field, low), readable_number(field, high)),
        None => readable_number(field, text),
    }
}

fn readable_number(field: &str, text: &str) -> String {
    let text = text.trim();
    if let Some(address) = parse_address(text) {
        return address.to_string();
    }
    let Some(number) = text
        .strip_prefix("0x")
        .and_then(|digits| u128::from_str_radix(digits, 16).ok())
    else {
        return text.to_owned();
    };
    if !field.ends_with("_ADDRESS") {
        return number.to_string();
    }
    match u32::try_from(number) {
        Ok(number) => Ipv4Addr::from(number).to_string(),
        Err(_) => Ipv6Addr::from(number).to_string(),
    }
}

/// Decodes a hex dump of UTF-16LE text (`00000000  5c 00 64 00-…  \.d.…`); `None` for anything else.
fn hex_dump_text(lines: &[&str]) -> Option<String> {
    let mut bytes = Vec::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let (offset, rest) = line.as_bytes().split_at_checked(8)?;
        let columns = rest.strip_prefix(b"  ")?;
        if !offset.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        let columns = columns.get(..48).unwrap_or(columns);
        bytes.extend(columns.split(|byte| matches!(byte, b' ' | b'-')).filter_map(hex_byte));
    }
    if bytes.is_empty() {
        return None;
    }
    let text = crate::raw::decode_utf16(&bytes);
    Some(text.trim_end_matches('\0').to_owned())
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let [high, low] = *digits else { return None };
    let value = |digit: u8| u8::try_from(char::from(digit).to_digit(16)?).ok();
    Some(value(high)? << 4 | value(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(String, String, String)> {
        parse(text, &mut Texts::default())
            .iter()
            .map(|c| (c.field.to_string(), c.comparison.to_string(), c.value.to_string()))
            .collect()
    }

    #[test]
    fn ports_and_address_ranges_become_readable() {
        let text = "\n\tCondition ID:\t{c35a604d-d22b-4e1a-91b4-68f674ee674b}\n\tMatch value:\tEqual to\n\tCondition value:\t0x0050\n\
                    \n\tCondition ID:\t{b235ae9a-1d64-49b8-a44c-5ff3d9095045}\n\tMatch value:\tIn range\n\tCondition value:\t0x0a172a00 - 0x0a172aff\n";
        let expected = [
            ("FWPM_CONDITION_IP_REMOTE_PORT", "Equal to", "80"),
            (
                "FWPM_CONDITION_IP_REMOTE_ADDRESS",
                "In range",
                "10.23.42.0-10.23.42.255",
            ),
        ];
        let expected: Vec<_> = expected.map(|(a, b, c)| (a.into(), b.into(), c.into())).into();
        assert_eq!(values(text), expected);
    }

    #[test]
    fn localised_labels_and_hex_dumped_paths_are_read() {
        let text = "\n\t条件 ID:\t{d78e1e87-8644-4ea5-9437-d809ecefc971}\n\t一致値:\t等しい\n\t条件値:\t\n    00000000  \
                    5c 00 61 00 2e 00 65 00-78 00 65 00 00 00        \\.a...e.x.e...\n\n";
        assert_eq!(
            values(text),
            [("FWPM_CONDITION_ALE_APP_ID".into(), "等しい".into(), "\\a.exe".into())]
        );
    }

    #[test]
    fn a_dash_has_no_conditions() {
        assert_eq!(values("-"), []);
    }
}
