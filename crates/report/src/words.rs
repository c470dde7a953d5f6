//! Language-neutral words for citations: event numbers and tool names, as people write them.

use whotalks_record::{ListingTool, ProcessEvent, ProcessEventKind};

/// The event number or tool behind a process event.
pub(crate) fn process_event(event: &ProcessEvent) -> &'static str {
    let sysmon = event.unique_id.is_some();
    match (event.kind, sysmon) {
        (ProcessEventKind::Start, true) => "Sysmon 1",
        (ProcessEventKind::Start, false) => "4688",
        (ProcessEventKind::End, true) => "Sysmon 5",
        (ProcessEventKind::End, false) => "4689",
        (ProcessEventKind::Alive, _) => "tasklist",
    }
}

/// The tool that wrote a listing.
pub(crate) fn tool(tool: ListingTool) -> &'static str {
    match tool {
        ListingTool::WindowsNetstat | ListingTool::LinuxNetstat => "netstat",
        ListingTool::WindowsNetstatStatistics => "netstat -s",
        ListingTool::Tasklist => "tasklist",
        ListingTool::Ss => "ss",
        ListingTool::WfpFilters => "filters.xml",
        ListingTool::WfpState => "wfpstate.xml",
    }
}
