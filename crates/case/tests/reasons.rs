//! Every reason for something unknown is given by evidence that brings it about, read through the facade.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its files fails")]

use std::collections::BTreeSet;

use whotalks_case::{Case, NoProgress};
use whotalks_correlate::{EncryptedBy, UnknownReason};
use whotalks_record::Timestamp;
use whotalks_testkit::scenario::{CapturedSide, Knobs, LogBegin, Scenario};
use whotalks_testkit::sources::Sources;
use whotalks_testkit::write::write;

const MINUTE: i64 = 60_000_000_000;

/// Scenarios of one story, tried in turn: some accidents, such as a program that ends between two listings, are rare.
const SEEDS: std::ops::Range<u64> = 1..60;

/// The closed list: a variant that is not here does not compile, and one that is here must occur.
macro_rules! reasons {
    ($($name:literal = $pattern:pat),* $(,)?) => {
        const ALL: &[&str] = &[$($name),*];

        fn name_of(reason: &UnknownReason) -> &'static str {
            match reason {
                $($pattern => $name,)*
            }
        }
    };
}

reasons! {
    "source not collected" = UnknownReason::SourceNotCollected(_),
    "source began later" = UnknownReason::SourceBeganLater { .. },
    "source ended earlier" = UnknownReason::SourceEndedEarlier { .. },
    "ring overwritten" = UnknownReason::RingOverwritten { .. },
    "events lost" = UnknownReason::EventsLost { .. },
    "ambiguous" = UnknownReason::Ambiguous(_),
    "clocks not aligned" = UnknownReason::ClocksNotAligned,
    "one direction only" = UnknownReason::OneDirectionOnly,
    "snapped too short" = UnknownReason::SnappedTooShort,
    "encrypted client hello" = UnknownReason::EncryptedName(EncryptedBy::EncryptedClientHello),
    "encrypted dns" = UnknownReason::EncryptedName(EncryptedBy::EncryptedDns),
    "quic" = UnknownReason::EncryptedName(EncryptedBy::Quic),
    "process ended" = UnknownReason::ProcessEndedBeforeItsNameWasRead(_),
    "behind proxy" = UnknownReason::BehindProxy(_),
    "host not observed" = UnknownReason::HostNotObserved,
    "not in source" = UnknownReason::NotInSource(_),
    "not audited" = UnknownReason::NotAudited { .. },
    "filter ids renumbered" = UnknownReason::FilterIdsRenumbered,
    "no filter recorded" = UnknownReason::NoFilterRecorded,
}

/// A way in which a collection goes wrong, and the reason that it must lead to.
struct Story {
    reason: &'static str,
    knobs: Knobs,
    sources: &'static str,
    /// The audit policy as `auditpol /get /category:* /r` lists it, where one was listed.
    audit_policy: Option<&'static str>,
}

const NOTHING_AUDITED: &str = "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting\r\n\r\n\
    PC,System,Filtering Platform Connection,{0CCE9226-69AE-11D9-BED3-505054503030},No Auditing,\r\n\
    PC,System,Process Creation,{0CCE922B-69AE-11D9-BED3-505054503030},No Auditing,\r\n\
    PC,System,Filtering Platform Packet Drop,{0CCE9225-69AE-11D9-BED3-505054503030},No Auditing,\r\n";

fn story(reason: &'static str, sources: &'static str, change: impl FnOnce(&mut Knobs)) -> Story {
    let mut knobs = Knobs {
        page_visits: 10,
        ..Knobs::calm()
    };
    change(&mut knobs);
    Story {
        reason,
        knobs,
        sources,
        audit_policy: None,
    }
}

