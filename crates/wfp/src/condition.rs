//! The conditions of a filter, with their values as text.

use std::net::{Ipv4Addr, Ipv6Addr};

use whotalks_record::{FilterCondition, Interner};

use crate::element::Element;
use crate::hexadecimal;

/// The conditions of a filter item, in order.
pub(crate) fn conditions(item: &Element, shared: &mut Interner) -> Vec<FilterCondition> {
    let items = item
        .child("filterCondition")
        .map(|list| list.children.as_slice())
        .unwrap_or_default();
    items.iter().map(|item| condition(item, shared)).collect()
}

fn condition(item: &Element, shared: &mut Interner) -> FilterCondition {
    let field = item.text_at(&["fieldKey"]).unwrap_or_default();
    let value = item
        .child("conditionValue")
        .map(|value| value_text(value, field))
        .unwrap_or_default();
    FilterCondition {
        field: shared.share(field),
        comparison: shared.share(item.text_at(&["matchType"]).unwrap_or_default()),
        value: shared.share(&value),
    }
}

/// A value (`FWP_CONDITION_VALUE0`): `type`, and beside it one element whose name says how it is written.
fn value_text(value: &Element, field: &str) -> String {
    let Some(content) = value.children.iter().find(|child| child.name != "type") else {
        return String::new();
    };
    match content.name.as_str() {
        "rangeValue" => range(content, field),
        "uint32" if field.contains("ADDRESS") && !field.ends_with("_TYPE") => ipv4(&content.text),
        "byteArray16" => ipv6(&content.text),
        "byteBlob" => blob(content),
        "v4AddrMask" => format!(
            "{}/{}",
            ipv4(part(content, "addr")),
            prefix_length(part(content, "mask"))
        ),
        "v6AddrMask" => format!("{}/{}", ipv6(part(content, "addr")), part(content, "prefixLength")),
        _ => leaf_text(content),
    }
}

fn part<'a>(element: &'a Element, name: &str) -> &'a str {
    element.text_at(&[name]).unwrap_or_default()
}

/// `low-high`.
fn range(content: &Element, field: &str) -> String {
    let end = |name| {
        content
            .child(name)
            .map(|end| value_text(end, field))
            .unwrap_or_default()
    };
    format!("{}-{}", end("valueLow"), end("valueHigh"))
}

/// An IPv4 address, which netsh writes dotted; a plain number is one in host order.
pub(crate) fn ipv4(text: &str) -> String {
    text.parse::<u32>()
        .map_or_else(|_| text.to_owned(), |number| Ipv4Addr::from_bits(number).to_string())
}

/// Sixteen bytes: an IPv6 address as text, or their hexadecimal digits.
pub(crate) fn ipv6(text: &str) -> String {
    let bytes = hexadecimal::bytes(text).and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    bytes.map_or_else(|| text.to_owned(), |bytes| Ipv6Addr::from(bytes).to_string())
}

/// The prefix length of a mask; a mask with holes stays as it is.
fn prefix_length(mask: &str) -> String {
    let bits = mask
        .parse::<Ipv4Addr>()
        .map(Ipv4Addr::to_bits)
        .or_else(|_| mask.parse::<u32>());
    match bits {
        Ok(bits) if bits.leading_ones() + bits.trailing_zeros() == 32 || bits == u32::MAX => {
            bits.leading_ones().to_string()
        }
        _ => mask.to_owned(),
    }
}

/// A blob is nearly always an application's path in UTF-16 with a closing zero. The text form beside it has dots for what it
/// cannot show, so the bytes count: decoded where they are such a path, else as they are.
pub(crate) fn blob(content: &Element) -> String {
    let data = part(content, "data");
    let path = hexadecimal::bytes(data).filter(|bytes| bytes.ends_with(&[0, 0]));
    let shown = path.and_then(|bytes| hexadecimal::utf16(&bytes));
    shown.unwrap_or_else(|| {
        if data.is_empty() {
            part(content, "asString").to_owned()
        } else {
            data.to_owned()
        }
    })
}

