//! Everything that is ever done with a capture.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use whotalks_case::capture;
use whotalks_case::fields::{FieldId, all, info, text};
use whotalks_case::filter::Filter;
use whotalks_case::packets::follow::Target;
use whotalks_case::packets::select::{Keep, Selection};
use whotalks_case::packets::statistics::{Question, Statistic};
use whotalks_case::{Case, NoProgress};
use whotalks_record::Timestamp;

use crate::corpus::filters;

/// TCP and UDP streams of a capture that are followed.
const MOST_FOLLOWED: u32 = 2;

/// Filters that are asked of every packet.
static FILTERS: LazyLock<Vec<Filter>> = LazyLock::new(|| {
    filters::list()
        .filter_map(|filter| Filter::compile(filter).ok())
        .collect()
});

/// Reads a file as `packets`, `follow` and `investigate` do. How many packets it holds.
pub(super) fn everything(path: &Path) -> std::result::Result<u64, String> {
    let paths = [path.to_owned()];
    let (statistics, _) = capture::statistics(&paths, Question::new(&Statistic::ALL), &mut NoProgress);
    let packets = statistics.totals.volume.packets;
    let shown = fields(&paths);
    (shown == packets)
        .then_some(())
        .ok_or_else(|| format!("statistics count {packets} packets, {shown} have fields"))?;
    follow(
        &paths,
        &[Target::tcp, Target::udp],
        [statistics.tcp.len(), statistics.udp.len()],
    );
    investigate(&paths)?;
    Ok(packets)
}

/// Every field of every packet as text, and every filter; how many packets there were.
fn fields(paths: &[PathBuf]) -> u64 {
    let selection = Selection {
        columns: (0..).map(FieldId).take(all().len()).collect(),
        ..Selection::default()
    };
    let (passed, _) = capture::select(paths, &selection, None, &mut NoProgress, |_, fields| {
        fields
            .iter()
            .for_each(|(id, value)| drop(info(id).map(|field| text(field, value))));
        let matching = FILTERS.iter().filter(|filter| filter.matches(fields));
        std::hint::black_box(matching.count());
        Keep::Going
    });
    passed
}

/// What the first streams said.
fn follow(paths: &[PathBuf], targets: &[fn(u32) -> Target; 2], streams: [usize; 2]) {
    for (target, count) in targets.iter().zip(streams) {
        for number in (0..MOST_FOLLOWED).take(count) {
            capture::follow(paths, target(number), &mut NoProgress, &mut |_| Keep::Going);
        }
    }
}

fn investigate(paths: &[PathBuf]) -> std::result::Result<(), String> {
    let mut case = Case::in_memory();
    let now = Timestamp::from_seconds(0, 0);
    let outcome = case
        .ingest(paths, &mut NoProgress, now)
        .and_then(|_| case.investigate());
    outcome.map(drop).map_err(|error| error.to_string())
}
