//! The processes that run on every Windows host of a scenario, and what they listen on.

use crate::clock::{MILLISECOND, MINUTE, SECOND};
use crate::random::Random;
use crate::scenario::builder::{HostBuilder, NewProcess};
use crate::scenario::model::{Account, Listener, Process, ProcessIndex, Transport};

/// The processes that ingredients speak through.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cast {
    pub(crate) system: ProcessIndex,
    pub(crate) services: ProcessIndex,
    pub(crate) dnscache: ProcessIndex,
    pub(crate) diagtrack: ProcessIndex,
    pub(crate) cryptsvc: ProcessIndex,
    pub(crate) nlasvc: ProcessIndex,
    pub(crate) w32time: ProcessIndex,
    pub(crate) push: ProcessIndex,
    pub(crate) workstation: ProcessIndex,
    pub(crate) terminal: ProcessIndex,
    pub(crate) shared: ProcessIndex,
    pub(crate) explorer: ProcessIndex,
    pub(crate) chrome: ProcessIndex,
    pub(crate) edge: ProcessIndex,
    pub(crate) outlook: ProcessIndex,
    pub(crate) teams: ProcessIndex,
    pub(crate) word: ProcessIndex,
}

pub(crate) const SVCHOST: &str = "C:\\Windows\\System32\\svchost.exe";

/// Starts everything at boot and logon and opens the usual listeners.
pub(crate) fn usual(builder: &mut HostBuilder<'_>) -> Cast {
    let random = &mut builder.fork("cast");
    let mut cast = Cast::default();
    start_kernel(builder, &mut cast, random);
    start_services(builder, &mut cast, random);
    start_desktop(builder, &mut cast, random);
    open_listeners(builder, &cast);
    cast
}

fn start_kernel(builder: &mut HostBuilder<'_>, cast: &mut Cast, random: &mut Random) {
    let boot_ns = builder.host.boot_ns;
    builder.host.processes.push(Process {
        pid: 4,
        parent_pid: 0,
        parent_image: String::new(),
        start_ns: boot_ns,
        end_ns: None,
        image: "System".to_owned(),
        command_line: String::new(),
        account: Account::System,
        services: Vec::new(),
    });
    cast.system = 0;
    let start = |builder: &mut HostBuilder<'_>, image: &str, parent, start_ns| {
        let account = Account::System;
        builder.spawn(&NewProcess {
            image,
            command_line: image,
            parent,
            account,
            services: &[],
            start_ns,
            end_ns: None,
        })
    };
    let system = |name: &str| format!("C:\\Windows\\System32\\{name}.exe");
    let manager = start(builder, &system("smss"), cast.system, boot_ns + 200 * MILLISECOND);
    let wininit = start(builder, &system("wininit"), manager, boot_ns + 2 * SECOND);
    cast.services = start(builder, &system("services"), wininit, boot_ns + 3 * SECOND);
    let delay_ns = random.between(1, 90) * MILLISECOND;
    start(builder, &system("lsass"), wininit, boot_ns + 3 * SECOND + delay_ns);
}

/// Starts `svchost.exe` with that command line tail and these services.
pub(crate) fn service_host(
    builder: &mut HostBuilder<'_>,
    tail: &str,
    services: &[&str],
    account: Account,
    start_ns: i64,
) -> ProcessIndex {
    let command_line = format!("C:\\WINDOWS\\system32\\svchost.exe {tail}");
    let parent = builder
        .host
        .processes
        .iter()
        .position(|process| process.file_name() == "services.exe")
        .unwrap_or(0);
    builder.spawn(&NewProcess {
        image: SVCHOST,
        command_line: &command_line,
        parent,
        account,
        services,
        start_ns,
        end_ns: None,
    })
}

/// The services of the shared `svchost.exe`.
const SHARED_SERVICES: [&str; 9] = [
    "Appinfo",
    "BITS",
    "ProfSvc",
    "Schedule",
    "SENS",
    "ShellHWDetection",
    "Themes",
    "Winmgmt",
    "wuauserv",
];

