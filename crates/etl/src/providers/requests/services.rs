//! What services, and what the system tells of programs: Microsoft-Windows-WinHttp, the choice of proxies, and
//! Microsoft-Windows-Bits-Client. The process that writes such an event is as a rule not the one that it is about: proxies are found
//! in a service for all programs, and the transfer service fetches what others ordered. So nobody is taken for the asker whom the
//! event itself does not name.

use whotalks_record::{JobId, Pid, Transfer, TransferJobs, TransferOrder, WebRequest, WebRequestStage, WebTarget};

use super::wininet::with_target;
use super::{bare, last_text, short_text, text};
use crate::Event;
use crate::template::{Templates, Value};

/// Which proxies a URL needs (814), or that it was not found (815). The length in these events counts bytes or characters, as the
/// texts are of; only an event that comes out even is believed.
pub(super) fn proxy(event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
    let stage = match event.id {
        814 => WebRequestStage::ProxyFound,
        _ => WebRequestStage::ProxyFailed,
    };
    let template = templates.of(event)?;
    let mut fields = template.fields(event);
    if !fields.by_ref().all(|field| field.is_ok()) || !fields.rest().is_empty() {
        return None;
    }
    let [url, proxies, error] = template.values(event, ["URL", "ProxyString", "Error"]);
    let target = WebTarget::of_url(&text(url)?)?;
    Some(WebRequest {
        status: error.and_then(Value::number_32),
        proxy: short_text(proxies),
        ..with_target(bare(event, event.time?, stage), target)
    })
}

/// A program that is about to ask a host (1053), and names that are looked up for the choice of a proxy (1052).
pub(super) fn winhttp(event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
    let template = templates.of(event)?;
    let [host, looked_up, error] = template.values(event, ["Host", "AddressName", "error"]);
    let [image, module] = template.values(event, ["ProcessPath", "ModulePath"]);
    // A text with something behind it is whole.
    let (stage, host) = match event.id {
        1053 => (WebRequestStage::Asked, text(host.filter(|_| module.is_some()))?),
        1052 => (WebRequestStage::ProxyLookup, last_text(event, looked_up)?),
        _ => return None,
    };
    let target = WebTarget::of_host(&host)?;
    Some(WebRequest {
        image: short_text(image),
        module: short_text(module),
        status: error.and_then(Value::number_32),
        ..with_target(bare(event, event.time?, stage), target)
    })
}

/// What the transfer service tells of its jobs.
pub(super) fn bits(event: &Event<'_>, templates: &mut Templates, jobs: &mut TransferJobs) -> Option<WebRequest> {
    let Some(stage) = WebRequestStage::of_transfer(event.id.into()) else {
        if event.id == 3 {
            order(event, templates, jobs);
        }
        return None;
    };
    let names = ["name", "Id", "url", "peer", "hr", "proxy", "bytesTotal"];
    let [title, job, url, peer, status, proxy, bytes] = templates.of(event)?.values(event, names);
    jobs.transfer(Transfer {
        span: event.span,
        time: event.time?,
        host: None,
        stage,
        job: job.and_then(job_id),
        title: text(title),
        // What follows the URL shows that it is whole.
        url: text(url.filter(|_| bytes.is_some()))?,
        peer: text(peer),
        status: status.and_then(Value::number_32),
        proxy: text(proxy),
    })
}

fn order(event: &Event<'_>, templates: &mut Templates, jobs: &mut TransferJobs) -> Option<()> {
    let names = ["jobId", "jobOwner", "processPath", "processId"];
    let [job, account, image, pid] = templates.of(event)?.values(event, names);
    let order = TransferOrder {
        account: short_text(account),
        image: short_text(image),
        pid: pid.and_then(Value::number_32).filter(|pid| *pid != 0).map(Pid),
    };
    jobs.order(None, job.and_then(job_id)?, order);
    Some(())
}

fn job_id(value: Value<'_>) -> Option<JobId> {
    match value {
        Value::Guid(id) => JobId::parse(&id.to_string()),
        _ => None,
    }
}
