//! Table `DeviceEvents`.

use std::net::IpAddr;

use whotalks_record::{Text, Timestamp};

use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// Refusals of the host's firewall, judgements of network protection, and names that its processes asked for.
    pub struct DeviceEvents;
    /// One event of another kind.
    pub struct DeviceEventRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation lookup],
        /// What happened, in the words of Defender.
        pub action_type as ActionType: Text [Correlation],
        /// The name of the file that it is about.
        pub file_name as FileName: Text [Evidence lookup],
        /// The path of the file that it is about, file name included.
        pub folder_path as FolderPath: Text [Evidence],
        /// The SHA-1 of the file that it is about.
        pub sha1 as SHA1: Text [Evidence],
        /// The SHA-256 of the file that it is about.
        pub sha256 as SHA256: Text [Evidence lookup],
        /// The MD5 of the file that it is about.
        pub md5 as MD5: Text [Evidence],
        /// The size of the file that it is about.
        pub file_size as FileSize: i64 [Evidence bytes],
        /// The domain of the account.
        pub account_domain as AccountDomain: Text [Evidence],
        /// The name of the account.
        pub account_name as AccountName: Text [Evidence],
        /// The security identifier of the account.
        pub account_sid as AccountSid: Text [Evidence],
        /// The name of the far end, or what a proxy was asked for, where it is observed or derived.
        pub remote_url as RemoteUrl: Text [Correlation lookup],
        /// The device that acted from afar.
        pub remote_device_name as RemoteDeviceName: Text [Evidence],
        /// The identifier of the new process.
        pub process_id as ProcessId: i64 [Evidence],
        /// The command line of the new process.
        pub process_command_line as ProcessCommandLine: Text [Evidence],
        /// When the new process started.
        pub process_creation_time as ProcessCreationTime: Timestamp [Evidence],
        /// The elevation of the token of the new process.
        pub process_token_elevation as ProcessTokenElevation: Text [Evidence],
        /// The logon session, unique on one host between two boots.
        pub logon_id as LogonId: i64 [Evidence],
        /// The registry key that it is about.
        pub registry_key as RegistryKey: Text [Evidence],
        /// The name of the registry value that it is about.
        pub registry_value_name as RegistryValueName: Text [Evidence],
        /// The data of the registry value that it is about.
        pub registry_value_data as RegistryValueData: Text [Evidence],
        /// The address of the far end.
        pub remote_ip as RemoteIP: IpAddr [Evidence],
        /// The port of the far end.
        pub remote_port as RemotePort: i32 [Evidence],
        /// The address of the host's own end.
        pub local_ip as LocalIP: IpAddr [Evidence],
        /// The port of the host's own end.
        pub local_port as LocalPort: i32 [Evidence],
        /// The URL that the file was downloaded from.
        pub file_origin_url as FileOriginUrl: Text [Evidence],
        /// The address that the file was downloaded from.
        pub file_origin_ip as FileOriginIP: Text [Evidence],
        /// The SHA-1 of the image of the process that caused the event.
        pub initiating_process_sha1 as InitiatingProcessSHA1: Text [Correlation],
        /// The SHA-256 of the image of the process that caused the event.
        pub initiating_process_sha256 as InitiatingProcessSHA256: Text [Correlation],
        /// The MD5 of the image of the process that caused the event.
        pub initiating_process_md5 as InitiatingProcessMD5: Text [Correlation],
        /// The file name of the image of the process that caused the event.
        pub initiating_process_file_name as InitiatingProcessFileName: Text [Correlation lookup],
        /// The size of the image of the process that caused the event.
        pub initiating_process_file_size as InitiatingProcessFileSize: i64 [Correlation bytes],
        /// The path of the image of the process that caused the event, file name included.
        pub initiating_process_folder_path as InitiatingProcessFolderPath: Text [Correlation],
        /// The identifier of the process that caused the event.
        pub initiating_process_id as InitiatingProcessId: i64 [Correlation],
        /// The command line of the process that caused the event.
        pub initiating_process_command_line as InitiatingProcessCommandLine: Text [Correlation],
        /// When the process that caused the event started.
        pub initiating_process_creation_time as InitiatingProcessCreationTime: Timestamp [Correlation],
        /// The domain of the account of the process that caused the event.
        pub initiating_process_account_domain as InitiatingProcessAccountDomain: Text [Correlation],
        /// The name of the account of the process that caused the event.
        pub initiating_process_account_name as InitiatingProcessAccountName: Text [Correlation],
        /// The security identifier of the account of the process that caused the event.
        pub initiating_process_account_sid as InitiatingProcessAccountSid: Text [Correlation],
        /// The user principal name of the account of the process that caused the event.
        pub initiating_process_account_upn as InitiatingProcessAccountUpn: Text [Correlation],
        /// The directory identifier of the account of the process that caused the event.
        pub initiating_process_account_object_id as InitiatingProcessAccountObjectId: Text [Correlation],
        /// The company in the version information of the process that caused the event.
        pub initiating_process_version_info_company_name as InitiatingProcessVersionInfoCompanyName: Text [Correlation],
        /// The product in the version information of the process that caused the event.
        pub initiating_process_version_info_product_name as InitiatingProcessVersionInfoProductName: Text [Correlation],
        /// The version of the product in the version information of the process that caused the event.
        pub initiating_process_version_info_product_version as InitiatingProcessVersionInfoProductVersion: Text [Correlation],
        /// The internal file name in the version information of the process that caused the event.
        pub initiating_process_version_info_internal_file_name as InitiatingProcessVersionInfoInternalFileName: Text [Correlation],
        /// The original file name in the version information of the process that caused the event.
        pub initiating_process_version_info_original_file_name as InitiatingProcessVersionInfoOriginalFileName: Text [Correlation],
        /// The description in the version information of the process that caused the event.
        pub initiating_process_version_info_file_description as InitiatingProcessVersionInfoFileDescription: Text [Correlation],
        /// The identifier of the parent of the process that caused the event.
        pub initiating_process_parent_id as InitiatingProcessParentId: i64 [Correlation],
        /// The file name of the parent of the process that caused the event.
        pub initiating_process_parent_file_name as InitiatingProcessParentFileName: Text [Correlation],
        /// When the parent of the process that caused the event started.
        pub initiating_process_parent_creation_time as InitiatingProcessParentCreationTime: Timestamp [Correlation],
        /// The logon session of the process that caused the event.
        pub initiating_process_logon_id as InitiatingProcessLogonId: i64 [Correlation],
        /// A number that tells rows of one table and case apart.
        pub report_id as ReportId: i64 [Reader],
        /// The container of Application Guard.
        pub app_guard_container_id as AppGuardContainerId: Text [Evidence],
        /// What else is known of the event, as a JSON object; its names depend on `ActionType`.
        pub additional_fields as AdditionalFields: Text [Evidence],
        /// The Windows session of the process that caused the event.
        pub initiating_process_session_id as InitiatingProcessSessionId: i64 [Correlation],
        /// Whether the process that caused the event ran in a remote session.
        pub is_initiating_process_remote_session as IsInitiatingProcessRemoteSession: bool [Evidence],
        /// The device from which the remote session of the process that caused the event came.
        pub initiating_process_remote_session_device_name as InitiatingProcessRemoteSessionDeviceName: Text [Correlation],
        /// The address from which the remote session of the process that caused the event came.
        pub initiating_process_remote_session_ip as InitiatingProcessRemoteSessionIP: Text [Correlation],
        /// The Windows session of the new process.
        pub created_process_session_id as CreatedProcessSessionId: i64 [Evidence],
        /// Whether the new process ran in a remote session.
        pub is_process_remote_session as IsProcessRemoteSession: bool [Evidence],
        /// The device from which the remote session of the new process came.
        pub process_remote_session_device_name as ProcessRemoteSessionDeviceName: Text [Evidence],
        /// The address from which the remote session of the new process came.
        pub process_remote_session_ip as ProcessRemoteSessionIP: Text [Evidence],
        /// The start key of the process that caused the event.
        pub initiating_process_unique_id as InitiatingProcessUniqueId: Text [Correlation],
        /// How sure the initiating process is: `observed`, `derived`, `inferred` or `unknown`; its columns are filled at the first two only.
        pub process_grade as ProcessGrade: Text [Correlation added],
        /// The image of the process that is only inferred; empty where it is known, or nothing hints at one.
        pub process_candidate as ProcessCandidate: Text [Correlation added],
        /// Why the process, or a part of it, is not known.
        pub process_unknown as ProcessUnknown: Text [Correlation added],
        /// The run-time identifier of the deciding filter.
        pub filter_id as FilterId: i64 [Evidence added],
        /// The display name of the deciding filter.
        pub filter_name as FilterName: Text [Correlation added],
        /// How sure the name of the filter is.
        pub filter_grade as FilterGrade: Text [Correlation added],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader added],
    }
}
