//! The answer to a hunting query as a page: the query, the picture that it asks for, and the rows.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use whotalks_case::kql::Answer;
use whotalks_case::kql::chart::{ChartKind, Picture, Undrawable};
use whotalks_case::kql::values::KustoType;

use super::{Options, asset, picture};
use crate::hunt::{notice, texts, undrawable};
use crate::messages::{HuntMessage as M, Message, ReportMessage};
use crate::sanitize::visible;
use crate::words::Words;

/// The most rows of a page; browsers grow slow with more, and other forms have them all.
const MOST_ROWS: usize = 10_000;

/// The answer to a hunting query, a whole HTML document.
pub fn hunt(answer: &Answer, query: &str, options: &Options) -> String {
    let page = Page {
        words: Words::new(options.language, options.time_zone),
        answer,
        query,
    };
    visible(&page.document().into_string())
}

struct Page<'a> {
    words: Words,
    answer: &'a Answer,
    query: &'a str,
}

impl Page<'_> {
    fn text(&self, message: &impl Message) -> String {
        self.words.text(message)
    }

    fn document(&self) -> Markup {
        let stated = self.answer.chart.as_ref().and_then(|chart| chart.title.clone());
        let title = stated.unwrap_or_else(|| self.text(&M::PageTitle));
        html! {
            (DOCTYPE)
            html lang=(self.words.language().tag()) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(asset::policy());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    title { (title) }
                    style { (PreEscaped(asset::STYLE)) }
                }
                body {
                    (self.masthead(&title))
                    main { (self.picture()) (self.rows()) (self.written()) }
                    (self.footer())
                    script { (PreEscaped(asset::SCRIPT)) }
                }
            }
        }
    }

    fn masthead(&self, title: &str) -> Markup {
        html! {
            header class="masthead" {
                div { p class="kind" { (self.text(&M::PageTitle)) } h1 { (title) } }
                div class="controls" data-needs-script="" hidden {
                    button type="button" id="theme" { (self.text(&ReportMessage::ReportTheme)) }
                    button type="button" id="print" { (self.text(&ReportMessage::ReportPrint)) }
                }
            }
        }
    }

    fn picture(&self) -> Markup {
        let Some(chart) = &self.answer.chart else {
            return html! {};
        };
        let drawn = match Picture::of(self.answer, chart) {
            Ok(drawn) if chart.kind == ChartKind::Card => picture::card(&drawn),
            Ok(drawn) => picture::chart(&self.words, chart, &drawn),
            Err(Undrawable::Table) => return html! {},
            Err(reason) => html! { p { (self.text(&undrawable(&reason))) } },
        };
        html! { section id="picture" { h2 { (self.text(&M::PagePicture)) } (drawn) } }
    }

    fn rows(&self) -> Markup {
        let count = self.answer.row_count();
        let shown = MOST_ROWS.min(count) as u64;
        html! {
            section id="rows" {
                h2 { (self.text(&M::PageRows)) }
                div class="scroll" { table class="sortable" { (self.head()) (self.body()) } }
                @if count > MOST_ROWS {
                    p { (self.text(&M::PageRowsShown { shown, count: count as u64 })) }
                }
            }
        }
    }

    fn head(&self) -> Markup {
        html! {
            thead {
                tr {
                    @for column in &self.answer.columns {
                        th scope="col" class=[is_number(column.kusto_type).then_some("number")] { (column.name) }
                    }
                }
            }
        }
    }

    fn body(&self) -> Markup {
        html! {
            tbody {
                @for row in texts(self.answer, MOST_ROWS) {
                    tr {
                        @for (column, cell) in self.answer.columns.iter().zip(&row) {
                            @let number = is_number(column.kusto_type);
                            td class=[number.then_some("number")] data-value=[number.then_some(cell)] { (cell) }
                        }
                    }
                }
            }
        }
    }

    fn written(&self) -> Markup {
        html! {
            section id="query" { h2 { (self.text(&M::PageQuery)) } pre class="query" { code { (self.query) } } }
        }
    }

    fn footer(&self) -> Markup {
        let count = self.answer.row_count() as u64;
        html! {
            footer {
                p { (self.text(&crate::messages::QueryMessage::Rows { count })) }
                @for said in &self.answer.notices { p { (self.text(&notice(*said))) } }
            }
        }
    }
}

const fn is_number(kusto_type: KustoType) -> bool {
    kusto_type.is_number()
}
