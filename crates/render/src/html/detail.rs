//! One page per endpoint.

use maud::{Markup, html};
use whotalks_correlate::UnknownReason;
use whotalks_report::{EndpointRow, Explanation, Known, KnownTurnOff, UnknownAspect};

use super::Report;
use super::cite::limited;
use crate::messages::{ReportMessage as Message, UnitMessage};
use crate::words;

/// The most endpoints with a page of their own; the report stays a few megabytes.
pub(super) const MOST_DETAILS: usize = 200;

/// The most moments on one page.
const MOST_MOMENTS: usize = 100;

/// A label and what stands beside it.
type Fact = (Message, Markup);

impl Report<'_> {
    pub(super) fn endpoint_details(&self) -> Markup {
        let (rows, more) = limited(&self.overview.endpoints, MOST_DETAILS);
        if rows.is_empty() {
            return html! {};
        }
        let content = html! {
            @for (place, row) in rows.iter().enumerate() { (self.endpoint(place + 1, row)) }
            @if more > 0 { p { (self.text(&Message::DetailLimit { count: rows.len() as u64 })) } }
        };
        self.section("details", &Message::SectionDetails, &content)
    }

    fn endpoint(&self, number: usize, row: &EndpointRow) -> Markup {
        html! {
            details class="endpoint" id={ "endpoint-" (number) } open[needs_a_look(row)] {
                summary {
                    span class="address" { (row.remote) }
                    span { (self.words.row_name(row)) }
                    span { (self.words.program(&row.program)) }
                    (self.verdict(&row.explanation))
                }
                div class="body" {
                    (self.facts(row))
                    (self.known_facts(row))
                    (self.row_unknowns(row))
                    (self.moments(row))
                    h4 { (self.text(&Message::DetailProof)) }
                    (self.proof(&row.citations))
                    p class="back" { a href="#endpoints" { (self.text(&Message::ReportBack)) } }
                }
            }
        }
    }

    fn facts(&self, row: &EndpointRow) -> Markup {
        let facts = self
            .who(row)
            .into_iter()
            .chain(self.how_much(row))
            .chain(self.decided(row));
        html! {
            dl class="facts" { @for (label, fact) in facts { div { dt { (self.text(&label)) } dd { (fact) } } } }
        }
    }

    fn who(&self, row: &EndpointRow) -> Vec<Fact> {
        let words = &self.words;
        let mut facts = vec![
            (Message::DetailHost, html! { (words.or_nothing(row.host.as_ref())) }),
            (
                Message::DetailName,
                html! { (words.row_name(row)) " " span class="note" { (words.row_name_how(row)) } },
            ),
            (Message::DetailProgram, self.program_fact(row)),
        ];
        if let Some(image) = &row.program.image {
            facts.push((Message::DetailImage, html! { code { (words::quote(image)) } }));
        }
        if !row.program.conflicts.is_empty() {
            facts.push((Message::DetailConflicts, html! { (words.list(&row.program.conflicts)) }));
        }
        if let Some(relays) = words.relays_for_whom(&row.program) {
            facts.push((Message::DetailRelaysFor, html! { (relays) }));
        }
        if !row.other_names.is_empty() {
            facts.push((
                Message::DetailOtherNames,
                html! {
                    ul { @for name in &row.other_names { li { (words.name_with_how(name)) } } }
                },
            ));
        }
        facts
    }

    fn program_fact(&self, row: &EndpointRow) -> Markup {
        let rule = row.program.rule.map(|rule| self.text(&words::process_rule(rule)));
        html! {
            (self.words.program(&row.program)) " "
            @if row.program.name.is_some() && !row.program.pids.is_empty() { "· " (self.words.pids(&row.program.pids)) " " }
            (self.grade(row.program.grade))
            @if let Some(rule) = rule { span class="note" { (rule) } }
        }
    }

    fn how_much(&self, row: &EndpointRow) -> Vec<Fact> {
        let words = &self.words;
        let conversations = self.text(&UnitMessage::Conversations {
            count: row.conversations,
        });
        let traffic = match (row.sent_bytes, row.received_bytes) {
            (None, None) => self.text(&Message::NoPackets),
            (sent, received) => format!(
                "↑ {}  ↓ {}",
                words.size_or_nothing(sent),
                words.size_or_nothing(received)
            ),
        };
        let protocol = words.list(&[row.protocol.to_string(), self.text(&words::direction(row.direction))]);
        let mut facts = vec![
            (Message::DetailProtocol, html! { (protocol) }),
            (Message::DetailTraffic, html! { (traffic) " · " (conversations) }),
            (
                Message::DetailPeriod,
                html! { (words.period_and_length(row.first, row.last)) },
            ),
        ];
        facts.extend(
            row.initial_rtt
                .map(|rtt| (Message::DetailRtt, html! { (words.span(rtt)) })),
        );
        facts
    }

    fn decided(&self, row: &EndpointRow) -> Vec<Fact> {
        let decision = self.text(&words::verdict(row.verdict));
        let mut facts = vec![(Message::DetailDecision, html! { (decision) })];
        if let Some(filter) = &row.filter {
            facts.push((Message::DetailFilter, html! { (self.words.filter_in_full(filter)) }));
        }
        facts.push((Message::DetailVerdict, self.verdict(&row.explanation)));
        facts
    }

    fn known_facts(&self, row: &EndpointRow) -> Markup {
        let Some(known) = known(row) else { return html! {} };
        let breaks = self.words.localised(&known.breaks);
        html! {
            dl class="facts" {
                div {
                    dt { (self.text(&Message::DetailPurpose)) }
                    dd { (self.words.localised(&known.purpose)) span class="note" { (known.owner) " · " (known.pattern) } }
                }
                @if !breaks.is_empty() { div { dt { (self.text(&Message::DetailBreaks)) } dd { (breaks) } } }
            }
            @if !known.turn_offs.is_empty() {
                h4 { (self.text(&Message::DetailTurnOff)) }
                @for way in &known.turn_offs { (self.turn_off(way)) }
            }
        }
    }

    fn turn_off(&self, way: &KnownTurnOff) -> Markup {
        let policies: Vec<&str> = way.group_policies.iter().map(|it| self.words.localised(it)).collect();
        let texts = |texts: &[whotalks_record::Text]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        html! {
            div class="turn-off" {
                h5 { (self.words.localised(&way.feature)) }
                dl {
                    (self.codes(&Message::TurnOffPolicy, &policies))
                    (self.codes(&Message::TurnOffRegistry, &texts(&way.registry)))
                    (self.codes(&Message::TurnOffServices, &texts(&way.services)))
                    (self.codes(&Message::TurnOffMdm, &texts(&way.mdm)))
                    (self.codes(&Message::TurnOffCommand, way.command.as_slice()))
                    @if let Some(ui) = &way.ui { (self.prose(&Message::TurnOffUi, self.words.localised(ui))) }
                    @if let Some(note) = &way.note { (self.prose(&Message::TurnOffNote, self.words.localised(note))) }
                }
            }
        }
    }

    fn codes<T: AsRef<str>>(&self, label: &Message, codes: &[T]) -> Markup {
        html! {
            @if !codes.is_empty() {
                dt { (self.text(label)) }
                @for code in codes { dd { (self.command(code.as_ref())) } }
            }
        }
    }

    fn prose(&self, label: &Message, text: &str) -> Markup {
        html! { dt { (self.text(label)) } dd { (text) } }
    }

    fn row_unknowns(&self, row: &EndpointRow) -> Markup {
        html! {
            @if !row.unknowns.is_empty() {
                h4 { (self.text(&Message::DetailUnknown)) }
                ul class="unknowns" {
                    @for (aspect, reason) in &row.unknowns { (self.row_unknown(*aspect, reason)) }
                }
            }
        }
    }

    fn row_unknown(&self, aspect: UnknownAspect, reason: &UnknownReason) -> Markup {
        let same = self
            .overview
            .unknowns
            .iter()
            .find(|row| row.aspect == aspect && row.reason == *reason);
        html! {
            li {
                (self.words.unknown(aspect, reason))
                @if let Some(remedy) = same.and_then(|row| row.remedy.as_ref()) { (self.command(&remedy.command)) }
            }
        }
    }

    fn moments(&self, row: &EndpointRow) -> Markup {
        let (moments, more) = limited(&row.events, MOST_MOMENTS);
        html! {
            @if !moments.is_empty() {
                h4 { (self.text(&Message::DetailTimeline)) }
                ol class="moments" {
                    @for moment in moments {
                        li {
                            time { (self.words.time(moment.time)) }
                            span { (self.words.moment(&moment.kind)) }
                            (self.references(std::slice::from_ref(&moment.citation)))
                        }
                    }
                    @if more > 0 { li { (self.text(&UnitMessage::AndMore { count: more })) } }
                }
            }
        }
    }
}

/// What the catalogue says of a row.
pub(super) fn known(row: &EndpointRow) -> Option<&Known> {
    match &row.explanation {
        Explanation::Known(known) | Explanation::KnownButUnexpectedProgram(known) => Some(known),
        Explanation::Explained | Explanation::Unknown { .. } => None,
    }
}

/// Whether the page of a row begins opened.
fn needs_a_look(row: &EndpointRow) -> bool {
    matches!(
        row.explanation,
        Explanation::KnownButUnexpectedProgram(_) | Explanation::Unknown { .. }
    )
}
