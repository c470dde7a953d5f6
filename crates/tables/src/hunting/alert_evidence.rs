//! Table `AlertEvidence`.

use crate::hunting::declare::empty_table;

empty_table! {
    /// What alerts of Defender are about; no evidence that whotalks reads states it, so that it is always empty.
    "AlertEvidence";
    /// When it happened, in UTC, on the reference clock of the case.
    Timestamp: DateTime [Correlation],
    /// The identifier of the alert.
    AlertId: String [Evidence],
    /// The title of the alert.
    Title: String [Evidence],
    /// The kinds of threat, as a JSON array.
    Categories: String [Evidence],
    /// The ATT&CK techniques, as a JSON array.
    AttackTechniques: String [Evidence],
    /// The product that raised the alert.
    ServiceSource: String [Evidence],
    /// The detection that raised the alert.
    DetectionSource: String [Evidence],
    /// What the entity is.
    EntityType: String [Evidence],
    /// The role of the entity in the alert.
    EvidenceRole: String [Evidence],
    /// Whether the entity is source or destination.
    EvidenceDirection: String [Evidence],
    /// The name of the file that it is about.
    FileName: String [Evidence],
    /// The path of the file that it is about, file name included.
    FolderPath: String [Evidence],
    /// The SHA-1 of the file that it is about.
    SHA1: String [Evidence],
    /// The SHA-256 of the file that it is about.
    SHA256: String [Evidence],
    /// The size of the file that it is about.
    FileSize: Long [Evidence bytes],
    /// The family of the threat.
    ThreatFamily: String [Evidence],
    /// The address of the far end.
    RemoteIP: String [Evidence],
    /// The name of the far end, or what a proxy was asked for, where it is observed or derived.
    RemoteUrl: String [Correlation],
    /// The name of the account.
    AccountName: String [Evidence],
    /// The domain of the account.
    AccountDomain: String [Evidence],
    /// The security identifier of the account.
    AccountSid: String [Evidence],
    /// The directory identifier of the account.
    AccountObjectId: String [Evidence],
    /// The user principal name of the account.
    AccountUpn: String [Evidence],
    /// A stable identifier of the host, made from its name or its addresses; the same in every case.
    DeviceId: String [Correlation],
    /// The name of the host as its own evidence writes it; empty where no evidence names it.
    DeviceName: String [Correlation],
    /// The address of the host's own end.
    LocalIP: String [Evidence],
    /// The identifier of a message.
    NetworkMessageId: String [Evidence],
    /// The subject of a message.
    EmailSubject: String [Evidence],
    /// The application that it is about.
    Application: String [Evidence],
    /// The identifier of the application.
    ApplicationId: Int [Evidence],
    /// The OAuth identifier of the application.
    OAuthApplicationId: String [Evidence],
    /// The command line of the new process.
    ProcessCommandLine: String [Evidence],
    /// The registry key that it is about.
    RegistryKey: String [Evidence],
    /// The name of the registry value that it is about.
    RegistryValueName: String [Evidence],
    /// The data of the registry value that it is about.
    RegistryValueData: String [Evidence],
    /// What else is known of the event, as a JSON object; its names depend on `ActionType`.
    AdditionalFields: String [Evidence],
    /// How grave the alert is.
    Severity: String [Evidence],
    /// The name of the cloud resource.
    CloudResource: String [Evidence],
    /// The cloud.
    CloudPlatform: String [Evidence],
    /// The type of the cloud resource.
    ResourceType: String [Evidence],
    /// The identifier of the cloud resource.
    ResourceID: String [Evidence],
    /// The subscription of the cloud resource.
    SubscriptionId: String [Evidence],
    /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
    Span: String [Reader added],
}
