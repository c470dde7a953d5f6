//! System processes, services, imitations and wrong folders.

use proptest::prelude::*;
use whotalks_catalogue::{Account, Catalogue, Resemblance};

fn imitates(image: &str) -> Option<(&'static str, Resemblance)> {
    Catalogue::bundled()
        .look_alike(image)
        .map(|it| (it.of.image.as_str(), it.how))
}

fn is_wrong(path: &str) -> bool {
    Catalogue::bundled().wrong_path(path).is_some()
}

#[test]
fn a_system_process_is_found_by_name_or_path_in_any_case() {
    let process = Catalogue::bundled()
        .system_process(r"C:\WINDOWS\system32\LSASS.EXE")
        .expect("known");
    assert_eq!(
        (process.image.as_str(), process.account),
        ("lsass.exe", Account::System)
    );
    assert_eq!(process.folders, [r"%SystemRoot%\System32"]);
    assert!(Catalogue::bundled().system_process("System").is_some());
    assert!(Catalogue::bundled().system_process("winword.exe").is_none());
}

#[test]
fn a_service_is_found_in_any_case_and_per_user_instances_too() {
    let name = |service| Catalogue::bundled().service(service).map(|it| it.name.as_str());
    assert_eq!(name("WUAUSERV"), Some("wuauserv"));
    assert_eq!(name("CDPUserSvc_1a2b3"), Some("CDPUserSvc"));
    assert_eq!(name("CDPUserSvc"), Some("CDPUserSvc"));
    assert_eq!(name("wuauserv_1a2b3"), None);
}

#[test]
fn listed_imitations_are_recognised() {
    assert_eq!(imitates("spollsv.exe"), Some(("spoolsv.exe", Resemblance::Listed)));
    assert_eq!(
        imitates(r"C:\WINDOWS\system32\SCVHOST.EXE"),
        Some(("svchost.exe", Resemblance::Listed))
    );
    assert_eq!(imitates("service.exe"), Some(("services.exe", Resemblance::Listed)));
    assert_eq!(imitates("iexplorer.exe"), Some(("iexplore.exe", Resemblance::Listed)));
}

#[test]
fn one_edit_away_is_an_imitation() {
    for (image, of) in [
        ("svchosst.exe", "svchost.exe"),
        ("svchots.exe", "svchost.exe"),
        ("lsasa.exe", "lsass.exe"),
        ("expl0rer.exe", "explorer.exe"),
        ("winlogom.exe", "winlogon.exe"),
        ("sploolsv.exe", "spoolsv.exe"),
        ("csrsss.exe", "csrss.exe"),
    ] {
        assert_eq!(imitates(image).map(|it| it.0), Some(of), "{image}");
    }
}

#[test]
fn look_alike_characters_are_seen_through() {
    for (image, of) in [
        ("Isass.exe", "lsass.exe"),
        ("exp1orer.exe", "explorer.exe"),
        ("svch\u{43e}st.exe", "svchost.exe"),
        ("\u{ff53}vchost.exe", "svchost.exe"),
        ("sv\u{200b}chost.exe", "svchost.exe"),
        ("\u{202e}lsass.exe", "lsass.exe"),
        ("srnartscreen.exe", "smartscreen.exe"),
        ("d11host.exe", "dllhost.exe"),
        ("mshta\u{200d}.exe", "mshta.exe"),
    ] {
        assert_eq!(imitates(image).map(|it| it.0), Some(of), "{image:?}");
    }
    assert_eq!(
        imitates("svch\u{43e}st.exe").map(|it| it.1),
        Some(Resemblance::Homoglyph)
    );
}

#[test]
fn another_executable_extension_is_an_imitation() {
    for image in ["svchost.com", "lsass.scr", "explorer.exe.exe", "winlogon.pif"] {
        assert_eq!(imitates(image).map(|it| it.1), Some(Resemblance::Extension), "{image}");
    }
}

#[test]
fn ordinary_programs_imitate_nothing() {
    for image in [
        "explorer.exe",
        "iexplore.exe",
        "svchost.exe",
        "taskhost.exe",
        "taskhostw.exe",
        "taskhostex.exe",
        "winlogon.exe",
        "wininit.exe",
        "sihost.exe",
        "dllhost.exe",
        "conhost.exe",
        "cscript.exe",
        "wscript.exe",
        "chrome.exe",
        "firefox.exe",
        "msedge.exe",
        "winword.exe",
        "excel.exe",
        "outlook.exe",
        "teams.exe",
        "ms-teams.exe",
        "code.exe",
        "notepad.exe",
        "java.exe",
        "python.exe",
        "node.exe",
        "sqlservr.exe",
        "w3wp.exe",
        "mmc.exe",
        "lsm.exe",
        "searchfilterhost.exe",
        "tasklist.exe",
        "taskkill.exe",
        "rmclient.exe",
        "splwow64.exe",
        "smsvchost.exe",
        "powershell_ise.exe",
        "pwsh.exe",
        "werfaultsecure.exe",
        "wuaucltcore.exe",
        "xplorer2.exe",
        "onedrivesetup.exe",
        "tcpsvcs.exe",
        "snmp.exe",
        "dns.exe",
        "ntoskrnl.exe",
        "userinit.exe",
        "logonui.exe",
        "lsaiso.exe",
        "vmtoolsd.exe",
        "SVCHOST.EXE",
        "svchost.exe ",
        "zoom.exe",
        "slack.exe",
        "onenote.exe",
        "skype.exe",
        "steam.exe",
        "curl.exe",
    ] {
        assert_eq!(imitates(image), None, "{image}");
    }
}

