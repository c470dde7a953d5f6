//! What whotalks says about one flow, one field at a time, and whether it is right.

use whotalks_correlate::{
    Attribution, Conversation, DecisionAnswer, FilterAnswer, FilterMatch, NameAnswer, ProcessIdentity, UnknownReason,
    Verdict,
};
use whotalks_record::Grade;
use whotalks_testkit::answerable::Reason;
use whotalks_testkit::truth::{FlowDecision, TrueFlow};

use super::reasons::in_words_of_the_truth;

/// What is asked about every flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// The process identifier.
    Process,
    /// The program.
    Image,
    /// The service in a shared host process.
    Service,
    /// The name of the far end.
    Name,
    /// Allowed or blocked.
    Verdict,
    /// The filter that decided.
    Filter,
    /// The program that a relay on the host calls for.
    Client,
}

/// An answer to one field.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    /// The value for a person to read; none where nothing is said.
    pub(super) value: Option<String>,
    /// How sure; unknown where nothing is said.
    pub(super) grade: Grade,
    /// Whether the value is the true one.
    pub(super) right: bool,
    /// Why nothing, or no more, is said.
    pub(super) reasons: Vec<Reason>,
    /// The product's own words for it.
    pub(super) why: String,
}

impl Field {
    /// All fields in the order of the table.
    pub(super) const ALL: [Self; 7] = [
        Self::Process,
        Self::Image,
        Self::Service,
        Self::Name,
        Self::Verdict,
        Self::Filter,
        Self::Client,
    ];

    /// Its name in the table.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Process => "process",
            Self::Image => "image",
            Self::Service => "service",
            Self::Name => "name",
            Self::Verdict => "verdict",
            Self::Filter => "filter",
            Self::Client => "client",
        }
    }

    /// What `conversation` says about it; `flow` tells whether that is right.
    pub(super) fn said(self, flow: &TrueFlow, conversation: &Conversation) -> Said {
        match self {
            Self::Process => process(flow, &conversation.process),
            Self::Image => image(flow, &conversation.process),
            Self::Service => service(flow, &conversation.process),
            Self::Name => name(flow, &conversation.name),
            Self::Verdict => verdict(flow, &conversation.decision),
            Self::Filter => filter(flow, &conversation.decision),
            Self::Client => client(flow, conversation.relayed_for.as_ref()),
        }
    }
}

impl Said {
    fn new(value: Option<String>, grade: Grade, right: bool, unknown: Option<&UnknownReason>) -> Self {
        let grade = if value.is_some() { grade } else { Grade::Unknown };
        Self {
            value,
            grade,
            right,
            reasons: unknown.and_then(in_words_of_the_truth).into_iter().collect(),
            why: unknown.map_or_else(String::new, |reason| format!("{reason:?}")),
        }
    }
}

fn process(flow: &TrueFlow, said: &Attribution) -> Said {
    let pid = said.process.as_ref().and_then(|process| process.pid);
    let right = pid.is_some_and(|pid| pid.0 == flow.process.pid);
    Said::new(
        pid.map(|pid| format!("pid {pid}")),
        said.grade,
        right,
        said.unknown.as_ref(),
    )
}

fn client(flow: &TrueFlow, said: Option<&Attribution>) -> Said {
    let pid = said.and_then(|said| said.process.as_ref()?.pid);
    let truth = flow.relayed_for.as_ref().map(|client| client.pid);
    let grade = said.map_or(Grade::Unknown, |said| said.grade);
    let unknown = said.and_then(|said| said.unknown.as_ref());
    let right = pid.is_some_and(|pid| Some(pid.0) == truth);
    Said::new(pid.map(|pid| format!("for pid {pid}")), grade, right, unknown)
}

fn image(flow: &TrueFlow, said: &Attribution) -> Said {
    let image = said.process.as_ref().and_then(|process| process.image.as_deref());
    let right = image.is_some_and(|image| same_image(image, &flow.process.image));
    Said::new(image.map(str::to_owned), said.grade, right, said.unknown.as_ref())
}

