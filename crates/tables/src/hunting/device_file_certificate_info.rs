//! Table `DeviceFileCertificateInfo`.

use crate::hunting::declare::empty_table;

empty_table! {
    /// Signatures of files; no evidence that whotalks reads states them, so that it is always empty.
    "DeviceFileCertificateInfo";
    /// When it happened, in UTC, on the reference clock of the case.
    Timestamp: DateTime [Correlation],
    /// A stable identifier of the host, made from its name or its addresses; the same in every case.
    DeviceId: String [Correlation],
    /// The name of the host as its own evidence writes it; empty where no evidence names it.
    DeviceName: String [Correlation],
    /// The SHA-1 of the file that it is about.
    SHA1: String [Evidence],
    /// Whether the file is signed.
    IsSigned: Bool [Evidence],
    /// Whether the signature lies in the file or in a catalogue.
    SignatureType: String [Evidence],
    /// Who signed the file.
    Signer: String [Evidence],
    /// The hash of the signer.
    SignerHash: String [Evidence],
    /// Who issued the certificate.
    Issuer: String [Evidence],
    /// The hash of the issuer.
    IssuerHash: String [Evidence],
    /// The serial number of the certificate.
    CertificateSerialNumber: String [Evidence],
    /// Where the revocation lists of the certificate are, as a JSON array.
    CrlDistributionPointUrls: String [Evidence],
    /// When the certificate was made.
    CertificateCreationTime: DateTime [Evidence],
    /// When the certificate expires.
    CertificateExpirationTime: DateTime [Evidence],
    /// When the certificate was countersigned.
    CertificateCountersignatureTime: DateTime [Evidence],
    /// Whether the signature is trusted.
    IsTrusted: Bool [Evidence],
    /// Whether the root certificate is Microsoft's.
    IsRootSignerMicrosoft: Bool [Evidence],
    /// A number that tells rows of one table and case apart.
    ReportId: Long [Reader],
    /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
    Span: String [Reader added],
}
