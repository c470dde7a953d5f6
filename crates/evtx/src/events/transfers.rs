//! The log of the background transfer service: 3 who ordered a job, 59 to 61 the transfers of its files.

use whotalks_record::{JobId, Text, Transfer, TransferOrder, WebRequestStage};

use super::{Context, Told};
use crate::raw::RawEvent;

/// Reads who ordered a job. Before version 2 the event does not name the program, before version 1 not even the job.
pub(super) fn decode_order(event: &RawEvent<'_>, context: &mut Context<'_>) -> Told {
    let job = event.read("jobId", JobId::parse);
    let order = TransferOrder {
        account: context.text(event, "jobOwner"),
        image: context.text(event, "processPath"),
        pid: Context::pid(event, "processId").filter(|pid| pid.0 != 0),
    };
    Told::Order(context.host.clone(), job, order)
}

/// Reads a transfer; `None` without a URL.
pub(super) fn decode(stage: WebRequestStage, event: &RawEvent<'_>, context: &Context<'_>) -> Option<Told> {
    let text = |name| event.text(name).map(|text| Text::from(&*text));
    Some(Told::Transfer(Transfer {
        span: context.span,
        time: context.time,
        host: Some(context.host.clone()),
        stage,
        job: event.read("Id", JobId::parse),
        title: text("name"),
        url: text("url")?,
        peer: text("peer"),
        status: event.narrow("hr"),
        proxy: text("proxy"),
    }))
}