#[test]
fn names_without_an_executable_extension_imitate_nothing() {
    for image in [
        "",
        "systemd",
        "/usr/bin/explore",
        "svchosts",
        "lsasss.txt",
        "spoolsv.exe.mui",
    ] {
        assert_eq!(imitates(image), None, "{image}");
    }
}

#[test]
fn no_name_of_the_catalogue_imitates_another() {
    let catalogue = Catalogue::bundled();
    for process in catalogue.system_processes() {
        assert_eq!(imitates(&process.image), None, "{}", process.image);
    }
    for name in catalogue.legitimate_names() {
        assert_eq!(imitates(name), None, "{name}");
    }
    for feature in catalogue.features() {
        for image in &feature.callers.processes {
            assert_eq!(imitates(image), None, "{image}");
        }
    }
}

#[test]
fn every_form_of_the_right_folder_is_right() {
    for path in [
        r"C:\Windows\System32\svchost.exe",
        r"c:\windows\system32\SVCHOST.EXE",
        r"D:\WINNT\system32\svchost.exe",
        r"\device\harddiskvolume3\windows\system32\svchost.exe",
        r"\Device\VhdHardDisk{6c1d}\Windows\System32\svchost.exe",
        r"\SystemRoot\System32\smss.exe",
        r"%SystemRoot%\System32\svchost.exe",
        r"%windir%\system32\svchost.exe",
        r"\\?\C:\Windows\System32\svchost.exe",
        r"\??\C:\Windows\system32\winlogon.exe",
        r"\\?\Volume{11111111-2222-3333-4444-555555555555}\Windows\explorer.exe",
        r"C:\Windows\SysWOW64\svchost.exe",
        r"C:\Windows\SysWOW64\rundll32.exe",
        r"C:\Windows\System32\..\explorer.exe",
        r"C:\Windows\WinSxS\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0\TiWorker.exe",
        r"C:\Windows\WinSxS\amd64_x\f\svchost.exe",
        r"C:\Windows\System32\dllcache\svchost.exe",
        r"C:\Program Files\Internet Explorer\iexplore.exe",
        r"C:\Program Files (x86)\Internet Explorer\iexplore.exe",
        r"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.24090.11-0\MsMpEng.exe",
        r"C:\Program Files\Windows Defender\MsMpEng.exe",
        r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe",
        r"C:\Windows\System32\wbem\WmiPrvSE.exe",
        "\"C:\\Windows\\System32\\lsass.exe\"",
        "C:/Windows/System32/lsass.exe",
    ] {
        assert!(!is_wrong(path), "{path}");
    }
}

#[test]
fn a_system_name_in_another_folder_is_wrong() {
    for (path, folder) in [
        (
            r"C:\Users\chief\AppData\Local\Temp\svchost.exe",
            Some(r"users\chief\appdata\local\temp"),
        ),
        (r"C:\Windows\svchost.exe", Some("windows")),
        (r"C:\Windows\System32\explorer.exe", Some(r"windows\system32")),
        (r"C:\Windows\SysWOW64\lsass.exe", Some(r"windows\syswow64")),
        (r"\device\harddiskvolume3\programdata\lsass.exe", Some("programdata")),
        (r"C:\svchost.exe", None),
        (
            r"C:\Windows\System32\drivers\svchost.exe",
            Some(r"windows\system32\drivers"),
        ),
        (r"C:\Windows\System32x\svchost.exe", Some(r"windows\system32x")),
        (r"C:\Temp\Windows\System32\svchost.exe", Some(r"temp\windows\system32")),
        (r"C:\Windows\System32\..\Temp\svchost.exe", Some(r"windows\temp")),
        (r"\\server\share\svchost.exe", None),
        (r"\Device\Mup\server\share\lsass.exe", None),
        (r"%ProgramData%\svchost.exe", Some("programdata")),
    ] {
        let wrong = Catalogue::bundled().wrong_path(path);
        let wrong = wrong.unwrap_or_else(|| panic!("{path} passed"));
        if folder.is_some() {
            assert_eq!(wrong.folder.as_deref(), folder, "{path}");
        }
    }
}

#[test]
fn what_cannot_be_judged_is_not_called_wrong() {
    for path in [
        "svchost.exe",
        r"system32\svchost.exe",
        r"C:\WINDOW~1\svchost.exe",
        "/mnt/c/temp/svchost.exe",
        r"C:\Temp\winword.exe",
        r"C:\Program Files\Git\mingw64\bin\curl.exe",
        r"D:\tools\msedge.exe",
        r"\svchost.exe",
        r"C:\Windows\explorer.exeC:\Windows\Explorer.EXE",
        "System",
        "",
    ] {
        assert!(!is_wrong(path), "{path}");
    }
}

proptest! {
    #[test]
    fn any_text_is_judged_without_panic(image in ".{0,200}") {
        let catalogue = Catalogue::bundled();
        let _ = catalogue.wrong_path(&image);
        if let Some(found) = catalogue.look_alike(&image) {
            prop_assert_ne!(found.of.image.as_str(), image.to_lowercase());
        }
    }

    #[test]
    fn paths_built_of_path_pieces_are_judged_without_panic(
        pieces in proptest::collection::vec(
            prop_oneof!["C:", "\\\\?", "%systemroot%", "..", "\\device", "windows", "system32", "svchost.exe", "~1", ""], 0..9),
    ) {
        let _ = Catalogue::bundled().wrong_path(&pieces.join("\\"));
    }
}
