//! One filter of a dump.

use whotalks_record::{Filter, FilterAction, FilterChange, FilterId, FilterOrigin, Interner, Span, Text};

use crate::condition::conditions;
use crate::element::Element;
use crate::hexadecimal;

/// The provider keys of the Windows Firewall service, whose provider data may hold a rule's identifier. Others put there what
/// they like. Source: fwpmu.h.
const FIREWALL_PROVIDERS: [&str; 3] = [
    "FWPM_PROVIDER_MPSSVC",
    "{decc16ca-3f33-4346-be1e-8fb4ae0f3d62}",
    "{4b153735-1049-4480-aab4-d1b9bdc03710}",
];

/// The shortest identifier of a rule that is taken for one: eight bytes of provider data are an index and no text, however
/// much their four characters may look like some.
const SHORTEST_RULE: usize = 5;

/// Reads a filter item (`FWPM_FILTER0`). None if it has no run-time identifier, without which it explains no event.
pub(crate) fn filter(item: &Element, span: Span, snapshot: u32, shared: &mut Interner) -> Option<Filter> {
    let id = FilterId(item.text_at(&["filterId"])?.parse().ok()?);
    let mut share = |path: &[&str]| item.text_at(path).map(|text| shared.share(text));
    Some(Filter {
        span,
        time: None,
        snapshot: Some(snapshot),
        host: None,
        change: FilterChange::Present,
        id,
        key: item.text_at(&["filterKey"]).map(key),
        name: share(&["displayData", "name"]),
        description: share(&["displayData", "description"]),
        provider: share(&["providerKey"]),
        rule: rule(item).map(|rule| FilterOrigin(shared.share(&rule))),
        layer: item.text_at(&["layerKey"]).map(|text| shared.share(text)),
        sublayer: item.text_at(&["subLayerKey"]).map(|text| shared.share(text)),
        action: action(item.text_at(&["action", "type"]).unwrap_or_default()),
        weight: weight(item),
        conditions: conditions(item, shared),
    })
}

/// A GUID in lower case; a symbolic name stays as it is.
fn key(text: &str) -> Text {
    if text.starts_with('{') {
        text.to_ascii_lowercase().into()
    } else {
        text.into()
    }
}

/// The identifier of the firewall rule behind a filter. The bytes count; the text form, which shows a dot for every zero
/// byte, only where they are missing.
fn rule(item: &Element) -> Option<String> {
    let provider = item.text_at(&["providerKey"])?;
    if !FIREWALL_PROVIDERS.iter().any(|known| provider.starts_with(known)) {
        return None;
    }
    let text = match item.text_at(&["providerData", "data"]) {
        Some(data) => hexadecimal::utf16(&hexadecimal::bytes(data)?)?,
        None => undotted(item.text_at(&["providerData", "asString"])?)?,
    };
    (text.chars().count() >= SHORTEST_RULE).then_some(text)
}

/// `R.u.l.e.` to `Rule`.
fn undotted(text: &str) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let dotted = characters
        .chunks(2)
        .all(|pair| !matches!(pair, [_, other] if *other != '.'));
    let kept: String = characters.iter().step_by(2).collect();
    dotted.then(|| kept.trim_end_matches('.').to_owned())
}

fn action(word: &str) -> FilterAction {
    match word {
        "FWP_ACTION_BLOCK" => FilterAction::Block,
        "FWP_ACTION_PERMIT" => FilterAction::Permit,
        "FWP_ACTION_CALLOUT_TERMINATING" => FilterAction::CalloutTerminating,
        "FWP_ACTION_CALLOUT_INSPECTION" => FilterAction::CalloutInspection,
        "FWP_ACTION_CALLOUT_UNKNOWN" => FilterAction::CalloutUnknown,
        "FWP_ACTION_CONTINUE" => FilterAction::Continue,
        _ => FilterAction::Unknown,
    }
}

/// The weight that orders filters within a sublayer; `weight` itself may be a class of weights only.
fn weight(item: &Element) -> Option<u64> {
    let weight = item.child("effectiveWeight")?;
    let numbers = weight.children.iter().filter(|child| child.name.starts_with("uint"));
    numbers.filter_map(|number| number.text.parse().ok()).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule_of(provider: &str, data: &str) -> Option<String> {
        let item = format!("<item><providerKey>{provider}</providerKey><providerData>{data}</providerData></item>");
        rule(&Element::parse(&item).unwrap())
    }

    fn data(text: &str) -> String {
        let digits: String = text
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("<data>{digits}</data><asString>x</asString>")
    }

    #[test]
    fn a_rule_is_read_from_the_bytes_of_the_firewall_service_only() {
        let rule = "CoreNet-DHCP-In";
        let wanted = Some(rule.to_owned());
        assert_eq!(rule_of("FWPM_PROVIDER_MPSSVC_WF", &data("CoreNet-DHCP-In\0")), wanted);
        assert_eq!(rule_of("{decc16ca-3f33-4346-be1e-8fb4ae0f3d62}", &data(rule)), wanted);
        assert_eq!(rule_of("{11111111-3f33-4346-be1e-8fb4ae0f3d62}", &data(rule)), None);
        assert_eq!(
            rule_of(
                "FWPM_PROVIDER_MPSSVC_WF",
                "<asString>C.o.r.e.N.e.t.-.D.H.C.P.-.I.n...</asString>"
            ),
            wanted
        );
    }

    #[test]
    fn an_index_in_the_provider_data_is_no_rule() {
        for digits in ["ffffffffffffffff", "2d01000000000000", "4100420043004400"] {
            assert_eq!(
                rule_of("FWPM_PROVIDER_MPSSVC_WF", &format!("<data>{digits}</data>")),
                None,
                "{digits}"
            );
        }
        assert_eq!(
            rule_of("FWPM_PROVIDER_MPSSVC_WF", "<asString>........</asString>"),
            None
        );
    }
}
