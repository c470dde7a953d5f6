//! Both languages have exactly the declared messages and variables.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast;
use fluent_syntax::parser::parse;

use super::bundle::sources;
use super::*;
use crate::Language;

type Catalogue = BTreeMap<String, BTreeSet<String>>;

fn declared() -> Catalogue {
    let topics = [
        UnitMessage::CATALOGUE,
        WordMessage::CATALOGUE,
        ReasonMessage::CATALOGUE,
        FindingMessage::CATALOGUE,
        StatementMessage::CATALOGUE,
        LabelMessage::CATALOGUE,
        ReportMessage::CATALOGUE,
        CliMessage::CATALOGUE,
        HelpMessage::CATALOGUE,
        HostMessage::CATALOGUE,
        PacketMessage::CATALOGUE,
        FilterMessage::CATALOGUE,
        CaseMessage::CATALOGUE,
        TraceMessage::CATALOGUE,
        ObjectMessage::CATALOGUE,
        QueryMessage::CATALOGUE,
        QueryPartMessage::CATALOGUE,
        SchemaMessage::CATALOGUE,
        HuntMessage::CATALOGUE,
    ];
    let mut all = Catalogue::new();
    for (id, variables) in topics.into_iter().flatten() {
        let variables = variables.iter().map(|name| (*name).to_owned()).collect();
        assert!(
            all.insert((*id).to_owned(), variables).is_none(),
            "{id} is declared twice"
        );
    }
    all
}

fn inline(expression: &ast::InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        ast::InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression: nested } => placeable(nested, found),
        _ => {}
    }
}

fn placeable(expression: &ast::Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(nested) => inline(nested, found),
        ast::Expression::Select { selector, variants } => {
            inline(selector, found);
            variants.iter().for_each(|variant| pattern(&variant.value, found));
        }
    }
}

fn pattern(pattern: &ast::Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            placeable(expression, found);
        }
    }
}

fn written(language: Language) -> Catalogue {
    let mut all = Catalogue::new();
    for source in sources(language) {
        let resource = parse(*source).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
        for entry in resource.body {
            if let ast::Entry::Message(message) = entry {
                let mut found = BTreeSet::new();
                pattern(message.value.as_ref().expect("a message has a value"), &mut found);
                let again = all.insert(message.id.name.to_owned(), found);
                assert!(again.is_none(), "{} is written twice in {language:?}", message.id.name);
            }
        }
    }
    all
}

fn assert_same(language: Language) {
    let (declared, written) = (declared(), written(language));
    for (id, variables) in &declared {
        let found = written.get(id).unwrap_or_else(|| panic!("{language:?} lacks {id}"));
        assert_eq!(found, variables, "{language:?} {id}");
    }
    for id in written.keys() {
        assert!(declared.contains_key(id), "{language:?} has {id}, which nothing uses");
    }
}

#[test]
fn english_has_exactly_the_declared_messages_and_variables() {
    assert_same(Language::English);
}

#[test]
fn japanese_has_exactly_the_declared_messages_and_variables() {
    assert_same(Language::Japanese);
}

#[test]
fn no_japanese_message_is_the_english_one_repeated_unless_it_is_a_technical_word() {
    let mut same = Vec::new();
    let (english, japanese) = (texts(Language::English), texts(Language::Japanese));
    for (id, text) in &english {
        if japanese.get(id) == Some(text) && text.split_whitespace().filter(|word| word.len() > 3).count() > 3 {
            same.push(id.clone());
        }
    }
    assert!(same.is_empty(), "{same:?}");
}

fn texts(language: Language) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for source in sources(language) {
        for line in source.lines() {
            if let Some((id, text)) = line.split_once(" = ") {
                all.insert(id.to_owned(), text.to_owned());
            }
        }
    }
    all
}

#[test]
fn counts_have_separators_and_plural_forms() {
    let english = Messages::new(Language::English);
    assert_eq!(english.get(&UnitMessage::Files { count: 1 }), "1 file");
    assert_eq!(english.get(&UnitMessage::Files { count: 84_211 }), "84,211 files");
    let japanese = Messages::new(Language::Japanese);
    assert_eq!(japanese.get(&UnitMessage::Files { count: 84_211 }), "84,211 ファイル");
}
