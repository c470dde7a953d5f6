//! What may go wrong or turn up in a scenario.

use crate::clock::{MINUTE, SECOND};
use crate::random::Random;
use crate::scenario::TraceKnobs;
use crate::sources::SourceKind;
use serde::{Deserialize, Serialize};

/// Where the Security log of a host begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum LogBegin {
    /// Auditing was on since the boot and nothing was overwritten.
    AtBoot,
    /// Auditing was switched on that long before the capture began: record 1 is event 4719.
    AuditSwitchedOn {
        /// Lead in nanoseconds; negative when the log begins inside the capture.
        before_capture_ns: i64,
    },
    /// The ring overwrote everything older; the first record id is a large one.
    Overwritten {
        /// Lead in nanoseconds; negative when the log begins inside the capture.
        before_capture_ns: i64,
    },
}

/// The language of the Windows text tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English headings.
    English,
    /// Japanese headings.
    Japanese,
}

/// How text files are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-16LE with a byte order mark, as PowerShell 5 redirects.
    Utf16Le,
    /// Code page 932, as `cmd` redirects on a Japanese Windows.
    Cp932,
}

/// Which build of Windows writes the audit events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventShape {
    /// 5152 v0, 5156 v1 and 5157 v1 without `FilterOrigin`, as most collected logs hold.
    Windows10,
    /// 5152 v1, 5156 v1 and 5157 v3 with `InterfaceIndex` and `FilterOrigin`.
    Windows11,
}

/// Which directions a capture holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapturedSide {
    /// Both, as a card sees them.
    #[default]
    Both,
    /// Only what the host sent.
    Sent,
    /// Only what the host received.
    Received,
}

/// The switches of a scenario. Every field is part of the truth file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each knob is an independent switch of the scenario, told apart by name"
)]
pub struct Knobs {
    /// Clock of each host less the clock of the capture, by host; the same for event logs and file times of that host.
    pub clock_skew_ns: Vec<i64>,
    /// A process id is used by two processes, each with flows.
    pub pid_reuse: bool,
    /// Two processes use the same five-tuple, minutes apart.
    pub port_reuse: bool,
    /// Thousandths of all packets that the capture dropped.
    pub lost_packets_permille: u32,
    /// Hundredths of all flows of which the capture dropped every packet.
    pub lost_flows_percent: u32,
    /// Where the Security log begins.
    pub log_begin: LogBegin,
    /// A run of records inside the Security log is missing: the ids skip.
    pub lost_events: bool,
    /// Kinds of evidence that nobody collected, whatever is asked of the writer.
    pub missing: Vec<SourceKind>,
    /// One address answers to several names.
    pub shared_cdn: bool,
    /// Processes that live for less than a second.
    pub short_lived: bool,
    /// Browsers go through a forward proxy.
    pub proxy: bool,
    /// A program goes through a SOCKS5 server.
    pub socks: bool,
    /// A worm called `spollsv.exe` sweeps the neighbours.
    pub worm: bool,
    /// A `svchost.exe` that runs from a temporary folder.
    pub wrong_path: bool,
    /// Connections blocked by three different filters.
    pub blocked: bool,
    /// Late segments of closed connections are dropped and audited as 5152.
    pub late_drops: bool,
    /// The host restarts between the last event and the filter snapshot, which renumbers the filters.
    pub reboot: bool,
    /// A program calls every minute.
    pub beacon: bool,
    /// Services of Windows talk to Microsoft.
    pub services: bool,
    /// A shared `svchost.exe` with several services talks.
    pub shared_service_host: bool,
    /// TLS with an encrypted inner name, some of it resolved over HTTPS.
    pub ech: bool,
    /// IPv6 flows.
    pub ipv6: bool,
    /// UDP flows beside DNS.
    pub udp: bool,
    /// Others connect to listeners of the host.
    pub inbound: bool,
    /// Hosts of the scenario: 1 or 2. The second is the other end of some flows.
    pub hosts: u8,
    /// Evidence was collected on the second host, too.
    pub second_host_observed: bool,
    /// Sysmon runs on the hosts.
    pub sysmon: bool,
    /// Process creation events carry the command line.
    pub command_lines: bool,
    /// 5158 is audited for every bind.
    pub binds: bool,
    /// Policy change auditing: 5441 lists every filter at boot.
    pub policy_events: bool,
    /// netstat was run with `-b`.
    pub netstat_owners: bool,
    /// Which Windows writes the events.
    pub event_shape: EventShape,
    /// Language of the text tools.
    pub language: Language,
    /// Encoding of the text tools.
    pub encoding: Encoding,
    /// Seconds east of UTC.
    pub utc_offset_seconds: i32,
    /// Decimal places of the capture's time stamps: 6 or 9.
    pub capture_decimals: u8,
    /// Length of the capture.
    pub capture_length_ns: i64,
    /// Pages that people visit meanwhile.
    pub page_visits: u32,
    /// The capture keeps only that many bytes of each packet.
    #[serde(default)]
    pub snap_length: Option<u32>,
    /// Which directions the capture holds.
    #[serde(default)]
    pub captured_side: CapturedSide,
    /// The clock of the Security log is stepped every few seconds, so that nothing aligns it.
    #[serde(default)]
    pub stepped_clock: bool,
    /// The Security log was exported that long before the capture ended.
    #[serde(default)]
    pub log_exported_before_end_ns: Option<i64>,
    /// Only refusals are audited: 5157 and no 5156, 5158 or 5154.
    #[serde(default)]
    pub failures_only: bool,
    /// The resolver of the host is asked over TLS (RFC 7858).
    #[serde(default)]
    pub encrypted_dns: bool,
    /// The capture was taken at a mirrored port of the switch, which hosts that nobody looked at share.
    #[serde(default)]
    pub mirrored_port: bool,
    /// QUIC connections that stood before the capture began.
    #[serde(default)]
    pub quic: bool,
    /// A web shield on the host connects to the outside for its programs.
    #[serde(default)]
    pub local_relay: bool,
    /// How traces were taken, where there are any.
    #[serde(default)]
    pub trace: TraceKnobs,
}

