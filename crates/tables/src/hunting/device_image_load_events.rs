//! Table `DeviceImageLoadEvents`.

use crate::hunting::declare::empty_table;

empty_table! {
    /// Loaded libraries; no evidence that whotalks reads states them, so that it is always empty.
    "DeviceImageLoadEvents";
    /// When it happened, in UTC, on the reference clock of the case.
    Timestamp: DateTime [Correlation],
    /// A stable identifier of the host, made from its name or its addresses; the same in every case.
    DeviceId: String [Correlation],
    /// The name of the host as its own evidence writes it; empty where no evidence names it.
    DeviceName: String [Correlation],
    /// What happened, in the words of Defender.
    ActionType: String [Correlation],
    /// The name of the file that it is about.
    FileName: String [Evidence],
    /// The path of the file that it is about, file name included.
    FolderPath: String [Evidence],
    /// The SHA-1 of the file that it is about.
    SHA1: String [Evidence],
    /// The SHA-256 of the file that it is about.
    SHA256: String [Evidence],
    /// The MD5 of the file that it is about.
    MD5: String [Evidence],
    /// The size of the file that it is about.
    FileSize: Long [Evidence bytes],
    /// The domain of the account of the process that caused the event.
    InitiatingProcessAccountDomain: String [Correlation],
    /// The name of the account of the process that caused the event.
    InitiatingProcessAccountName: String [Correlation],
    /// The security identifier of the account of the process that caused the event.
    InitiatingProcessAccountSid: String [Correlation],
    /// The user principal name of the account of the process that caused the event.
    InitiatingProcessAccountUpn: String [Correlation],
    /// The directory identifier of the account of the process that caused the event.
    InitiatingProcessAccountObjectId: String [Correlation],
    /// The integrity level of the process that caused the event.
    InitiatingProcessIntegrityLevel: String [Correlation],
    /// The elevation of the token of the process that caused the event.
    InitiatingProcessTokenElevation: String [Correlation],
    /// The SHA-1 of the image of the process that caused the event.
    InitiatingProcessSHA1: String [Correlation],
    /// The SHA-256 of the image of the process that caused the event.
    InitiatingProcessSHA256: String [Correlation],
    /// The MD5 of the image of the process that caused the event.
    InitiatingProcessMD5: String [Correlation],
    /// The file name of the image of the process that caused the event.
    InitiatingProcessFileName: String [Correlation],
    /// The size of the image of the process that caused the event.
    InitiatingProcessFileSize: Long [Correlation bytes],
    /// The company in the version information of the process that caused the event.
    InitiatingProcessVersionInfoCompanyName: String [Correlation],
    /// The product in the version information of the process that caused the event.
    InitiatingProcessVersionInfoProductName: String [Correlation],
    /// The version of the product in the version information of the process that caused the event.
    InitiatingProcessVersionInfoProductVersion: String [Correlation],
    /// The internal file name in the version information of the process that caused the event.
    InitiatingProcessVersionInfoInternalFileName: String [Correlation],
    /// The original file name in the version information of the process that caused the event.
    InitiatingProcessVersionInfoOriginalFileName: String [Correlation],
    /// The description in the version information of the process that caused the event.
    InitiatingProcessVersionInfoFileDescription: String [Correlation],
    /// The identifier of the process that caused the event.
    InitiatingProcessId: Long [Correlation],
    /// The command line of the process that caused the event.
    InitiatingProcessCommandLine: String [Correlation],
    /// When the process that caused the event started.
    InitiatingProcessCreationTime: DateTime [Correlation],
    /// The path of the image of the process that caused the event, file name included.
    InitiatingProcessFolderPath: String [Correlation],
    /// The identifier of the parent of the process that caused the event.
    InitiatingProcessParentId: Long [Correlation],
    /// The file name of the parent of the process that caused the event.
    InitiatingProcessParentFileName: String [Correlation],
    /// When the parent of the process that caused the event started.
    InitiatingProcessParentCreationTime: DateTime [Correlation],
    /// A number that tells rows of one table and case apart.
    ReportId: Long [Reader],
    /// The container of Application Guard.
    AppGuardContainerId: String [Evidence],
    /// The Windows session of the process that caused the event.
    InitiatingProcessSessionId: Long [Correlation],
    /// Whether the process that caused the event ran in a remote session.
    IsInitiatingProcessRemoteSession: Bool [Evidence],
    /// The device from which the remote session of the process that caused the event came.
    InitiatingProcessRemoteSessionDeviceName: String [Correlation],
    /// The address from which the remote session of the process that caused the event came.
    InitiatingProcessRemoteSessionIP: String [Correlation],
    /// The start key of the process that caused the event.
    InitiatingProcessUniqueId: String [Correlation],
    /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
    Span: String [Reader added],
}
