//! Traffic over time as a picture: sent above the line, received below it, blocks and findings marked.

use maud::{Markup, html};
use whotalks_record::{Nanoseconds, Timestamp};
use whotalks_report::{Timeline, TimelineMark, TimelineMarkKind};

use super::Report;
use super::finding::MOST_FINDINGS;
use crate::messages::ReportMessage as Message;
use crate::words::timeline_mark;

/// The most bars; more buckets are added up in groups, since bars below two pixels cannot be told apart.
const MOST_BARS: usize = 240;

/// A picture longer than this needs the day beside the time.
const LONGEST_WITHOUT_DAY: Nanoseconds = Nanoseconds::from_seconds(20 * 3_600);

/// The picture in units of its own.
const WIDTH: f64 = 1_100.0;
const LEFT: f64 = 64.0;
/// Room for a flag at the very end.
const RIGHT: f64 = 1_088.0;
const AXIS: f64 = 150.0;
const HALF: f64 = 92.0;
const HEIGHT: f64 = 296.0;

/// How many times are written below the picture.
const TICKS: usize = 6;

/// The timeline with its buckets folded to bars.
struct Bars {
    start: Timestamp,
    width: Nanoseconds,
    sent: Vec<u64>,
    received: Vec<u64>,
}

impl Report<'_> {
    pub(super) fn chart(&self) -> Markup {
        let content = match Bars::of(&self.overview.timeline) {
            Some(bars) => html! {
                figure class="chart" { (self.chart_picture(&bars)) (self.chart_legend(&bars)) }
            },
            None => html! { p { (self.text(&Message::ChartEmpty)) } },
        };
        self.section("timeline", &Message::SectionTimeline, &content)
    }

    fn chart_picture(&self, bars: &Bars) -> Markup {
        let most = bars.sent.iter().chain(&bars.received).copied().max().unwrap_or(0);
        html! {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby="chart-title chart-description" {
                title id="chart-title" { (self.text(&Message::ChartTitle)) }
                desc id="chart-description" { (self.chart_description(bars)) }
                (self.chart_scale(most))
                g class="sent" { (half(bars, &bars.sent, most, true)) }
                g class="received" { (half(bars, &bars.received, most, false)) }
                line class="axis" x1=(LEFT) x2=(RIGHT) y1=(AXIS) y2=(AXIS) {}
                (self.chart_times(bars))
                (self.block_marks(bars))
                (self.finding_marks(bars))
            }
        }
    }

    fn chart_description(&self, bars: &Bars) -> String {
        let total = |values: &[u64]| {
            self.words
                .size(values.iter().fold(0, |sum, value| sum.saturating_add(*value)))
        };
        let is_block = |mark: &&TimelineMark| mark.kind == TimelineMarkKind::Block;
        let marks = &self.overview.timeline.marks;
        let blocks = marks.iter().filter(is_block).count();
        self.text(&Message::ChartDescription {
            sent: total(&bars.sent),
            received: total(&bars.received),
            blocks: blocks as u64,
            findings: (marks.len() - blocks) as u64,
        })
    }

    fn chart_scale(&self, most: u64) -> Markup {
        let label = self.words.size(most);
        html! {
            @for y in [AXIS - HALF, AXIS + HALF] {
                line class="grid" x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) {}
                text class="scale" x=(LEFT - 8.0) y=(y + 4.0) text-anchor="end" { (label) }
            }
            text class="scale" x=(LEFT - 8.0) y=(AXIS + 4.0) text-anchor="end" { "0" }
        }
    }

    fn chart_times(&self, bars: &Bars) -> Markup {
        let count = bars.sent.len();
        let places: Vec<usize> = (0..TICKS).map(|tick| tick * count / TICKS).collect();
        html! {
            @for place in places {
                @let x = bars.x(place as f64);
                line class="grid" x1=(x) x2=(x) y1=(AXIS + HALF) y2=(AXIS + HALF + 6.0) {}
                text class="scale" x=(x) y=(AXIS + HALF + 20.0) { (self.tick(bars, place)) }
            }
        }
    }

    /// The time at a place, with the day where the picture covers several.
    fn tick(&self, bars: &Bars, place: usize) -> String {
        if bars.width.times(bars.sent.len() as i64) > LONGEST_WITHOUT_DAY {
            self.words.day_and_time(bars.time(place))
        } else {
            self.words.clock_time(bars.time(place))
        }
    }

    /// One mark per bar that holds blocks, however many there are.
    fn block_marks(&self, bars: &Bars) -> Markup {
        let mut counts = vec![0u64; bars.sent.len()];
        for mark in self
            .overview
            .timeline
            .marks
            .iter()
            .filter(|mark| mark.kind == TimelineMarkKind::Block)
        {
            if let Some(count) = counts.get_mut(bars.place(mark.time) as usize) {
                *count += 1;
            }
        }
        let word = self.text(&timeline_mark(TimelineMarkKind::Block));
        let y = AXIS + HALF + 30.0;
        html! {
            g class="blocks" {
                @for (place, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                    @let x = bars.x(place as f64 + 0.5);
                    path d={ "M" (short(x - 5.0)) " " (y) "h10l-5 9z" } {
                        title { (self.tick(bars, place)) " · " (word) " ×" (count) }
                    }
                }
            }
        }
    }

    /// Numbered flags; those too near to their neighbour stand lower.
    fn finding_marks(&self, bars: &Bars) -> Markup {
        let numbered = self.overview.timeline.marks.iter().filter_map(|mark| match mark.kind {
            TimelineMarkKind::Finding(place) if place < MOST_FINDINGS => {
                Some((bars.x(bars.place(mark.time)), place + 1, mark.time))
            }
            TimelineMarkKind::Finding(_) | TimelineMarkKind::Block => None,
        });
        let mut last = f64::MIN;
        let mut row = 0.0;
        let mut flags = Vec::new();
        for (x, number, time) in numbered.take(MOST_FINDINGS) {
            row = if x - last < 22.0 && row < 2.0 { row + 1.0 } else { 0.0 };
            last = x;
            flags.push((short(x), 14.0 + row * 20.0, number, time));
        }
        html! {
            g class="flags" {
                @for (x, y, number, time) in flags {
                    a href={ "#finding-" (number) } {
                        line x1=(x) x2=(x) y1=(y) y2=(AXIS + HALF) {}
                        circle cx=(x) cy=(y) r="9" {}
                        text x=(x) y=(y + 4.0) text-anchor="middle" { (number) }
                        title { (self.words.time(time)) " · " (self.finding_text(number)) }
                    }
                }
            }
        }
    }

    fn finding_text(&self, number: usize) -> String {
        let finding = number
            .checked_sub(1)
            .and_then(|place| self.overview.findings.get(place));
        finding.map(|finding| self.words.finding(finding)).unwrap_or_default()
    }

    fn chart_legend(&self, bars: &Bars) -> Markup {
        let offset = self.words.time(bars.start);
        html! {
            figcaption {
                span class="key key-sent" { "▀ " (self.text(&Message::ChartSent)) }
                span class="key key-received" { "▄ " (self.text(&Message::ChartReceived)) }
                span class="key key-block" { "▼ " (self.text(&Message::ChartBlocks)) }
                span class="key key-flag" { "① " (self.text(&Message::ChartFindings)) }
                span { (self.text(&Message::ChartBucket { span: self.words.span(bars.width) })) }
                span { (offset) " …" }
            }
        }
    }
}

