//! The scenario of the bundled example: one desk, thirteen minutes, a worm, a beacon and an ordinary morning.

use super::builder::{HostBuilder, Identity};
use super::ingredients::{beacon, blocked, pages, proxy, services, udp, worm};
use super::knobs::{Encoding, EventShape, Knobs, Language, LogBegin};
use super::model::{Scenario, Window};
use super::{EPOCH_NS, settle};
use crate::clock::{MILLISECOND, MINUTE, SECOND};
use crate::random::Random;

/// A number that has no meaning but to be always the same.
const SEED: u64 = 20_261_120;

impl Scenario {
    /// The example: CHIEF-PC on 2026-11-20 from 10:02:11 to 10:14:50 +09:00, one host, nothing lost.
    #[must_use]
    pub fn example() -> Self {
        let knobs = knobs();
        let random = Random::new(SEED);
        let capture = Window {
            begins_ns: EPOCH_NS,
            ends_ns: EPOCH_NS + knobs.capture_length_ns,
        };
        let snapshot_ns = EPOCH_NS + 6 * MINUTE + 4 * SECOND;
        let identity = Identity {
            index: 0,
            name: "CHIEF-PC".to_owned(),
            domain: "CHIEF".to_owned(),
            user: "chief".to_owned(),
            observed: true,
        };
        let mut builder = HostBuilder::new(&identity, &knobs, capture, snapshot_ns, &random);
        pages::play(&mut builder);
        services::play(&mut builder);
        services::play_shared(&mut builder);
        proxy::play(&mut builder);
        udp::play(&mut builder);
        blocked::smb(&mut builder, 198, "blocked_port", 14);
        beacon::call_home(&mut builder, EPOCH_NS + 47 * SECOND);
        // The worm knocks while the sockets are being listed, so that netstat shows it as well.
        worm::sweep(&mut builder, snapshot_ns - 4 * SECOND, 34);
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

fn knobs() -> Knobs {
    Knobs {
        clock_skew_ns: vec![1_800 * MILLISECOND],
        log_begin: LogBegin::Overwritten {
            before_capture_ns: 4 * MINUTE + 11 * SECOND,
        },
        proxy: true,
        worm: true,
        blocked: true,
        late_drops: true,
        beacon: true,
        services: true,
        shared_service_host: true,
        event_shape: EventShape::Windows11,
        language: Language::Japanese,
        encoding: Encoding::Cp932,
        capture_length_ns: 12 * MINUTE + 39 * SECOND,
        page_visits: 30,
        ..Knobs::calm()
    }
}