impl Knobs {
    /// Everything on that belongs to an ordinary working day, nothing that hides or loses evidence.
    #[must_use]
    pub fn calm() -> Self {
        Self {
            clock_skew_ns: vec![0, 0],
            pid_reuse: false,
            port_reuse: false,
            lost_packets_permille: 0,
            lost_flows_percent: 0,
            log_begin: LogBegin::AuditSwitchedOn {
                before_capture_ns: 10 * MINUTE,
            },
            lost_events: false,
            missing: Vec::new(),
            shared_cdn: false,
            short_lived: false,
            proxy: false,
            socks: false,
            worm: false,
            wrong_path: false,
            blocked: false,
            late_drops: false,
            reboot: false,
            beacon: false,
            services: true,
            shared_service_host: false,
            ech: false,
            ipv6: false,
            udp: true,
            inbound: false,
            hosts: 1,
            second_host_observed: false,
            sysmon: false,
            command_lines: true,
            binds: true,
            policy_events: false,
            netstat_owners: false,
            event_shape: EventShape::Windows10,
            language: Language::English,
            encoding: Encoding::Utf8,
            utc_offset_seconds: 9 * 3_600,
            capture_decimals: 9,
            capture_length_ns: 13 * MINUTE,
            page_visits: 25,
            snap_length: None,
            captured_side: CapturedSide::Both,
            stepped_clock: false,
            log_exported_before_end_ns: None,
            failures_only: false,
            encrypted_dns: false,
            mirrored_port: false,
            quic: false,
            local_relay: false,
            trace: TraceKnobs::default(),
        }
    }

    /// The mix that belongs to a seed.
    #[must_use]
    pub fn for_seed(seed: u64) -> Self {
        let random = &mut Random::new(seed).fork("knobs");
        let mut knobs = Self::calm();
        knobs.choose_noise(random);
        knobs.choose_ingredients(random);
        knobs.choose_collection(random);
        knobs.choose_text(random);
        // A stream of its own, so that what came before means what it meant.
        knobs.local_relay = Random::new(seed).fork("local relay").chance(30);
        knobs.trace = TraceKnobs::for_seed(seed);
        knobs
    }

    fn choose_noise(&mut self, random: &mut Random) {
        self.clock_skew_ns = (0..2).map(|_| skew(random)).collect();
        self.pid_reuse = random.chance(50);
        self.lost_packets_permille = if random.chance(40) {
            u32::try_from(random.between(1, 30)).unwrap_or(0)
        } else {
            0
        };
        self.lost_flows_percent = if random.chance(30) {
            u32::try_from(random.between(1, 6)).unwrap_or(0)
        } else {
            0
        };
        self.lost_events = random.chance(20);
        self.log_begin = log_begin(random);
        self.reboot = random.chance(25);
        self.capture_length_ns = random.between(8, 16) * MINUTE;
        self.page_visits = u32::try_from(random.between(8, 40)).unwrap_or(0);
    }

