//! One process of a listing, before it goes out.

use whotalks_record::{Pid, ProcessEvent, ProcessEventKind, Record, Span};

use crate::output::{Listing, Output, joined};

/// The word for "none" in an English listing; other languages show theirs beside the idle process.
const NONE: &str = "N/A";

/// A process hosts a few dozen services; hostile text may have any number.
const MOST_SERVICES: usize = 256;

/// The columns of `tasklist /v`: image, pid, session, session number, memory, status, user, time, title.
const VERBOSE_COLUMNS: usize = 9;
const USER_COLUMN: usize = 6;

/// The columns of `tasklist /svc`: image, pid, services.
const SERVICE_COLUMNS: usize = 3;

/// A row of any format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Process {
    pub(crate) span: Span,
    pub(crate) image: String,
    pub(crate) pid: Pid,
    pub(crate) user: Option<String>,
    pub(crate) services: Vec<String>,
}

impl Process {
    /// A process from the columns of any format.
    pub(crate) fn from_columns(span: Span, columns: &[&str]) -> Option<Self> {
        let image = columns.first()?.trim();
        let pid = pid(columns.get(1)?)?;
        let services = match columns.get(2) {
            Some(services) if columns.len() == SERVICE_COLUMNS => split_services(services),
            _ => Vec::new(),
        };
        let user = columns.get(USER_COLUMN).filter(|_| columns.len() >= VERBOSE_COLUMNS);
        // An account has its domain or computer before it; the word for "none" has not.
        let user = user.map(|user| user.trim()).filter(|user| user.contains('\\'));
        (!image.is_empty()).then(|| Self {
            span,
            image: image.to_owned(),
            pid,
            user: user.map(str::to_owned),
            services,
        })
    }

    /// Adds the services of a wrapped line.
    pub(crate) fn add_services(&mut self, text: &str, line: Span) {
        self.services.extend(split_services(text));
        self.services.truncate(MOST_SERVICES);
        self.span = joined(self.span, line);
    }

    /// The word for "none" in the language of the listing: what stands in place of services beside the idle process, which
    /// has none.
    pub(crate) fn word_for_none(&self) -> Option<String> {
        let alone = self.services.first().filter(|_| self.services.len() == 1);
        alone.filter(|_| self.pid == Pid::IDLE).cloned()
    }

    /// Hands the process on.
    pub(crate) fn emit(self, none_word: Option<&str>, listing: &mut Listing, output: &mut Output<'_>) {
        let is_none = |service: &String| service == NONE || Some(service.as_str()) == none_word;
        // `tasklist /m` has the same three columns with modules in place of services.
        let modules = self
            .services
            .iter()
            .any(|service| service.to_ascii_lowercase().ends_with(".dll"));
        let services = self.services.iter().filter(|service| !modules && !is_none(service));
        let services = services.map(|service| output.shared.share(service)).collect();
        let event = ProcessEvent {
            span: self.span,
            time: listing.time,
            host: listing.host.clone(),
            kind: ProcessEventKind::Alive,
            pid: self.pid,
            image: Some(output.shared.share(&self.image)),
            command_line: None,
            parent_pid: None,
            parent_image: None,
            user: self.user.as_deref().map(|user| output.shared.share(user)),
            services,
            unique_id: None,
            sha256: None,
        };
        output.row(listing, Record::Process(event));
    }
}

/// A process identifier in decimal.
pub(crate) fn pid(text: &str) -> Option<Pid> {
    let text = text.trim();
    let decimal = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| decimal).map(Pid)
}

fn split_services(text: &str) -> Vec<String> {
    let services = text.split(',').map(str::trim).filter(|service| !service.is_empty());
    services.take(MOST_SERVICES).map(str::to_owned).collect()
}