fn start_services(builder: &mut HostBuilder<'_>, cast: &mut Cast, random: &mut Random) {
    let begins_ns = builder.host.boot_ns + 5 * SECOND;
    let mut host = |builder: &mut HostBuilder<'_>, tail: &str, services: &[&str], account| {
        let start_ns = begins_ns + random.between(0, 20_000) * MILLISECOND;
        service_host(builder, tail, services, account, start_ns)
    };
    let network = Account::NetworkService;
    host(builder, "-k RPCSS -p", &["RpcEptMapper", "RpcSs"], network);
    cast.shared = host(builder, "-k netsvcs -p", &SHARED_SERVICES, Account::System);
    let mut alone = |builder: &mut HostBuilder<'_>, group: &str, service: &str, account| {
        host(builder, &format!("-k {group} -s {service}"), &[service], account)
    };
    cast.dnscache = alone(builder, "NetworkService -p", "Dnscache", network);
    cast.diagtrack = alone(builder, "utcsvc -p", "DiagTrack", Account::System);
    cast.cryptsvc = alone(builder, "NetworkService -p", "CryptSvc", network);
    cast.nlasvc = alone(builder, "NetworkService -p", "NlaSvc", network);
    cast.w32time = alone(builder, "LocalService", "W32Time", Account::LocalService);
    cast.push = alone(builder, "netsvcs -p", "WpnService", Account::System);
    cast.workstation = alone(builder, "NetworkService -p", "LanmanWorkstation", network);
    cast.terminal = alone(builder, "NetworkService", "TermService", network);
    start_spooler(builder, cast.services, begins_ns + 21 * SECOND);
}

/// The real print spooler, beside which the worm's name looks right at a glance.
fn start_spooler(builder: &mut HostBuilder<'_>, parent: ProcessIndex, start_ns: i64) {
    let image = "C:\\Windows\\System32\\spoolsv.exe";
    let (services, account) = (&["Spooler"], Account::System);
    builder.spawn(&NewProcess {
        image,
        command_line: image,
        parent,
        account,
        services,
        start_ns,
        end_ns: None,
    });
}

fn start_desktop(builder: &mut HostBuilder<'_>, cast: &mut Cast, random: &mut Random) {
    let logon_ns = builder.host.boot_ns + random.between(60, 600) * SECOND;
    cast.explorer = builder.spawn(&NewProcess {
        image: "C:\\Windows\\explorer.exe",
        command_line: "C:\\WINDOWS\\Explorer.EXE",
        parent: cast.services,
        account: Account::Person,
        services: &[],
        start_ns: logon_ns,
        end_ns: None,
    });
    builder.cast.explorer = cast.explorer;
    let mut start = |builder: &mut HostBuilder<'_>, image: &str| {
        let start_ns = logon_ns + random.between(20, 40 * 60) * SECOND;
        builder.run(image, &format!("\"{image}\""), start_ns, None)
    };
    cast.chrome = start(builder, "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");
    cast.edge = start(
        builder,
        "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
    );
    cast.outlook = start(
        builder,
        "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE",
    );
    cast.word = start(
        builder,
        "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE",
    );
    // Teams is opened shortly before the capture, so that even a short log holds a start or two.
    let image = "C:\\Program Files\\WindowsApps\\MSTeams_24215.1007\\ms-teams.exe";
    let start_ns = builder.capture.begins_ns - random.between(2 * 60, 15 * 60) * SECOND;
    cast.teams = builder.run(
        image,
        &format!("\"{image}\" --autostart"),
        start_ns.max(logon_ns + MINUTE),
        None,
    );
}

fn open_listeners(builder: &mut HostBuilder<'_>, cast: &Cast) {
    let rpc = builder
        .host
        .processes
        .iter()
        .position(|process| process.command_line.ends_with("-k RPCSS -p"));
    let mut listen = |process, service: Option<&str>, transport, port| {
        let service = service.map(str::to_owned);
        builder.host.listeners.push(Listener {
            process,
            service,
            transport,
            port,
        });
    };
    listen(rpc.unwrap_or(0), Some("RpcEptMapper"), Transport::Tcp, 135);
    listen(cast.system, None, Transport::Tcp, 445);
    listen(cast.terminal, Some("TermService"), Transport::Tcp, 3_389);
    listen(cast.system, None, Transport::Tcp, 5_357);
    listen(cast.w32time, Some("W32Time"), Transport::Udp, 123);
    listen(cast.terminal, Some("TermService"), Transport::Udp, 3_389);
    listen(cast.dnscache, Some("Dnscache"), Transport::Udp, 5_353);
    listen(cast.dnscache, Some("Dnscache"), Transport::Udp, 5_355);
}
