//! The filter that a user names.

use whotalks_case::fields::find;
use whotalks_case::filter::Filter;
use whotalks_render::CliMessage;
use whotalks_render::messages::PacketMessage;

use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// The fields that only a case can fill.
const OF_A_CASE: [&str; 4] = ["process.name", "process.pid", "endpoint.name", "verdict"];

/// The filter of a text.
pub(crate) fn compiled(text: &str) -> Result<Filter, Failure> {
    Filter::compile(text).map_err(|source| Failure::Filter {
        text: text.to_owned(),
        source,
    })
}

/// Says that no packet passes, and why that may be so.
pub(crate) fn nothing_passes(filter: &Filter, has_case: bool, face: &Face) -> Outcome {
    face.say(&PacketMessage::NoPacketPasses);
    let asks_a_case = |name: &str| find(name).is_some_and(|id| filter.fields().contains(id));
    if !has_case && OF_A_CASE.into_iter().any(asks_a_case) {
        let message = face.words.text(&CliMessage::HintNeedsCase);
        face.say(&CliMessage::Hint { message });
    }
    Outcome::NothingFound
}
