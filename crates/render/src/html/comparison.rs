//! What changed from one capture to another, as a page.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use whotalks_packets::compare::Comparison;

use super::{Options, asset};
use crate::messages::PacketMessage as M;
use crate::sanitize::visible;
use crate::sheet::{Cell, Faces, Sheet};
use crate::words::Words;

/// The comparison of two captures, a whole HTML document. `captures` are the names of both.
pub fn comparison(comparison: &Comparison, captures: [&str; 2], sheets: &[Sheet], options: &Options) -> String {
    let page = Page {
        words: Words::new(options.language, options.time_zone),
        sheets,
    };
    visible(&page.document(comparison, captures).into_string())
}

struct Page<'a> {
    words: Words,
    sheets: &'a [Sheet],
}

impl Page<'_> {
    fn document(&self, comparison: &Comparison, captures: [&str; 2]) -> Markup {
        let title = self.words.text(&M::CompareTitle);
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
                    header class="masthead" { div { h1 { (title) } (self.captures(comparison, captures)) } }
                    (self.contents())
                    main { @for sheet in self.sheets { (self.section(sheet)) } }
                    (self.footer(comparison, captures))
                    script { (PreEscaped(asset::SCRIPT)) }
                }
            }
        }
    }

    fn captures(&self, comparison: &Comparison, [before, after]: [&str; 2]) -> Markup {
        let before = M::CompareBefore {
            capture: before.to_owned(),
            whole: self.words.capture_totals(&comparison.before),
        };
        let after = M::CompareAfter {
            capture: after.to_owned(),
            whole: self.words.capture_totals(&comparison.after),
        };
        html! { @for line in [before, after] { p class="period" { (self.words.text(&line)) } } }
    }

    fn contents(&self) -> Markup {
        html! {
            nav class="contents" {
                @for sheet in self.sheets { a href={ "#" (sheet.key) } { (self.words.text(&sheet.title)) } }
            }
        }
    }

    fn section(&self, sheet: &Sheet) -> Markup {
        html! {
            section id=(sheet.key) {
                h2 { (self.words.text(&sheet.title)) }
                @if sheet.rows.is_empty() {
                    p { (self.words.text(&M::NothingSeen)) }
                } @else {
                    div class="scroll" { table class="sortable" { (self.head(sheet)) (self.body(sheet)) } }
                }
            }
        }
    }

    fn head(&self, sheet: &Sheet) -> Markup {
        html! {
            thead {
                tr {
                    @for head in sheet.heads.iter().filter(|head| head.faces != Faces::Data) {
                        th scope="col" class=[head.right.then_some("number")] { (self.words.text(&head.title)) }
                    }
                }
            }
        }
    }

    fn body(&self, sheet: &Sheet) -> Markup {
        html! {
            tbody {
                @for row in &sheet.rows {
                    tr {
                        @for (head, cell) in sheet.heads.iter().zip(row).filter(|(head, _)| head.faces != Faces::Data) {
                            td class=[head.right.then_some("number")] data-value=[value(cell)] {
                                (self.words.sheet_cell(cell))
                            }
                        }
                    }
                }
            }
        }
    }

    fn footer(&self, comparison: &Comparison, captures: [&str; 2]) -> Markup {
        let count = comparison.unchanged;
        html! {
            footer {
                p { (self.words.text(&M::CompareUnchanged { count })) }
                p { (self.words.text(&M::CompareRates)) }
                p { (self.words.compared_programs(comparison, captures)) }
            }
        }
    }
}

/// What the script sorts by.
fn value(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Size(number) | Cell::Count(number) => Some(number.to_string()),
        Cell::Decimal(number) | Cell::Factor(number) => Some(number.to_string()),
        _ => None,
    }
}
