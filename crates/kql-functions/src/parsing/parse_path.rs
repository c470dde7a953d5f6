use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("parse_path", Family::Parsing, PARAMETERS, Returns::DYNAMIC, make)
    .does("Takes the path of a file apart, one of Windows or of Unix.")
    .examples(&[
        example("print parse_path(@'C:\\temp\\file.txt')", "{\"Scheme\":\"\",\"RootPath\":\"C:\",\"DirectoryPath\":\"C:\\\\temp\",\"DirectoryName\":\"temp\",\"Filename\":\"file.txt\",\"Extension\":\"txt\",\"AlternateDataStreamName\":\"\"}"),
        example("print parse_path('file://C:/temp/file.txt:some.exe')", "{\"Scheme\":\"file\",\"RootPath\":\"C:\",\"DirectoryPath\":\"C:/temp\",\"DirectoryName\":\"temp\",\"Filename\":\"file.txt\",\"Extension\":\"txt\",\"AlternateDataStreamName\":\"some.exe\"}"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("path", Accepts::STRING, "the path")];

fn make(_: &[Argument]) -> Made {
    always(|row| {
        let path = Path::parse(row.text(0));
        let text = DynamicBuilder::string;
        DynamicBuilder::bag([
            ("Scheme", text(path.scheme)),
            ("RootPath", text(path.root)),
            ("DirectoryPath", text(path.directory)),
            ("DirectoryName", text(last_part(path.directory))),
            ("Filename", text(path.filename)),
            (
                "Extension",
                text(path.filename.rsplit_once('.').map_or("", |(_, extension)| extension)),
            ),
            ("AlternateDataStreamName", text(path.stream)),
        ])
    })
}

#[derive(Default)]
struct Path<'p> {
    scheme: &'p str,
    root: &'p str,
    directory: &'p str,
    filename: &'p str,
    stream: &'p str,
}

impl<'p> Path<'p> {
    fn parse(text: &'p str) -> Self {
        let (scheme, path) = text.split_once("://").unwrap_or(("", text));
        let drive = path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && path.get(1..2) == Some(":");
        let root = if drive { path.get(..2).unwrap_or_default() } else { "" };
        let separator = path.rfind(['/', '\\']);
        let (directory, name) = match separator {
            Some(place) => (
                path.get(..place).unwrap_or_default(),
                path.get(place + 1..).unwrap_or_default(),
            ),
            None => ("", path),
        };
        let (filename, stream) = name.split_once(':').unwrap_or((name, ""));
        Self {
            scheme,
            root,
            directory,
            filename,
            stream,
        }
    }
}

fn last_part(directory: &str) -> &str {
    directory.rsplit(['/', '\\']).next().unwrap_or_default()
}
