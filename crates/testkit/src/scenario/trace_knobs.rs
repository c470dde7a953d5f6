//! How the trace of a scenario was taken.

use crate::clock::SECOND;
use crate::random::Random;
use serde::{Deserialize, Serialize};

/// Into which files a trace session writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraceLayout {
    /// One file with everything.
    #[default]
    One,
    /// One file for each kind of provider, as collectors of support set them up.
    ByProvider,
    /// One file after the other.
    InTurn,
    /// One file that wraps around, so that only its end is left.
    Circular,
}

/// The switches of a trace. Every field is part of the truth file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceKnobs {
    /// Into which files it goes.
    pub layout: TraceLayout,
    /// Whether buffers are compressed.
    pub compressed: bool,
    /// How many processors write.
    pub processors: u16,
    /// How long before the capture it starts; negative when it starts inside.
    pub begins_before_capture_ns: i64,
    /// Every how manieth buffer is lost; zero for none.
    pub drops_every: u32,
    /// Whether the DNS client and the names of connections are traced.
    pub names: bool,
    /// Whether HTTP libraries and the services around them are traced.
    #[serde(default)]
    pub requests: bool,
    /// Whether the trace shows which proxy was found for a URL.
    #[serde(default)]
    pub proxies: bool,
    /// Whether packets come from the packet monitor in place of the network driver.
    pub monitor: bool,
}

impl Default for TraceKnobs {
    fn default() -> Self {
        Self {
            layout: TraceLayout::One,
            compressed: false,
            processors: 2,
            begins_before_capture_ns: 20 * SECOND,
            drops_every: 0,
            names: true,
            requests: false,
            proxies: false,
            monitor: false,
        }
    }
}

impl TraceKnobs {
    /// The mix that belongs to a seed; a stream of its own, so that all other switches mean what they meant.
    pub(crate) fn for_seed(seed: u64) -> Self {
        let random = &mut Random::new(seed).fork("trace");
        let layout = match random.below(5) {
            0 | 1 => TraceLayout::One,
            2 => TraceLayout::ByProvider,
            3 => TraceLayout::InTurn,
            _ => TraceLayout::Circular,
        };
        let mut knobs = Self {
            layout,
            // Windows does not compress a file that wraps around.
            compressed: layout != TraceLayout::Circular && random.chance(40),
            processors: if random.chance(70) { 4 } else { 1 },
            begins_before_capture_ns: match random.chance(75) {
                true => random.between(2, 90) * SECOND,
                false => -random.between(20, 200) * SECOND,
            },
            drops_every: match random.chance(25) {
                true => u32::try_from(random.between(4, 20)).unwrap_or(0),
                false => 0,
            },
            names: random.chance(70),
            monitor: random.chance(40),
            requests: false,
            proxies: false,
        };
        knobs.requests = random.chance(60);
        knobs.proxies = random.chance(50);
        knobs
    }
}
