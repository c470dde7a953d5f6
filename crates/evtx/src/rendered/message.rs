//! Fields out of an event's rendered message, for exports that carry nothing else.
//!
//! Sysmon writes `Name: value` lines whose names are the fields' own. The Security log writes a localised label, a colon, tabs
//! and the value; labels are not read, the lines' order is.

use super::positions;
use crate::raw::{Field, Value};

/// The most lines looked at; a rendered message has some dozens.
const MOST_LINES: usize = 512;

/// The fields of a message.
pub(crate) fn fields(event_id: u32, message: &str) -> Vec<Field<'static>> {
    let values: Vec<String> = message.lines().take(MOST_LINES).filter_map(labelled_value).collect();
    let named = positions::name_message_lines(event_id, &values);
    if named.is_empty() {
        sysmon_fields(message)
    } else {
        named
    }
}

/// The value of `\tLabel:\t\tvalue` or `Label:\t\tvalue`; headings (`Network Information:`) have none.
fn labelled_value(line: &str) -> Option<String> {
    let colon = line.find([':', '：'])?;
    let (_, rest) = line.split_at_checked(colon)?;
    let rest = rest.trim_start_matches([':', '：']);
    let is_value = rest.starts_with('\t') || (line.starts_with('\t') && rest.trim().is_empty());
    is_value.then(|| rest.trim().to_owned())
}

/// `Name: value` lines with names of one word.
fn sysmon_fields(message: &str) -> Vec<Field<'static>> {
    message
        .lines()
        .take(MOST_LINES)
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        .map(|(name, value)| Field {
            name: name.to_owned().into(),
            value: Value::Text(value.trim().to_owned().into()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(fields: &[Field<'_>], name: &str) -> Option<String> {
        fields
            .iter()
            .find(|field| field.name == name)
            .map(|field| field.value.text().into_owned())
    }

    #[test]
    fn japanese_and_english_messages_give_the_same_fields() {
        let english = "The Windows Filtering Platform has permitted a connection.\r\n\r\nApplication Information:\r\n\tProcess ID:\t\t1072\r\n\
            \tApplication Name:\tSystem\r\n\r\nNetwork Information:\r\n\tDirection:\t\tOutbound\r\n\tSource Address:\t\t192.0.2.1\r\n\
            \tSource Port:\t\t50000\r\n\tDestination Address:\t203.0.113.7\r\n\tDestination Port:\t\t443\r\n\tProtocol:\t\t6\r\n\r\n\
            Filter Information:\r\n\tFilter Run-Time ID:\t0\r\n\tLayer Name:\t\tConnect\r\n\tLayer Run-Time ID:\t48";
        let japanese = "Windows フィルターリング プラットフォームによって、接続が許可されました。\r\n\r\nアプリケーション情報:\r\n\tプロセス ID:\t\t1072\r\n\
            \tアプリケーション名:\tSystem\r\n\r\nネットワーク情報:\r\n\t方向:\t\t送信\r\n\t送信元アドレス:\t\t192.0.2.1\r\n\
            \tソース ポート:\t\t50000\r\n\t宛先アドレス:\t203.0.113.7\r\n\t宛先ポート:\t\t443\r\n\tプロトコル:\t\t6\r\n\r\n\
            フィルター情報:\r\n\tフィルターの実行時 ID:\t0\r\n\tレイヤー名:\t\t接続\r\n\tレイヤーの実行時 ID:\t48";
        for (message, direction) in [(english, "Outbound"), (japanese, "送信")] {
            let fields = fields(5156, message);
            assert_eq!(value(&fields, "ProcessID").as_deref(), Some("1072"));
            assert_eq!(value(&fields, "Direction").as_deref(), Some(direction));
            assert_eq!(value(&fields, "DestAddress").as_deref(), Some("203.0.113.7"));
            assert_eq!(value(&fields, "LayerRTID").as_deref(), Some("48"));
        }
    }

    #[test]
    fn lines_in_another_order_are_not_taken() {
        let message =
            "\ta:\t1\n\tb:\t2\n\tc:\t3\n\td:\t4\n\te:\t5\n\tf:\t6\n\tg:\t7\n\th:\t8\n\ti:\t9\n\tj:\t10\n\tk:\t11";
        assert!(fields(5156, message).is_empty());
    }

    #[test]
    fn sysmon_messages_name_their_fields_themselves() {
        let fields = fields(
            3,
            "Network connection detected:\nUtcTime: 2019-02-13 18:01:47.562\nDestinationIp: 203.0.113.7\nUser: A\\b",
        );
        assert_eq!(value(&fields, "UtcTime").as_deref(), Some("2019-02-13 18:01:47.562"));
        assert_eq!(value(&fields, "DestinationIp").as_deref(), Some("203.0.113.7"));
    }
}
