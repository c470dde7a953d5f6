//! A scenario whose names are attacks on whoever shows them: script, formulas, terminal escapes, bidi controls, NUL,
//! line breaks, and lengths beyond reason.

use super::builder::{HostBuilder, Identity};
use super::filters;
use super::ingredients::pages;
use super::knobs::{EventShape, Knobs};
use super::model::{Decision, Ending, NameShown, Scenario, Transport, Window};
use super::sites::Site;
use super::talk::Side;
use super::visits::{AGENT, Introduction};
use super::{EPOCH_NS, settle};
use crate::clock::{MINUTE, SECOND};
use crate::packet::app::http;
use crate::random::Random;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const SEED: u64 = 666;

/// Texts that do harm when they are shown as they are.
pub const HOSTILE_TEXTS: [&str; 10] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u{1b}[2J\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}\u{1b}]8;;http://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "gnp.\u{202e}exe.\u{2066}txt\u{2069}",
    "nul\0inside",
    "line\r\nbreak\n+ another line",
    "'; DROP TABLE flows; --",
];

/// How long the longest text is, in characters: a command line holds it twice and must not be cut in the event log.
const LONG: usize = 3_800;

impl Scenario {
    /// The hostile scenario: ordinary evidence whose names are the texts of [`HOSTILE_TEXTS`] and one very long one.
    #[must_use]
    pub fn hostile() -> Self {
        let knobs = Knobs {
            sysmon: true,
            netstat_owners: true,
            event_shape: EventShape::Windows11,
            capture_length_ns: 4 * MINUTE,
            page_visits: 5,
            ..Knobs::calm()
        };
        let capture = Window {
            begins_ns: EPOCH_NS,
            ends_ns: EPOCH_NS + knobs.capture_length_ns,
        };
        let snapshot_ns = EPOCH_NS + 3 * MINUTE;
        let identity = Identity {
            index: 0,
            name: "<b>PC</b>\u{202e}=1+1".to_owned(),
            domain: "=DOMAIN\u{1b}[7m".to_owned(),
            user: "chief<script>".to_owned(),
            observed: true,
        };
        let mut builder = HostBuilder::new(&identity, &knobs, capture, snapshot_ns, &Random::new(SEED));
        pages::play(&mut builder);
        look_up(&mut builder);
        let long = "A".repeat(LONG);
        for (text, number) in HOSTILE_TEXTS.into_iter().chain([long.as_str()]).zip(1_u8..) {
            attack(&mut builder, text, number);
        }
        let mut host = builder.host;
        settle(&mut host);
        Self {
            seed: SEED,
            hosts: vec![host],
            capture,
            snapshot_ns,
            filters_ns: capture.ends_ns + 10 * SECOND,
            knobs,
        }
    }
}

/// Lookups of names that hold the texts, all with the same address.
fn look_up(builder: &mut HostBuilder<'_>) {
    let asker = builder.cast.chrome;
    for (name, number) in HOSTILE_TEXTS.into_iter().zip(1_i64..) {
        let site = Site {
            name,
            aliases: &HOSTILE_TEXTS,
            ipv4: "203.0.113.250",
            ipv6: "",
            ttl_seconds: 60,
        };
        let at_ns = builder.capture.begins_ns + number * 5 * SECOND;
        builder.resolve(asker, &site, at_ns);
    }
}

/// A program, a filter and three flows that carry the text.
fn attack(builder: &mut HostBuilder<'_>, text: &str, number: u8) {
    let begins_ns = builder.capture.begins_ns + i64::from(number) * 9 * SECOND;
    let image = format!("C:\\Temp\\{text}.exe");
    let process = builder.run(&image, &format!("\"{image}\" {text}"), begins_ns - SECOND, None);
    if let Some(filter) = builder.host.filters.get_mut(usize::from(number) % 8) {
        text.clone_into(&mut filter.name);
        text.clone_into(&mut filter.description);
        text.clone_into(&mut filter.origin);
    }
    for (port, step) in [(443, 1), (80, 2), (445, 3)] {
        let remote = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 100 + number)), port);
        let mut draft = builder.draft(process, Transport::Tcp, remote, begins_ns + step * SECOND, "hostile");
        draft.flow.name = Some(text.to_owned());
        match port {
            443 => draft.converse_tls(text, Introduction::ServerName),
            80 => {
                draft.talk.handshake(Side::Local);
                draft.flow.name_shown = NameShown::Plainly;
                draft.talk.send_naming(
                    Side::Local,
                    &http::post(&format!("/{text}"), text, AGENT, text.as_bytes()),
                );
                draft.talk.send(Side::Remote, &http::ok("text/html", text.as_bytes()));
            }
            _ => {
                draft.flow.decision = Decision::Blocked;
                draft.flow.filter = Some(filters::BLOCK_SMB);
                draft.flow.ending = Ending::Unanswered;
                draft.flow.name = None;
            }
        }
        match port {
            // It still stands when the sockets are listed, so that its owner shows there.
            443 => draft.flow.ending = Ending::Open,
            80 => builder.finish(&mut draft),
            _ => {}
        }
        builder.keep(draft);
    }
}