impl Bars {
    /// None where there is no traffic to draw.
    fn of(timeline: &Timeline) -> Option<Self> {
        let buckets = timeline.sent_bytes.len().max(timeline.received_bytes.len());
        let start = timeline
            .start
            .filter(|_| buckets > 0 && timeline.bucket > Nanoseconds::ZERO)?;
        let group = buckets.div_ceil(MOST_BARS);
        let fold = |values: &[u64]| {
            let mut bars: Vec<u64> = values
                .chunks(group)
                .map(|chunk| chunk.iter().fold(0, |sum: u64, it| sum.saturating_add(*it)))
                .collect();
            bars.resize(buckets.div_ceil(group), 0);
            bars
        };
        Some(Self {
            start,
            width: timeline.bucket.times(group as i64),
            sent: fold(&timeline.sent_bytes),
            received: fold(&timeline.received_bytes),
        })
    }

    /// Where a place on the timeline lies in the picture.
    fn x(&self, place: f64) -> f64 {
        short(LEFT + (RIGHT - LEFT) * place / self.sent.len().max(1) as f64)
    }

    /// The bar of an instant, with its fraction; the outermost bars take what lies outside.
    fn place(&self, time: Timestamp) -> f64 {
        let place = (time - self.start).as_seconds_f64() / self.width.as_seconds_f64();
        place.clamp(0.0, self.sent.len().saturating_sub(1) as f64 + 0.99)
    }

    fn time(&self, place: usize) -> Timestamp {
        self.start + self.width.times(place as i64)
    }
}

/// One half of the bars as a single path, which keeps the file small.
fn half(bars: &Bars, values: &[u64], most: u64, upward: bool) -> Markup {
    let width = short((bars.x(1.0) - bars.x(0.0)) * 0.86).max(1.0);
    let mut path = String::new();
    for (place, value) in values.iter().enumerate().filter(|(_, value)| **value > 0) {
        let height = short((*value as f64 / most.max(1) as f64 * HALF).max(1.0));
        let top = if upward { short(AXIS - height) } else { AXIS };
        path.push_str(&format!("M{} {top}h{width}v{height}h-{width}z", bars.x(place as f64)));
    }
    html! { path d=(path) {} }
}

/// Two decimals are enough for a picture.
fn short(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
