//! What Defender's status and preferences say, and the names of firewall rules.

use whotalks_record::{DeviceFactKind, ListingTool};

use super::Fields;
use crate::facts::{Facts, Said};
use crate::output::Output;

/// Properties of `Get-MpComputerStatus` that are yes or no.
const SWITCHES: [(&str, DeviceFactKind); 2] = [
    ("RealTimeProtectionEnabled", DeviceFactKind::RealTimeProtection),
    ("AntivirusEnabled", DeviceFactKind::Antivirus),
];

/// The facts of a status or of preferences.
pub(super) fn status(fields: &Fields, facts: &mut Facts, output: &mut Output<'_>) {
    for (name, kind) in SWITCHES {
        if let Some(value) = fields.get(name).and_then(switch) {
            say(fields, facts, output, (kind, None, value));
        }
    }
    if let Some(mode) = fields.get("EnableNetworkProtection") {
        let mode = network_protection(mode);
        say(fields, facts, output, (DeviceFactKind::NetworkProtection, None, &mode));
    }
}

/// The name that a rule shows, under its identifier.
pub(super) fn rule(fields: &Fields, facts: &mut Facts, output: &mut Output<'_>) {
    let Some(id) = fields.first(&["InstanceID", "ID", "Name"]) else {
        return;
    };
    if let Some(name) = fields.get("DisplayName").filter(|name| !Fields::is_cut(name)) {
        let said = Said {
            span: fields.span,
            about: Some(id),
            kind: DeviceFactKind::FirewallRule,
            value: name,
        };
        facts.say(ListingTool::FirewallRules, &said, output);
    }
}

fn say(fields: &Fields, facts: &mut Facts, output: &mut Output<'_>, fact: (DeviceFactKind, Option<&str>, &str)) {
    let (kind, about, value) = fact;
    let said = Said {
        span: fields.span,
        about,
        kind,
        value,
    };
    facts.say(ListingTool::Defender, &said, output);
}

fn switch(value: &str) -> Option<&'static str> {
    match value {
        "True" => Some("true"),
        "False" => Some("false"),
        _ => None,
    }
}

/// The mode of network protection in our word, or as it was written where it is none of the three (Microsoft "Turn on network
/// protection": 0 off, 1 block, 2 audit).
pub(crate) fn network_protection(value: &str) -> String {
    match value {
        "0" | "Disabled" => "off",
        "1" | "Enabled" => "block",
        "2" | "AuditMode" => "audit",
        other => other,
    }
    .to_owned()
}
