//! Table `DeviceInfo`.

use whotalks_record::{Text, Timestamp};

use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// The hosts that the evidence speaks of.
    pub struct DeviceInfo;
    /// One host.
    pub struct DeviceInfoRow {
        /// When it happened, in UTC, on the reference clock of the case.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// A stable identifier of the host, made from its name or its addresses; the same in every case.
        pub device_id as DeviceId: Text [Correlation],
        /// The name of the host as its own evidence writes it; empty where no evidence names it.
        pub device_name as DeviceName: Text [Correlation lookup],
        /// The version of the sensor on the device.
        pub client_version as ClientVersion: Text [Evidence],
        /// The public address of the device.
        pub public_ip as PublicIP: Text [Evidence],
        /// The architecture of the operating system.
        pub os_architecture as OSArchitecture: Text [Evidence],
        /// The platform of the operating system.
        pub os_platform as OSPlatform: Text [Evidence],
        /// The build of the operating system.
        pub os_build as OSBuild: i64 [Evidence],
        /// Whether the device has joined a cloud directory.
        pub is_azure_ad_joined as IsAzureADJoined: bool [Evidence],
        /// How the device has joined a directory.
        pub join_type as JoinType: Text [Evidence],
        /// The identifier of the device in the cloud directory.
        pub aad_device_id as AadDeviceId: Text [Evidence],
        /// The users who were logged on, as a JSON array.
        pub logged_on_users as LoggedOnUsers: Text [Evidence],
        /// The tag that the registry gives the device.
        pub registry_device_tag as RegistryDeviceTag: Text [Evidence],
        /// The version of the operating system.
        pub os_version as OSVersion: Text [Evidence],
        /// The group of the device.
        pub machine_group as MachineGroup: Text [Evidence],
        /// A number that tells rows of one table and case apart.
        pub report_id as ReportId: i64 [Reader],
        /// Whether the device reports to Defender.
        pub onboarding_status as OnboardingStatus: Text [Evidence],
        /// What else is known of the event, as a JSON object; its names depend on `ActionType`.
        pub additional_fields as AdditionalFields: Text [Evidence],
        /// The category of the device.
        pub device_category as DeviceCategory: Text [Evidence],
        /// The type of the device.
        pub device_type as DeviceType: Text [Evidence],
        /// The subtype of the device.
        pub device_subtype as DeviceSubtype: Text [Evidence],
        /// The model of the device.
        pub model as Model: Text [Evidence],
        /// The vendor of the device.
        pub vendor as Vendor: Text [Evidence],
        /// The distribution of the operating system.
        pub os_distribution as OSDistribution: Text [Evidence],
        /// More about the version of the operating system.
        pub os_version_info as OSVersionInfo: Text [Evidence],
        /// The identifiers that were merged into this one.
        pub merged_device_ids as MergedDeviceIds: Text [Evidence],
        /// The identifier that this one was merged into.
        pub merged_to_device_id as MergedToDeviceId: Text [Evidence],
        /// Whether the device can be reached from the Internet.
        pub is_internet_facing as IsInternetFacing: bool [Evidence],
        /// The state of the sensor.
        pub sensor_health_state as SensorHealthState: Text [Evidence],
        /// Whether the device is excluded from exposure management.
        pub is_excluded as IsExcluded: bool [Evidence],
        /// Why the device is excluded.
        pub exclusion_reason as ExclusionReason: Text [Evidence],
        /// How exposed the device is.
        pub exposure_level as ExposureLevel: Text [Evidence],
        /// How valuable the device is.
        pub asset_value as AssetValue: Text [Evidence],
        /// The tags that people gave the device.
        pub device_manual_tags as DeviceManualTags: Text [Evidence],
        /// The tags that rules gave the device.
        pub device_dynamic_tags as DeviceDynamicTags: Text [Evidence],
        /// How the device reaches the service.
        pub connectivity_type as ConnectivityType: Text [Evidence],
        /// The device that hosts this one.
        pub host_device_id as HostDeviceId: Text [Evidence],
        /// The Azure resource of the device.
        pub azure_resource_id as AzureResourceId: Text [Evidence],
        /// The AWS resource of the device.
        pub aws_resource_name as AwsResourceName: Text [Evidence],
        /// The GCP resource of the device.
        pub gcp_full_resource_name as GcpFullResourceName: Text [Evidence],
        /// The UUID of the hardware.
        pub hardware_uuid as HardwareUuid: Text [Evidence],
        /// The clouds that the device belongs to.
        pub cloud_platforms as CloudPlatforms: Text [Evidence],
        /// The identifier of the Azure virtual machine.
        pub azure_vm_id as AzureVmId: Text [Evidence],
        /// The subscription of the Azure virtual machine.
        pub azure_vm_subscription_id as AzureVmSubscriptionId: Text [Evidence],
        /// Whether the device comes and goes.
        pub is_transient as IsTransient: bool [Evidence],
        /// The revision of the build of the operating system.
        pub os_build_revision as OsBuildRevision: Text [Evidence],
        /// The mitigation that was applied to the device.
        pub mitigation_status as MitigationStatus: Text [Evidence],
        /// The site of the device.
        pub site as Site: Text [Evidence],
        /// What discovered the device.
        pub discovery_sources as DiscoverySources: Text [Evidence],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader added],
    }
}