    fn choose_ingredients(&mut self, random: &mut Random) {
        self.shared_cdn = random.chance(60);
        self.short_lived = random.chance(60);
        self.proxy = random.chance(45);
        self.socks = random.chance(30);
        self.worm = random.chance(35);
        self.wrong_path = random.chance(25);
        self.blocked = random.chance(70);
        self.late_drops = random.chance(60);
        self.beacon = random.chance(50);
        self.services = random.chance(90);
        self.shared_service_host = random.chance(50);
        self.ech = random.chance(40);
        self.ipv6 = random.chance(50);
        self.udp = random.chance(80);
        self.inbound = random.chance(50);
        self.hosts = if random.chance(30) { 2 } else { 1 };
        self.second_host_observed = random.chance(70);
        self.port_reuse = random.chance(35);
    }

    fn choose_collection(&mut self, random: &mut Random) {
        self.sysmon = random.chance(35);
        self.command_lines = random.chance(75);
        self.binds = random.chance(60);
        self.policy_events = random.chance(30);
        self.netstat_owners = random.chance(35);
        self.capture_decimals = if random.chance(50) { 9 } else { 6 };
        self.event_shape = if random.chance(50) {
            EventShape::Windows10
        } else {
            EventShape::Windows11
        };
        let gone = [
            SourceKind::Pcap,
            SourceKind::Evtx,
            SourceKind::Netstat,
            SourceKind::Tasklist,
            SourceKind::Filters,
        ];
        self.missing = gone.into_iter().filter(|_| random.chance(10)).collect();
        if self.missing.contains(&SourceKind::Pcap) && self.missing.contains(&SourceKind::Evtx) {
            self.missing.retain(|kind| *kind != SourceKind::Pcap);
        }
    }

    fn choose_text(&mut self, random: &mut Random) {
        let japanese = random.chance(50);
        self.language = if japanese {
            Language::Japanese
        } else {
            Language::English
        };
        self.encoding = match random.below(3) {
            0 => Encoding::Utf8,
            1 => Encoding::Utf16Le,
            // English tools on any code page write ASCII, which code page 932 keeps.
            _ => Encoding::Cp932,
        };
        self.utc_offset_seconds = if japanese || random.chance(30) { 9 * 3_600 } else { 0 };
    }

    /// Clock of that host less the clock of the capture, in nanoseconds.
    #[must_use]
    pub fn skew_of_host(&self, host: usize) -> i64 {
        self.clock_skew_ns.get(host).copied().unwrap_or(0)
    }
}

fn skew(random: &mut Random) -> i64 {
    match random.below(4) {
        0 => 0,
        1 => random.between(-3 * SECOND, 3 * SECOND),
        _ => random.between(-120 * SECOND, 120 * SECOND),
    }
}

fn log_begin(random: &mut Random) -> LogBegin {
    match random.below(10) {
        0..=3 => LogBegin::AtBoot,
        4..=6 => LogBegin::AuditSwitchedOn {
            before_capture_ns: random.between(2, 40) * MINUTE,
        },
        7 => LogBegin::Overwritten {
            before_capture_ns: random.between(1, 30) * MINUTE,
        },
        _ => LogBegin::Overwritten {
            before_capture_ns: -random.between(30, 300) * SECOND,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::Knobs;

    #[test]
    fn a_seed_means_one_mix_and_seeds_differ() {
        assert_eq!(Knobs::for_seed(4), Knobs::for_seed(4));
        let with_worm = (0..100).filter(|seed| Knobs::for_seed(*seed).worm).count();
        assert!((15..60).contains(&with_worm), "{with_worm} of 100 seeds have a worm");
    }

    #[test]
    fn skew_stays_within_two_minutes() {
        let all: Vec<i64> = (0..200).flat_map(|seed| Knobs::for_seed(seed).clock_skew_ns).collect();
        assert!(all.iter().all(|skew| skew.abs() <= 120_000_000_000));
        assert!(all.contains(&0));
    }
}
