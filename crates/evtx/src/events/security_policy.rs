//! Security 4944 to 4958 and 5440 to 5450: firewall rules and the objects of the Windows Filtering Platform.

use whotalks_record::{
    Filter, FilterAction, FilterChange, FilterCondition, FilterId, FilterOrigin, Record, RuleChange, Text,
};

use super::{Context, filter_condition, guid_names, tokens};
use crate::raw::{Form, RawEvent, Value};
use crate::texts::Texts;

/// The event in which the filtering engine lists a filter at its start.
const FILTER_PRESENT: u32 = 5441;

/// Reads 5441 or 5447; `None` without a filter identifier.
pub(super) fn decode_filter(event: &RawEvent<'_>, context: &mut Context<'_>) -> Option<Record> {
    let id = event.number("FilterId").map(FilterId)?;
    let action = event.text("Action");
    Some(Record::Filter(Filter {
        span: context.span,
        time: Some(context.time),
        snapshot: None,
        host: Some(context.host.clone()),
        change: change(event),
        id,
        key: lower(event, context, "FilterKey"),
        name: context.text(event, "FilterName"),
        description: None,
        provider: context
            .text(event, "ProviderName")
            .or_else(|| lower(event, context, "ProviderKey")),
        rule: None::<FilterOrigin>,
        layer: layer(event, context),
        sublayer: None,
        action: action.map_or(FilterAction::Unknown, |text| tokens::filter_action(&text)),
        weight: event.number("Weight"),
        conditions: conditions(event, context),
    }))
}

/// The conditions. Filters of one application share theirs but for an address.
fn conditions(event: &RawEvent<'_>, context: &mut Context<'_>) -> Vec<FilterCondition> {
    let read = |texts: &mut Texts| filter_condition::parse(&event.text("Conditions").unwrap_or_default(), texts);
    match event.value("Conditions") {
        Some(Value::Bytes(Form::Utf16, bytes)) => context.texts.conditions(bytes, read),
        _ => read(context.texts),
    }
}

fn change(event: &RawEvent<'_>) -> FilterChange {
    match event.text("ChangeType") {
        Some(text) if event.event_id != FILTER_PRESENT => tokens::filter_change(&text),
        _ => FilterChange::Present,
    }
}

/// The layer's symbolic name by its GUID, which no language changes; else the display name.
fn layer(event: &RawEvent<'_>, context: &mut Context<'_>) -> Option<Text> {
    let key = event.text("LayerKey");
    match key.as_deref().and_then(guid_names::symbolic_name) {
        Some(name) => Some(context.texts.share(name)),
        None => context.text(event, "LayerName"),
    }
}

fn lower(event: &RawEvent<'_>, context: &mut Context<'_>, name: &str) -> Option<Text> {
    Some(context.texts.share(&event.text(name)?.to_ascii_lowercase()))
}

/// Reads a change of a rule, a setting, or another object of the filtering engine.
pub(super) fn decode_rule(event: &RawEvent<'_>, context: &mut Context<'_>) -> Record {
    rule_change(event, context, &["RuleId"], &["RuleName"])
}

/// A rule change: the rule's identifier and name, and every other field as it is.
pub(super) fn rule_change(
    event: &RawEvent<'_>,
    context: &mut Context<'_>,
    rule_fields: &[&str],
    name_fields: &[&str],
) -> Record {
    let rule = first_text(event, context, rule_fields);
    let name = first_text(event, context, name_fields);
    let mut details = Vec::new();
    event.visit(&mut |field, value| {
        if !rule_fields.contains(&field) && !name_fields.contains(&field) {
            details.push((context.texts.share(field), context.texts.share(&value.text())));
        }
    });
    Record::Rule(RuleChange {
        span: context.span,
        time: context.time,
        host: context.host.clone(),
        event_id: u16::try_from(event.event_id).unwrap_or(u16::MAX),
        rule,
        name,
        details,
    })
}

fn first_text(event: &RawEvent<'_>, context: &mut Context<'_>, names: &[&str]) -> Option<Text> {
    names.iter().find_map(|name| context.text(event, name))
}
