//! Table `AlertEvidence`.

use std::net::IpAddr;

use whotalks_record::{Text, Timestamp};

use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// What findings are about: one row for each host, program and far end of a finding.
    pub struct AlertEvidence;
    /// One thing that a finding is about.
    pub struct AlertEvidenceRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// The identifier of the alert.
        pub alert_id as AlertId: Text [Correlation],
        /// The title of the alert.
        pub title as Title: Text [Correlation],
        /// The kinds of threat, as a JSON array.
        pub categories as Categories: Text [Correlation],
        /// The ATT&CK techniques, as a JSON array.
        pub attack_techniques as AttackTechniques: Text [Correlation],
        /// The product that raised the alert.
        pub service_source as ServiceSource: Text [Correlation],
        /// The detection that raised the alert.
        pub detection_source as DetectionSource: Text [Correlation],
        /// What the entity is.
        pub entity_type as EntityType: Text [Correlation],
        /// The role of the entity in the alert.
        pub evidence_role as EvidenceRole: Text [Correlation],
        /// Whether the entity is source or destination.
        pub evidence_direction as EvidenceDirection: Text [Correlation],
        /// The name of the file that it is about.
        pub file_name as FileName: Text [Evidence],
        /// The path of the file that it is about, file name included.
        pub folder_path as FolderPath: Text [Evidence],
        /// The SHA-1 of the file that it is about.
        pub sha1 as SHA1: Text [Evidence],
        /// The SHA-256 of the file that it is about.
        pub sha256 as SHA256: Text [Evidence],
        /// The size of the file that it is about.
        pub file_size as FileSize: i64 [Evidence bytes],
        /// The family of the threat.
        pub threat_family as ThreatFamily: Text [Evidence],
        /// The address of the far end.
        pub remote_ip as RemoteIP: IpAddr [Evidence],
        /// The name of the far end, or what a proxy was asked for, where it is observed or derived.
        pub remote_url as RemoteUrl: Text [Correlation],
        /// The name of the account.
        pub account_name as AccountName: Text [Evidence],
        /// The domain of the account.
        pub account_domain as AccountDomain: Text [Evidence],
        /// The security identifier of the account.
        pub account_sid as AccountSid: Text [Evidence],
        /// The directory identifier of the account.
        pub account_object_id as AccountObjectId: Text [Evidence],
        /// The user principal name of the account.
        pub account_upn as AccountUpn: Text [Evidence],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation],
        /// The address of the host's own end.
        pub local_ip as LocalIP: Text [Evidence],
        /// The identifier of a message.
        pub network_message_id as NetworkMessageId: Text [Evidence],
        /// The subject of a message.
        pub email_subject as EmailSubject: Text [Evidence],
        /// The application that it is about.
        pub application as Application: Text [Evidence],
        /// The identifier of the application.
        pub application_id as ApplicationId: i32 [Evidence],
        /// The OAuth identifier of the application.
        pub oauth_application_id as OAuthApplicationId: Text [Evidence],
        /// The command line of the new process.
        pub process_command_line as ProcessCommandLine: Text [Evidence],
        /// The registry key that it is about.
        pub registry_key as RegistryKey: Text [Evidence],
        /// The name of the registry value that it is about.
        pub registry_value_name as RegistryValueName: Text [Evidence],
        /// The data of the registry value that it is about.
        pub registry_value_data as RegistryValueData: Text [Evidence],
        /// What else is known of the event, as a JSON object; its names depend on `ActionType`.
        pub additional_fields as AdditionalFields: Text [Evidence],
        /// How grave the alert is.
        pub severity as Severity: Text [Correlation],
        /// The name of the cloud resource.
        pub cloud_resource as CloudResource: Text [Evidence],
        /// The cloud.
        pub cloud_platform as CloudPlatform: Text [Evidence],
        /// The type of the cloud resource.
        pub resource_type as ResourceType: Text [Evidence],
        /// The identifier of the cloud resource.
        pub resource_id as ResourceID: Text [Evidence],
        /// The subscription of the cloud resource.
        pub subscription_id as SubscriptionId: Text [Evidence],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader added],
    }
}
