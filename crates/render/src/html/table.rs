//! The table of endpoints; the script sorts and filters it.

use maud::{Markup, html};
use whotalks_report::EndpointRow;

use super::Report;
use super::cite::verdict_class;
use super::detail::MOST_DETAILS;
use crate::messages::{LabelMessage as Label, ReportMessage as Message, WordMessage};

impl Report<'_> {
    pub(super) fn endpoint_table(&self) -> Markup {
        let rows = &self.overview.endpoints;
        let content = html! {
            p { (self.words.endpoint_counts(self.overview)) }
            @if !rows.is_empty() {
                (self.table_controls())
                div class="scroll" {
                    table class="sortable" id="endpoint-table" {
                        caption { (self.text(&Message::TableCaption { shown: rows.len() as u64 })) }
                        thead { (self.table_head()) }
                        tbody { @for (place, row) in rows.iter().enumerate() { (self.table_row(place, row)) } }
                    }
                }
            }
            @if self.overview.endpoints_omitted > 0 {
                p { (self.text(&Label::EndpointsOmitted { count: self.overview.endpoints_omitted })) }
            }
        };
        self.section("endpoints", &Message::SectionEndpoints, &content)
    }

    fn table_controls(&self) -> Markup {
        let verdicts = [
            ("suspicious", WordMessage::ExplanationSuspicious),
            ("unknown", WordMessage::ExplanationUnknown),
            ("unexpected", WordMessage::ExplanationUnexpected),
            ("explained", WordMessage::ExplanationExplained),
            ("known", WordMessage::ExplanationKnown),
        ];
        html! {
            div class="table-controls" data-needs-script="" hidden {
                input type="search" id="table-filter" placeholder=(self.text(&Message::TableFilter))
                    aria-label=(self.text(&Message::TableFilter));
                select id="table-verdict" aria-label=(self.text(&Label::ColumnExplanation)) {
                    option value="" { (self.text(&Message::TableAll)) }
                    @for (value, word) in verdicts { option value=(value) { (self.text(&word)) } }
                }
                span { (self.text(&Message::TableSortHint)) }
            }
        }
    }

    fn has_several_hosts(&self) -> bool {
        self.overview.hosts.len() > 1
    }

    fn table_head(&self) -> Markup {
        let host = self.has_several_hosts().then_some((Label::ColumnHost, false));
        let columns = [
            (Label::ColumnAddress, false),
            (Label::ColumnName, false),
            (Label::ColumnProgram, false),
            (Label::ColumnSent, true),
            (Label::ColumnReceived, true),
            (Label::ColumnCount, true),
            (Label::ColumnDecision, false),
            (Label::ColumnExplanation, false),
        ];
        html! {
            tr {
                @for (title, number) in host.into_iter().chain(columns) {
                    th scope="col" class=[number.then_some("number")] { (self.text(&title)) }
                }
            }
        }
    }

    fn table_row(&self, place: usize, row: &EndpointRow) -> Markup {
        let words = &self.words;
        html! {
            tr data-verdict=(verdict_class(&row.explanation)) {
                @if self.has_several_hosts() { td class="host" { (words.or_nothing(row.host.as_ref())) } }
                td class="address" { (address_link(place, row)) }
                td class="name" { (words.row_name(row)) (self.note(&words.row_name_how(row))) }
                td { (words.program(&row.program)) " " (self.grade(row.program.grade)) (self.conflict_note(row)) (self.relay_note(row)) }
                td class="number" data-value=(row.sent_bytes.unwrap_or(0)) { (words.size_or_nothing(row.sent_bytes)) }
                td class="number" data-value=(row.received_bytes.unwrap_or(0)) {
                    (words.size_or_nothing(row.received_bytes))
                }
                td class="number" data-value=(row.conversations) { (crate::format::grouped(row.conversations)) }
                td class="decision" { (words.decision(row.verdict, None)) (self.note(&self.filter_name(row))) }
                td { (self.verdict(&row.explanation)) (self.note(self.purpose(row))) }
            }
        }
    }

    fn filter_name(&self, row: &EndpointRow) -> String {
        row.filter
            .as_ref()
            .map(|filter| self.words.filter(filter))
            .unwrap_or_default()
    }

    /// A smaller second line in a cell.
    fn note(&self, text: &str) -> Markup {
        html! { @if !text.is_empty() { span class="note" { (text) } } }
    }

    fn conflict_note(&self, row: &EndpointRow) -> Markup {
        if row.program.conflicts.is_empty() {
            return html! {};
        }
        let label = self.text(&WordMessage::Conflict);
        self.note(&self.words.labelled(label, self.words.list(&row.program.conflicts)))
    }

    fn relay_note(&self, row: &EndpointRow) -> Markup {
        self.note(&self.words.relays_for_whom(&row.program).unwrap_or_default())
    }

    /// What the endpoint is for, where the catalogue knows it.
    pub(super) fn purpose<'r>(&self, row: &'r EndpointRow) -> &'r str {
        super::detail::known(row).map_or("", |known| self.words.localised(&known.purpose))
    }
}

/// The address, linked to its page where it has one.
fn address_link(place: usize, row: &EndpointRow) -> Markup {
    html! {
        @if place < MOST_DETAILS {
            a href={ "#endpoint-" (place + 1) } { (row.remote) }
        } @else {
            (row.remote)
        }
    }
}