fn stories() -> Vec<Story> {
    let begins_inside = -2 * MINUTE;
    vec![
        story("source not collected", "pcap", |_| {}),
        story("source began later", "pcap,evtx", |knobs| {
            let before_capture_ns = begins_inside;
            knobs.log_begin = LogBegin::AuditSwitchedOn { before_capture_ns };
        }),
        story("source ended earlier", "pcap,evtx", |knobs| {
            knobs.log_exported_before_end_ns = Some(4 * MINUTE);
        }),
        story("ring overwritten", "pcap,evtx", |knobs| {
            let before_capture_ns = begins_inside;
            knobs.log_begin = LogBegin::Overwritten { before_capture_ns };
        }),
        story("events lost", "pcap,evtx", |knobs| knobs.lost_events = true),
        story("ambiguous", "pcap,evtx", |knobs| knobs.shared_cdn = true),
        story("clocks not aligned", "pcap,evtx", |knobs| {
            (knobs.stepped_clock, knobs.lost_events) = (true, true);
        }),
        story("one direction only", "pcap", |knobs| {
            knobs.captured_side = CapturedSide::Received
        }),
        story("snapped too short", "pcap", |knobs| knobs.snap_length = Some(96)),
        story("encrypted client hello", "pcap", |knobs| knobs.ech = true),
        story("encrypted dns", "pcap", |knobs| {
            (knobs.encrypted_dns, knobs.beacon) = (true, true);
        }),
        story("quic", "pcap", |knobs| knobs.quic = true),
        story("process ended", "netstat,tasklist", |knobs| knobs.short_lived = true),
        story("behind proxy", "pcap", |knobs| {
            (knobs.proxy, knobs.lost_packets_permille) = (true, 100);
        }),
        story("host not observed", "pcap,evtx", |knobs| {
            (knobs.hosts, knobs.mirrored_port) = (2, true);
        }),
        story("not in source", "pcap,evtx", |knobs| {
            (knobs.failures_only, knobs.blocked) = (true, true);
        }),
        Story {
            audit_policy: Some(NOTHING_AUDITED),
            ..story("not audited", "pcap,netstat", |_| {})
        },
        story("filter ids renumbered", "evtx,filters", |knobs| {
            (knobs.reboot, knobs.blocked) = (true, true);
        }),
        story("no filter recorded", "evtx", |knobs| knobs.page_visits = 60),
    ]
}

impl Story {
    /// The reasons that the case gives, for programs, names, decisions and filters alike.
    fn reasons(&self, seed: u64) -> BTreeSet<&'static str> {
        let folder = tempfile::tempdir().unwrap();
        let scenario = Scenario::generate(seed, &self.knobs);
        write(&scenario, folder.path(), &Sources::parse(self.sources).unwrap()).unwrap();
        if let Some(policy) = self.audit_policy {
            std::fs::write(folder.path().join("auditpol.csv"), policy).unwrap();
        }
        let mut case = Case::in_memory();
        case.ingest(&[folder.path().to_owned()], &mut NoProgress, Timestamp::MIN)
            .unwrap();
        let mut given = BTreeSet::new();
        case.conversations(&mut |conversation| {
            let unknown = [
                &conversation.process.unknown,
                &conversation.name.unknown,
                &conversation.decision.unknown,
            ];
            given.extend(unknown.into_iter().flatten().map(name_of));
        })
        .unwrap();
        given
    }
}

#[test]
fn every_reason_can_occur() {
    let stories = stories();
    let told: BTreeSet<&str> = stories.iter().map(|story| story.reason).collect();
    assert_eq!(told, ALL.iter().copied().collect(), "each reason needs its story");
    for story in &stories {
        let mut given = BTreeSet::new();
        let occurs = SEEDS.into_iter().any(|seed| {
            given.extend(story.reasons(seed));
            given.contains(story.reason)
        });
        assert!(occurs, "{}: only {given:?}", story.reason);
    }
}

#[test]
fn a_whole_collection_gives_none_of_the_reasons_of_a_damaged_one() {
    let whole = story("", "pcap,evtx,netstat,tasklist,filters", |_| {});
    let given = whole.reasons(1);
    for reason in [
        "clocks not aligned",
        "one direction only",
        "snapped too short",
        "encrypted dns",
        "source ended earlier",
        "events lost",
    ] {
        assert!(!given.contains(reason), "{reason}");
    }
}
