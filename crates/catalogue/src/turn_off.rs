//! How a feature is turned off: group policy, registry, services, MDM, settings.

use serde::Deserialize;

use crate::error::DataError;
use crate::table::{Located, Place, list, optional};
use crate::text::Bilingual;

/// One way to turn a feature off. The parts belong together; which of them a reader uses depends on how the devices are managed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnOff {
    /// Stable id, for example `telemetry.off`.
    pub id: String,
    /// What is turned off.
    pub feature: Bilingual,
    /// Group policies to set, in this order.
    pub policies: Vec<Policy>,
    /// Registry values to set, in this order.
    pub registry: Vec<RegistryValue>,
    /// Services (short names) that do the work and may be disabled.
    pub services: Vec<String>,
    /// MDM settings, `Area/Name=value` of the Policy CSP.
    pub mdm: Vec<String>,
    /// A command that does it, when there is one.
    pub command: Option<String>,
    /// Where a user finds the switch; empty when there is none.
    pub ui: Bilingual,
    /// What to mind; empty when there is nothing to add.
    pub note: Bilingual,
    /// Id of the [`Source`](crate::Source) that documents it.
    pub source_id: String,
}

/// A group policy and the state it has to be set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Whether it is set for computers or for users.
    pub scope: Scope,
    /// The folder below "Administrative Templates" or "Windows Settings", as the English editor shows it, parts divided by ` > `,
    /// and as the Japanese editor shows it where that wording was found in Microsoft's documentation; else the English repeated.
    pub folder: Bilingual,
    /// The name of the setting, in both languages under the same rule.
    pub setting: Bilingual,
    /// What to set it to.
    pub state: Bilingual,
}

/// Computer or user configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// "Computer Configuration" (コンピューターの構成).
    Computer,
    /// "User Configuration" (ユーザーの構成).
    User,
}

/// A registry value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryValue {
    /// The root key.
    pub hive: Hive,
    /// The key below the root, without leading backslash.
    pub key: String,
    /// The name of the value.
    pub name: String,
    /// Its type and data.
    pub data: RegistryData,
}

/// A registry root key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hive {
    /// `HKEY_LOCAL_MACHINE`.
    LocalMachine,
    /// `HKEY_CURRENT_USER`.
    CurrentUser,
}

impl Hive {
    /// The short form that `reg.exe` understands.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::LocalMachine => "HKLM",
            Self::CurrentUser => "HKCU",
        }
    }
}

/// Typed registry data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegistryData {
    /// `REG_DWORD`.
    Dword(u32),
    /// `REG_SZ`.
    Text(String),
}

impl RegistryData {
    /// The type name that `reg.exe add /t` understands.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Dword(_) => "REG_DWORD",
            Self::Text(_) => "REG_SZ",
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct TurnOffRow {
    id: String,
    services: String,
    mdm: String,
    command: String,
    source: String,
    feature_en: String,
    feature_ja: String,
    ui_en: String,
    ui_ja: String,
    note_en: String,
    note_ja: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PolicyRow {
    pub(crate) turn_off: String,
    scope: String,
    folder_en: String,
    setting_en: String,
    state: String,
    folder_ja: String,
    setting_ja: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PolicyStateRow {
    id: String,
    en: String,
    ja: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct RegistryRow {
    pub(crate) turn_off: String,
    hive: String,
    key: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    data: String,
}

impl TurnOff {
    pub(crate) fn from_row(row: TurnOffRow) -> Self {
        Self {
            id: row.id,
            feature: Bilingual::new(row.feature_en, row.feature_ja),
            policies: Vec::new(),
            registry: Vec::new(),
            services: list(&row.services),
            mdm: list(&row.mdm),
            command: optional(row.command),
            ui: Bilingual::new(row.ui_en, row.ui_ja),
            note: Bilingual::new(row.note_en, row.note_ja),
            source_id: row.source,
        }
    }
}

impl Policy {
    pub(crate) fn from_row(located: Located<PolicyRow>, states: &[Located<PolicyStateRow>]) -> Result<Self, DataError> {
        let Located { row, at } = located;
        let state = states
            .iter()
            .find(|state| state.row.id == row.state)
            .ok_or_else(|| DataError::reference(at, "policy state", &row.state))?;
        Ok(Self {
            scope: Scope::parse(&row.scope, at)?,
            folder: bilingual_or_english(row.folder_en, row.folder_ja),
            setting: bilingual_or_english(row.setting_en, row.setting_ja),
            state: Bilingual::new(state.row.en.clone(), state.row.ja.clone()),
        })
    }
}

/// A policy name whose Japanese wording is not known is shown as the English one: a guessed name could not be found in the editor.
fn bilingual_or_english(en: String, ja: String) -> Bilingual {
    let ja = if ja.is_empty() { en.clone() } else { ja };
    Bilingual::new(en, ja)
}

impl Scope {
    fn parse(word: &str, at: Place) -> Result<Self, DataError> {
        match word {
            "computer" => Ok(Self::Computer),
            "user" => Ok(Self::User),
            _ => Err(DataError::value(at, word, "computer or user")),
        }
    }
}

impl RegistryValue {
    pub(crate) fn from_row(located: Located<RegistryRow>) -> Result<Self, DataError> {
        let Located { row, at } = located;
        let hive = match row.hive.as_str() {
            "HKLM" => Hive::LocalMachine,
            "HKCU" => Hive::CurrentUser,
            _ => return Err(DataError::value(at, &row.hive, "HKLM or HKCU")),
        };
        let data = match row.kind.as_str() {
            "DWORD" => RegistryData::Dword(
                row.data
                    .parse()
                    .map_err(|_| DataError::value(at, &row.data, "an unsigned 32-bit number"))?,
            ),
            "SZ" => RegistryData::Text(row.data),
            _ => return Err(DataError::value(at, &row.kind, "DWORD or SZ")),
        };
        Ok(Self {
            hive,
            key: row.key,
            name: row.name,
            data,
        })
    }
}