/// The texts of an element of a kind that has no form of its own here, in order.
fn leaf_text(element: &Element) -> String {
    let mut texts = vec![element.text.clone()];
    texts.extend(element.children.iter().map(leaf_text));
    texts.retain(|text| !text.is_empty());
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(field: &str, xml: &str) -> String {
        let element = Element::parse(&format!("<conditionValue><type>T</type>{xml}</conditionValue>")).unwrap();
        value_text(&element, field)
    }

    #[test]
    fn every_kind_of_value_is_written_as_people_write_it() {
        const ADDRESS: &str = "FWPM_CONDITION_IP_REMOTE_ADDRESS";
        const PORT: &str = "FWPM_CONDITION_IP_REMOTE_PORT";
        for (field, xml, expected) in [
            (PORT, "<uint16>443</uint16>", "443"),
            (ADDRESS, "<uint32>10.0.0.1</uint32>", "10.0.0.1"),
            (ADDRESS, "<uint32>167772161</uint32>", "10.0.0.1"),
            ("FWPM_CONDITION_FLAGS", "<uint32>786432</uint32>", "786432"),
            ("FWPM_CONDITION_IP_LOCAL_ADDRESS_TYPE", "<uint8>3</uint8>", "3"),
            (ADDRESS, "<byteArray16>fe80::</byteArray16>", "fe80::"),
            (
                ADDRESS,
                "<byteArray16>20010db8000000000000000000000001</byteArray16>",
                "2001:db8::1",
            ),
            (
                ADDRESS,
                "<v4AddrMask><addr>10.1.0.0</addr><mask>255.255.0.0</mask></v4AddrMask>",
                "10.1.0.0/16",
            ),
            (
                ADDRESS,
                "<v4AddrMask><addr>10.1.0.0</addr><mask>255.0.255.0</mask></v4AddrMask>",
                "10.1.0.0/255.0.255.0",
            ),
            (
                ADDRESS,
                "<v4AddrMask><addr>0.0.0.0</addr><mask>0.0.0.0</mask></v4AddrMask>",
                "0.0.0.0/0",
            ),
            (
                ADDRESS,
                "<v4AddrMask><addr>10.1.0.1</addr><mask>255.255.255.255</mask></v4AddrMask>",
                "10.1.0.1/32",
            ),
            (
                ADDRESS,
                "<v6AddrMask><addr>fe80::</addr><prefixLength>10</prefixLength></v6AddrMask>",
                "fe80::/10",
            ),
            ("X", "<sid>S-1-5-18</sid>", "S-1-5-18"),
            (
                "X",
                "<tokenInformation><sid>S-1</sid><sid>S-2</sid></tokenInformation>",
                "S-1 S-2",
            ),
            (
                "X",
                "<byteBlob><data>0102</data><asString>..</asString></byteBlob>",
                "0102",
            ),
            ("X", "", ""),
        ] {
            assert_eq!(value(field, xml), expected, "{xml}");
        }
    }

    #[test]
    fn a_range_has_two_ends_of_any_kind() {
        let end =
            |name: &str, address: &str| format!("<{name}><type>FWP_UINT32</type><uint32>{address}</uint32></{name}>");
        let xml = format!(
            "<rangeValue>{}{}</rangeValue>",
            end("valueLow", "10.0.0.1"),
            end("valueHigh", "10.0.0.9")
        );
        assert_eq!(value("FWPM_CONDITION_IP_REMOTE_ADDRESS", &xml), "10.0.0.1-10.0.0.9");
    }

    #[test]
    fn an_application_path_is_decoded_from_its_bytes() {
        let data: String = "\\device\\x\\道.exe\0"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let xml = format!("<byteBlob><data>{data}</data><asString>.device.x....exe</asString></byteBlob>");
        assert_eq!(value("FWPM_CONDITION_ALE_APP_ID", &xml), "\\device\\x\\道.exe");
    }
}
