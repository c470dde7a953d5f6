//! What the catalogue says of a far end and of the program that reaches it.

use whotalks_catalogue::{
    Bilingual, CallerVerdict, Catalogue, EndpointMatch, Policy, RegistryData, RegistryValue, Scope, TurnOff,
};
use whotalks_record::Text;

use crate::{Known, KnownTurnOff, Localised, ProgramCell};

/// A catalogue answer, and whether the program is one that is expected there.
pub(crate) struct KnownEndpoint {
    pub(crate) known: Known,
    pub(crate) program_is_unexpected: bool,
    pub(crate) expected_programs: Vec<Text>,
}

/// Looks a name up and judges the program, where one is known.
pub(crate) fn look_up(catalogue: &Catalogue, name: &str, program: &ProgramCell) -> Option<KnownEndpoint> {
    let found = catalogue.endpoint(name, None)?;
    let service = match program.service.services.as_slice() {
        [only] => Some(&**only),
        _ => None,
    };
    let verdict = program.name.as_deref().map(|image| found.judge_caller(image, service));
    let expected_programs = found
        .feature
        .callers
        .processes
        .iter()
        .map(|name| name.as_str().into())
        .collect();
    Some(KnownEndpoint {
        known: known(&found),
        program_is_unexpected: verdict == Some(CallerVerdict::Unexpected),
        expected_programs,
    })
}

fn known(found: &EndpointMatch<'_>) -> Known {
    Known {
        pattern: found.pattern().into(),
        owner: found.feature.owner.as_str().into(),
        feature: found.feature.id.as_str().into(),
        purpose: localised(&found.feature.purpose),
        breaks: localised(&found.feature.breaks),
        turn_offs: found.turn_offs.iter().map(|way| turn_off(way)).collect(),
    }
}

fn turn_off(way: &TurnOff) -> KnownTurnOff {
    let present = |text: &Bilingual| (!text.is_empty()).then(|| localised(text));
    KnownTurnOff {
        id: way.id.as_str().into(),
        feature: localised(&way.feature),
        group_policies: way.policies.iter().map(policy).collect(),
        registry: way.registry.iter().map(registry).collect(),
        services: way.services.iter().map(|name| name.as_str().into()).collect(),
        mdm: way.mdm.iter().map(|setting| setting.as_str().into()).collect(),
        command: way.command.as_deref().map(Text::from),
        ui: present(&way.ui),
        note: present(&way.note),
    }
}

fn policy(policy: &Policy) -> Localised {
    let (scope_en, scope_ja) = match policy.scope {
        Scope::Computer => ("Computer Configuration", "コンピューターの構成"),
        Scope::User => ("User Configuration", "ユーザーの構成"),
    };
    Localised {
        en: format!(
            "{scope_en} > {} > {} = {}",
            policy.folder.en, policy.setting.en, policy.state.en
        )
        .into(),
        ja: format!(
            "{scope_ja} > {} > {} = {}",
            policy.folder.ja, policy.setting.ja, policy.state.ja
        )
        .into(),
    }
}

fn registry(value: &RegistryValue) -> Text {
    let data = match &value.data {
        RegistryData::Dword(number) => number.to_string(),
        RegistryData::Text(text) => text.clone(),
    };
    let (hive, kind) = (value.hive.short_name(), value.data.type_name());
    format!(r"{hive}\{}!{}:{kind}={data}", value.key, value.name).into()
}

fn localised(text: &Bilingual) -> Localised {
    Localised {
        en: text.en.as_str().into(),
        ja: text.ja.as_str().into(),
    }
}
