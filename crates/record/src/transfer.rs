//! What the events of Microsoft-Windows-Bits-Client mean, whichever container brings them: jobs of the background transfer service
//! and who ordered them (3), and the transfers of their files (59 started, 60 ended, 61 failed).
//!
//! The service writes all of them in its own process and fetches what others ordered; so nobody is taken for the asker whom the
//! order of the very job does not name. A file that a neighbour gave (`peer`) did not come from the host of its URL.
//!
//! Source: the manifest of the provider.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::{Pid, Span, Text, Timestamp, WebRequest, WebRequestStage, WebTarget, beginning};

/// Jobs remembered. Beyond it all are forgotten, and what comes after joins nothing that came before.
const MOST_REMEMBERED: usize = 16_384;

/// The longest account or path of an order that is remembered.
const MOST_ORDER_TEXT_BYTES: usize = 1_024;

/// The identifier of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JobId(u128);

/// A job of the transfer service, as event 3 tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransferOrder {
    /// `jobOwner`: the account that the job belongs to.
    pub account: Option<Text>,
    /// `processPath`: the image of who ordered it.
    pub image: Option<Text>,
    /// `processId`.
    pub pid: Option<Pid>,
}

/// The transfer of a file, as events 59 to 61 tell it.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// The event.
    pub span: Span,
    /// When, by the host's clock.
    pub time: Timestamp,
    /// The computer; none in a trace.
    pub host: Option<Text>,
    /// What happened.
    pub stage: WebRequestStage,
    /// `Id`.
    pub job: Option<JobId>,
    /// `name`: what the job is called.
    pub title: Option<Text>,
    /// `url`.
    pub url: Text,
    /// `peer`: the neighbour that gave the file.
    pub peer: Option<Text>,
    /// `hr`: an `HRESULT`, 0 for success.
    pub status: Option<u32>,
    /// `proxy`.
    pub proxy: Option<Text>,
}

/// The jobs of the transfer services, and who ordered them.
#[derive(Debug, Default)]
pub struct TransferJobs {
    ordered: HashMap<(Option<Text>, JobId), TransferOrder, RandomState>,
}

impl JobId {
    /// Reads `{6f1c0a52-31b4-4d19-8a55-0f3c5d7e9b21}`, with or without braces.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text
            .trim()
            .chars()
            .filter(|one| !matches!(one, '{' | '}' | '-'))
            .collect();
        let is_identifier = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u128::from_str_radix(&digits, 16).ok();
        number.filter(|_| is_identifier).map(Self)
    }
}

impl WebRequestStage {
    /// What an event of the transfer service tells of a transfer; none for other events.
    pub const fn of_transfer(id: u32) -> Option<Self> {
        Some(match id {
            59 => Self::TransferStarted,
            60 => Self::TransferEnded,
            61 => Self::TransferFailed,
            _ => return None,
        })
    }
}

impl TransferJobs {
    /// Takes note of an order. Orders may be many, so that overlong texts are not kept; a part of a path would name another program.
    pub fn order(&mut self, host: Option<Text>, job: JobId, order: TransferOrder) {
        let order = TransferOrder {
            account: order.account.filter(is_kept),
            image: order.image.filter(is_kept),
            ..order
        };
        let key = (host, job);
        if self.ordered.len() >= MOST_REMEMBERED && !self.ordered.contains_key(&key) {
            self.ordered.clear();
        }
        self.ordered.insert(key, order);
    }

    /// The record of a transfer, with who ordered its job where that is known; none for what is no transfer over the network.
    pub fn transfer(&self, transfer: Transfer) -> Option<WebRequest> {
        let target = WebTarget::of_url(&transfer.url)?;
        let order = transfer
            .job
            .and_then(|job| self.ordered.get(&(transfer.host.clone(), job)));
        let order = order.cloned().unwrap_or_default();
        Some(WebRequest {
            span: transfer.span,
            time: transfer.time,
            host: transfer.host,
            stage: transfer.stage,
            pid: order.pid,
            image: order.image,
            module: None,
            port: target.asked_port(),
            name: target.name,
            url: target.url,
            verb: None,
            status: transfer.status,
            carrier: None,
            proxy: short(transfer.proxy.as_deref()),
            peer: short(transfer.peer.as_deref()),
            job: short(transfer.title.as_deref()),
            account: order.account,
        })
    }
}

fn is_kept(text: &Text) -> bool {
    text.len() <= MOST_ORDER_TEXT_BYTES
}

/// A text that says something, of which no more than a line of a table is kept.
fn short(text: Option<&str>) -> Option<Text> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    Some(beginning(text, WebRequest::MOST_URL_BYTES).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EvidenceId;

    fn ended(job: &str, host: Option<&str>, url: &str) -> Transfer {
        Transfer {
            span: Span::whole(EvidenceId(1)),
            time: Timestamp::from_seconds(1, 0),
            host: host.map(Into::into),
            stage: WebRequestStage::TransferEnded,
            job: JobId::parse(job),
            title: Some("Update".into()),
            url: url.into(),
            peer: Some("".into()),
            status: Some(0),
            proxy: Some("proxy.example:8080".into()),
        }
    }

    #[test]
    fn a_transfer_is_that_of_who_ordered_its_job_on_its_host() {
        let mut jobs = TransferJobs::default();
        let job = "{6F1C0A52-31B4-4D19-8A55-0F3C5D7E9B21}";
        let order = TransferOrder {
            account: Some("CORP\\anna".into()),
            image: Some("C:\\updater.exe".into()),
            pid: Some(Pid(4_242)),
        };
        jobs.order(Some("PC1".into()), JobId::parse(job).unwrap(), order);
        let url = "http://files.example/a.cab?x";
        let lower = "6f1c0a52-31b4-4d19-8a55-0f3c5d7e9b21";
        let told = jobs.transfer(ended(lower, Some("PC1"), url)).unwrap();
        assert_eq!((told.pid, told.port, told.peer), (Some(Pid(4_242)), Some(80), None));
        assert_eq!(told.url.as_deref(), Some("http://files.example/a.cab"));
        let other_host = jobs.transfer(ended(lower, Some("PC2"), url)).unwrap();
        assert_eq!((other_host.pid, other_host.account), (None, None));
        assert_eq!(
            jobs.transfer(ended(lower, Some("PC1"), "\\\\server\\share\\a.cab")),
            None
        );
    }

    #[test]
    fn an_overlong_path_names_no_program_rather_than_a_part_of_it() {
        let mut jobs = TransferJobs::default();
        let job = "6f1c0a52-31b4-4d19-8a55-0f3c5d7e9b21";
        let order = TransferOrder {
            account: Some("CORP\\anna".into()),
            image: Some(format!("C:\\{}\\a.exe", "b".repeat(2_000)).into()),
            pid: Some(Pid(7)),
        };
        jobs.order(None, JobId::parse(job).unwrap(), order);
        let told = jobs.transfer(ended(job, None, "http://files.example/a.cab")).unwrap();
        assert_eq!((told.image, told.pid), (None, Some(Pid(7))));
        assert_eq!(told.account.as_deref(), Some("CORP\\anna"));
    }

    #[test]
    fn what_is_no_identifier_joins_nothing() {
        for text in ["", "{}", "6f1c0a52", "not-an-identifier-of-32-letters-xx"] {
            assert_eq!(JobId::parse(text), None, "{text}");
        }
    }
}