fn service(flow: &TrueFlow, said: &Attribution) -> Said {
    let answer = said.process.as_ref().map(|process: &ProcessIdentity| &process.service);
    let services = answer.map_or(&[][..], |answer| answer.services.as_slice());
    if let [one] = services {
        let right = flow
            .process
            .service
            .as_deref()
            .is_some_and(|service| service.eq_ignore_ascii_case(one));
        let grade = answer.map_or(Grade::Unknown, |answer| answer.grade);
        return Said::new(Some(one.to_string()), grade, right, said.unknown.as_ref());
    }
    let mut unknown = Said::new(None, Grade::Unknown, false, said.unknown.as_ref());
    // Several candidates are shown as such; none means that nothing lists the services.
    unknown.reasons.push(if services.is_empty() {
        Reason::SourceNotCollected
    } else {
        Reason::Ambiguous
    });
    unknown
}

fn name(flow: &TrueFlow, said: &NameAnswer) -> Said {
    let name = said
        .best
        .as_ref()
        .map(|best| best.name.trim_end_matches('.').to_lowercase());
    let target = flow
        .proxy_target
        .as_deref()
        .and_then(|target| target.rsplit_once(':'))
        .map(|(host, _)| host);
    // The name of the address itself is true, too; whether the proxy's target was demanded is another question.
    let wanted = [flow.name.as_deref(), target, flow.address_name.as_deref()]
        .into_iter()
        .flatten();
    let right = name
        .as_ref()
        .is_some_and(|name| wanted.clone().any(|wanted| wanted.eq_ignore_ascii_case(name)));
    let grade = said.best.as_ref().map_or(Grade::Unknown, |best| best.grade);
    Said::new(name, grade, right, said.unknown.as_ref())
}

fn verdict(flow: &TrueFlow, said: &DecisionAnswer) -> Said {
    let decided = match said.verdict {
        Verdict::Allowed | Verdict::Passed => Some(FlowDecision::Allowed),
        Verdict::Blocked => Some(FlowDecision::Blocked),
        Verdict::DroppedPackets | Verdict::Unknown => None,
    };
    let value = decided.map(|_| format!("{:?}", said.verdict).to_lowercase());
    Said::new(value, said.grade, decided == Some(flow.decision), said.unknown.as_ref())
}

fn filter(flow: &TrueFlow, said: &DecisionAnswer) -> Said {
    let named = said.filter.as_ref().filter(|filter| filter.name.is_some());
    let value = named.and_then(|filter| filter.name.as_deref()).map(str::to_owned);
    let right = flow.filter.as_ref().map(|filter| filter.name.as_str()) == value.as_deref();
    let grade = named.map_or(Grade::Unknown, |filter| filter.grade);
    let mut answer = Said::new(value, grade, right, said.unknown.as_ref());
    let stale =
        |filter: &FilterAnswer| matches!(filter.matched, FilterMatch::MaybeRenumbered | FilterMatch::Conditions);
    if said.filter.as_ref().is_some_and(stale) {
        answer.reasons.push(Reason::FilterIdsRenumbered);
    }
    answer
}

/// Whether two paths name one program: events write `\device\harddiskvolume3\…` where others write `C:\…`, listings write
/// the file name only.
fn same_image(said: &str, truth: &str) -> bool {
    let (said, truth) = (without_volume(said), without_volume(truth));
    let file_name = truth.rsplit('\\').next().unwrap_or_default();
    said == truth || (!said.contains('\\') && said == file_name)
}

fn without_volume(path: &str) -> String {
    let path = path.to_lowercase();
    let rest = match path.strip_prefix(r"\device\harddiskvolume") {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => path.split_once(":\\").map_or(path.as_str(), |(_, rest)| rest),
    };
    rest.trim_start_matches('\\').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_program_is_known_by_all_its_paths_and_another_folder_is_another_program() {
        let truth = r"C:\Windows\System32\svchost.exe";
        for same in [
            r"\device\harddiskvolume3\windows\system32\svchost.exe",
            r"c:\windows\system32\SVCHOST.EXE",
            "svchost.exe",
        ] {
            assert!(same_image(same, truth), "{same}");
        }
        for other in [r"C:\Temp\svchost.exe", "svchosts.exe", ""] {
            assert!(!same_image(other, truth), "{other}");
        }
        assert!(same_image("System", "System"));
    }
}
