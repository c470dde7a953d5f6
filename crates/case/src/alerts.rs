//! What was found, as Defender tells alerts: rows of `AlertInfo` and `AlertEvidence`.
//!
//! Titles and categories are words of the tables, the same in every language, as the values of `ActionType` are. A row says no more than
//! its finding: what is only inferred has the word in `Grade`.

use std::fmt::Write as _;

use whotalks_record::{Endpoint, NetworkProtectionAction, Text};
use whotalks_report::{Finding, FindingKind, Severity};
use whotalks_tables::hunting::{AlertEvidenceRow, AlertRow};

/// The product and the detection that raise these alerts.
const SOURCE: &str = "whotalks";

/// The alert of a finding; `number` is its place among all findings, from 1.
pub(crate) fn info(finding: &Finding, number: usize) -> AlertRow {
    let about = About::of(&finding.kind);
    AlertRow {
        timestamp: finding.first,
        alert_id: Some(identifier(number)),
        title: Some(about.title.into()),
        category: Some(about.category.into()),
        severity: Some(severity(finding.severity).into()),
        service_source: Some(SOURCE.into()),
        detection_source: Some(SOURCE.into()),
        attack_techniques: about.techniques(),
        grade: Some(finding.grade.word().into()),
        span: span(finding),
    }
}

/// What the finding is about: the host, the program, and each far end.
pub(crate) fn evidence(finding: &Finding, number: usize) -> Vec<AlertEvidenceRow> {
    let about = About::of(&finding.kind);
    let row = |entity: &str, role: &str| AlertEvidenceRow {
        timestamp: finding.first,
        alert_id: Some(identifier(number)),
        title: Some(about.title.into()),
        categories: Some(format!("[\"{}\"]", about.category).into()),
        attack_techniques: about.techniques(),
        service_source: Some(SOURCE.into()),
        detection_source: Some(SOURCE.into()),
        entity_type: Some(entity.into()),
        evidence_role: Some(role.into()),
        device_name: finding.host.clone(),
        severity: Some(severity(finding.severity).into()),
        span: span(finding),
        ..AlertEvidenceRow::default()
    };
    let machine = finding.host.as_ref().map(|_| row("Machine", "Impacted"));
    let process = finding.program.as_ref().map(|program| AlertEvidenceRow {
        file_name: Some(program.clone()),
        folder_path: image(&finding.kind),
        ..row("Process", "Related")
    });
    let remotes = finding.remotes.iter().map(|remote: &Endpoint| AlertEvidenceRow {
        remote_ip: Some(remote.address),
        remote_url: name(&finding.kind),
        evidence_direction: Some("Destination".into()),
        ..row("Ip", "Related")
    });
    machine.into_iter().chain(process).chain(remotes).collect()
}

/// The number makes it unique in its case; findings have a fixed order.
fn identifier(number: usize) -> Text {
    format!("whotalks-{number}").into()
}

fn span(finding: &Finding) -> Option<Text> {
    finding
        .citations
        .first()
        .map(|citation| citation.span.to_string().into())
}

/// The word of Defender.
const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Informational",
        Severity::Low => "Low",
        Severity::Medium => "Medium",
        Severity::High => "High",
    }
}

fn image(kind: &FindingKind) -> Option<Text> {
    match kind {
        FindingKind::LookAlikeName { image, .. } | FindingKind::WrongPath { image, .. } => Some(image.clone()),
        FindingKind::NetworkProtection(judged) => judged.image.clone(),
        _ => None,
    }
}

fn name(kind: &FindingKind) -> Option<Text> {
    match kind {
        FindingKind::UnexpectedProgram { name, .. } => Some(name.clone()),
        FindingKind::NameMismatch { asked, .. } => Some(asked.clone()),
        _ => None,
    }
}

/// What a kind of finding is in the words of Defender and of MITRE ATT&CK.
struct About {
    title: &'static str,
    category: &'static str,
    /// Names and identifiers of techniques, as the files of the detections name them.
    attack: &'static [(&'static str, &'static str)],
}

impl About {
    fn of(kind: &FindingKind) -> Self {
        let about = |title, category, attack| Self {
            title,
            category,
            attack,
        };
        const SCAN: &[(&str, &str)] = &[("Network Service Discovery", "T1046")];
        const MASQUERADE: &[(&str, &str)] = &[("Match Legitimate Resource Name or Location", "T1036.005")];
        match kind {
            FindingKind::SynSweep { .. } => about("Sweep of addresses", "Discovery", SCAN),
            FindingKind::PortScan { .. } => about("Scan of ports", "Discovery", SCAN),
            FindingKind::LookAlikeName { .. } => about(
                "Program imitates the name of a system program",
                "DefenseEvasion",
                MASQUERADE,
            ),
            FindingKind::WrongPath { .. } => {
                about("System program runs from another folder", "DefenseEvasion", MASQUERADE)
            }
            FindingKind::ListenerBurst { .. } => about(
                "Many new listening ports",
                "CommandAndControl",
                &[("Non-Standard Port", "T1571")],
            ),
            FindingKind::Beacon { .. } => about(
                "Calls at a steady interval",
                "CommandAndControl",
                &[("Application Layer Protocol", "T1071"), ("Scheduled Transfer", "T1029")],
            ),
            FindingKind::NameMismatch { .. } => about(
                "Name in TLS differs from the name that was asked for",
                "CommandAndControl",
                &[("Domain Fronting", "T1090.004")],
            ),
            FindingKind::LogCleared => about(
                "Log was cleared",
                "DefenseEvasion",
                &[("Clear Windows Event Logs", "T1070.001")],
            ),
            FindingKind::ProtectionOff => about(
                "Real-time protection was off",
                "DefenseEvasion",
                &[("Disable or Modify Tools", "T1562.001")],
            ),
            FindingKind::NetworkProtection(judged) => {
                let title = match judged.action {
                    NetworkProtectionAction::Audited => "Network protection would have blocked a connection",
                    NetworkProtectionAction::Blocked => "Network protection blocked a connection",
                };
                about(title, "SuspiciousActivity", &[])
            }
            FindingKind::UnexpectedProgram { .. } => about(
                "Known endpoint reached by an unexpected program",
                "SuspiciousActivity",
                &[],
            ),
            FindingKind::SourcesDisagree { .. } => about("Sources name different programs", "SuspiciousActivity", &[]),
            FindingKind::LateralConnection { .. } => about("Connection between observed hosts", "LateralMovement", &[]),
            FindingKind::PolicyViolation(_) => about("Violation of a policy", "SuspiciousActivity", &[]),
        }
    }

    /// As Defender writes them: `["Application Layer Protocol (T1071)"]`.
    fn techniques(&self) -> Option<Text> {
        let mut text = String::new();
        for (name, id) in self.attack {
            let separator = if text.is_empty() { "" } else { "," };
            // Writing into a string cannot fail.
            let _ = write!(text, "{separator}\"{name} ({id})\"");
        }
        (!text.is_empty()).then(|| format!("[{text}]").into())
    }
}
