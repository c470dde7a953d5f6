//! The HTML report.

use whotalks_render::Language;
use whotalks_render::html::{self, Options};
use whotalks_report::Overview;

use crate::fixture;

fn options(language: Language) -> Options {
    Options {
        language,
        time_zone: "+09:00".parse().unwrap(),
    }
}

fn english(overview: &Overview) -> String {
    html::report(overview, &options(Language::English))
}

/// The page without its style and script, which have files of their own.
fn without_assets(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let (body, rest) = rest.split_once("<script>").unwrap();
    let (_, tail) = rest.split_once("</script>").unwrap();
    let policy_start = head.find("default-src").unwrap();
    let policy_end = policy_start + head[policy_start..].find('"').unwrap();
    format!("{}…{}{body}{tail}", &head[..policy_start], &head[policy_end..])
}

/// One element per line, so that a change is seen where it is.
fn lines(page: &str) -> String {
    without_assets(page).replace('<', "\n<").trim_start().to_owned()
}

#[test]
fn report_in_english() {
    insta::assert_snapshot!(lines(&english(&fixture::overview())));
}

#[test]
fn report_in_japanese() {
    insta::assert_snapshot!(lines(&html::report(&fixture::overview(), &options(Language::Japanese))));
}

#[test]
fn report_of_nothing() {
    insta::assert_snapshot!(lines(&english(&Overview::default())));
}

/// Every element opened is closed in order; void elements aside.
fn assert_balanced(page: &str) {
    const VOID: [&str; 3] = ["meta", "input", "!DOCTYPE"];
    let mut open: Vec<String> = Vec::new();
    for piece in without_assets(page).split('<').skip(1) {
        let (tag, _) = piece.split_once('>').expect("a tag ends");
        let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap().to_owned();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name.as_str()));
        } else if !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<String>::new());
}

#[test]
fn elements_are_balanced_whatever_the_evidence_says() {
    assert_balanced(&english(&fixture::overview()));
    assert_balanced(&english(&fixture::hostile_overview()));
    assert_balanced(&english(&Overview::default()));
}

#[test]
fn hostile_evidence_adds_no_element_and_no_attribute() {
    let names = |page: &str| {
        let page = without_assets(page);
        let tags: Vec<String> = page
            .split('<')
            .skip(1)
            .map(|piece| piece.split(['>', ' ']).next().unwrap().to_owned())
            .collect();
        (
            tags.iter().filter(|tag| *tag == "script" || *tag == "img").count(),
            page.matches("onerror=").count(),
        )
    };
    let page = english(&fixture::hostile_overview());
    assert_eq!(names(&page).0, 0);
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "the attack is shown as text"
    );
    for tag in without_assets(&page)
        .split('<')
        .skip(1)
        .map(|piece| piece.split('>').next().unwrap())
    {
        let mut outside = tag.split('"').step_by(2);
        assert!(
            outside.all(|part| !part.contains("onerror") && !part.contains("alert")),
            "{tag}"
        );
    }
}

#[test]
fn nothing_invisible_survives() {
    let page = english(&fixture::hostile_overview());
    let active = page
        .chars()
        .find(|c| (c.is_control() && *c != '\n') || "\u{202e}\u{2066}\u{200b}".contains(*c));
    assert_eq!(active, None);
    assert!(page.contains("\\u{202e}gpj.exe"));
}

#[test]
fn the_page_loads_nothing_and_allows_only_its_own_style_and_script() {
    let page = english(&fixture::overview());
    assert!(page.contains("content=\"default-src 'none'; style-src 'sha256-"));
    assert!(page.contains("script-src 'sha256-"));
    assert!(!page.contains("unsafe-inline"));
    let body = without_assets(&page);
    for loading in [
        " src=",
        "<link",
        "url(",
        "@import",
        "<iframe",
        "<object",
        " style=",
        " onclick=",
    ] {
        assert!(!body.contains(loading), "{loading}");
    }
    for target in body.split("href=\"").skip(1) {
        assert!(target.starts_with('#'), "{target:.40}");
    }
}

#[test]
fn every_link_has_its_target() {
    for overview in [fixture::overview(), fixture::hostile_overview(), Overview::default()] {
        assert_links(&without_assets(&english(&overview)));
    }
}

fn assert_links(page: &str) {
    for target in page
        .split("href=\"#")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
    {
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
}

#[test]
fn the_document_says_its_language() {
    assert!(english(&Overview::default()).contains("<html lang=\"en\">"));
    assert!(html::report(&Overview::default(), &options(Language::Japanese)).contains("<html lang=\"ja\">"));
}

#[test]
fn thousands_of_endpoints_are_bounded_in_pages_and_bands() {
    let mut overview = fixture::overview();
    let row = overview.endpoints[0].clone();
    overview.endpoints = vec![row; 1_000];
    overview.timeline.sent_bytes = vec![u64::MAX; 100_000];
    let page = english(&overview);
    assert_eq!(page.matches("<details").count(), 200);
    assert_eq!(page.matches("class=\"band ").count(), 20);
    assert!(page.len() < 4_000_000, "{}", page.len());
}

#[test]
fn endless_texts_stay_out_of_the_page() {
    let mut overview = fixture::overview();
    let endless = whotalks_record::Text::from("<a>".repeat(1_000_000));
    for row in &mut overview.endpoints {
        row.program.name = Some(endless.clone());
        row.program.image = Some(endless.clone());
        row.name.iter_mut().for_each(|name| name.name = endless.clone());
        row.citations
            .iter_mut()
            .for_each(|citation| citation.file = endless.clone());
    }
    overview
        .evidence
        .iter_mut()
        .for_each(|line| line.path = endless.clone());
    let page = english(&overview);
    assert!(page.len() < 2_000_000, "{}", page.len());
}

#[test]
fn output_is_the_same_on_every_run() {
    assert_eq!(english(&fixture::overview()), english(&fixture::overview()));
}
