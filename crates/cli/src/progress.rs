//! The progress bar: on standard error, only on a terminal, and only where a run takes longer than a second.

use std::io::{self, IsTerminal as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use whotalks_case::Progress;
use whotalks_case::kql;
use whotalks_render::messages::HuntMessage;
use whotalks_render::words::Words;
use whotalks_render::{CliMessage, format, sanitize};

/// A run that is over before is not worth a bar.
const QUIET: Duration = Duration::from_secs(1);

/// Columns left for the name of the file being read.
const NAME_COLUMNS: usize = 40;

const TEMPLATE: &str = "{bar:20} {bytes}/{total_bytes} {bytes_per_sec} {eta} {msg}";
const QUERY_TEMPLATE: &str = "{bar:20} {percent} % {elapsed} {msg}";
const UNMEASURED_TEMPLATE: &str = "{spinner} {elapsed} {msg}";

/// See the module.
pub(crate) struct Bar<'w> {
    words: &'w Words,
    started: Instant,
    bar: Option<ProgressBar>,
}

impl<'w> Bar<'w> {
    pub(crate) fn new(words: &'w Words) -> Self {
        Self {
            words,
            started: Instant::now(),
            bar: None,
        }
    }

    /// The bar, once it is time for one and somebody could see it.
    fn visible(&mut self) -> Option<&ProgressBar> {
        if self.bar.is_none() && self.started.elapsed() >= QUIET && io::stderr().is_terminal() {
            let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
            self.bar = Some(ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style));
        }
        self.bar.as_ref()
    }
}

impl Progress for Bar<'_> {
    fn update(&mut self, done: u64, total: u64, path: &str) {
        let path = format::cut_middle(&sanitize::terminal(path), NAME_COLUMNS);
        let message = self.words.text(&CliMessage::ProgressReading { path });
        if let Some(bar) = self.visible() {
            bar.set_length(total);
            bar.set_position(done);
            bar.set_message(message);
        }
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// The same for a query: how much it has read of what there is, where that is known.
pub(crate) struct QueryBar<'w> {
    words: &'w Words,
    started: Instant,
    bar: Option<ProgressBar>,
}

impl<'w> QueryBar<'w> {
    pub(crate) fn new(words: &'w Words) -> Self {
        Self {
            words,
            started: Instant::now(),
            bar: None,
        }
    }

    fn visible(&mut self, measured: bool) -> Option<&ProgressBar> {
        if self.bar.is_none() && self.started.elapsed() >= QUIET && io::stderr().is_terminal() {
            let template = if measured { QUERY_TEMPLATE } else { UNMEASURED_TEMPLATE };
            let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
            self.bar = Some(ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style));
        }
        self.bar.as_ref()
    }
}

impl kql::Watch for QueryBar<'_> {
    fn goes_on(&mut self, progress: kql::Progress) -> bool {
        let rows = format::grouped(progress.rows_read);
        let message = self.words.text(&HuntMessage::ProgressRows { rows });
        if let Some(bar) = self.visible(progress.rows.is_some()) {
            if let Some(rows) = progress.rows {
                bar.set_length(rows);
            }
            bar.set_position(progress.rows_read);
            bar.set_message(message);
            bar.tick();
        }
        true
    }
}

impl Drop for QueryBar<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
