//! `arp -a`: neighbours of the host with their MAC addresses. It sees one moment only, and only the own network.

use std::net::{IpAddr, Ipv4Addr};

use whotalks_record::{DeviceFactKind, ListingTool};

use crate::facts::{Facts, Said};
use crate::lines::Line;
use crate::output::Output;
use crate::recogniser::{End, Recogniser};

/// Reads neighbours.
#[derive(Default)]
pub(crate) struct Arp {
    facts: Facts,
    /// Whether a line named the interface of the rows that follow.
    headed: bool,
}

impl Recogniser for Arp {
    fn line(&mut self, line: &Line, output: &mut Output<'_>) -> bool {
        if is_heading(&line.text) {
            self.headed = true;
        } else if let Some((address, mac)) = row(&line.text).filter(|_| self.headed) {
            let about = address.to_string();
            let said = Said {
                span: line.span,
                about: Some(&about),
                kind: DeviceFactKind::Neighbour,
                value: &mac,
            };
            self.facts.say(ListingTool::Arp, &said, output);
        } else {
            return self.headed && is_furniture(&line.text);
        }
        self.facts.touch(line.span);
        true
    }

    fn close(&mut self, _: End, output: &mut Output<'_>) {
        self.headed = false;
        self.facts.close(output);
    }
}

/// `Interface: 192.168.1.5 --- 0xb`, in any language.
fn is_heading(text: &str) -> bool {
    let Some((before, index)) = text.trim().split_once(" --- 0x") else {
        return false;
    };
    let address = before.rsplit([' ', ':', '：']).next().unwrap_or(before);
    address.parse::<IpAddr>().is_ok() && u32::from_str_radix(index.trim(), 16).is_ok()
}

/// `address mac kind`.
fn row(text: &str) -> Option<(Ipv4Addr, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [address, mac, _] = words.as_slice() else {
        return None;
    };
    let bytes = mac
        .split('-')
        .filter(|part| part.len() == 2 && u8::from_str_radix(part, 16).is_ok());
    (bytes.count() == 6 && mac.len() == 17).then_some(())?;
    Some((address.parse().ok()?, mac.to_ascii_uppercase()))
}

/// The titles of the columns, indented, and blank lines.
fn is_furniture(text: &str) -> bool {
    text.trim().is_empty() || text.starts_with("  ") && !text.contains(|c: char| c.is_ascii_digit())
}
