# Help of the command line
help-about = Who talks to whom, under which name, allowed or blocked, and why
help-about-long = Reads captures, Windows event logs, netstat listings and filter dumps and says which program on which host talks to which address, under which real name, whether it was allowed or blocked and by which filter. Every statement carries its proof.
help-investigate = Read evidence and show findings, endpoints, blocks and what is unknown
help-ask = Answer one question about an address, a name, a program or a process identifier
help-explain = Show the packet, event or lines behind a reference
help-evidence = List what was read, what was not, and why
help-doctor = Show what whotalks can do on this computer
help-completions = Write the completions of a shell
help-man = Write the manual pages
help-paths = Files, folders and archives (zip, gz, zst); - is standard input
help-case = Keep the case in this folder, or use the case in it
help-html = Also write a report that opens in any browser
help-json = Write JSON
help-csv = Write the endpoints as CSV
help-lang = Language: en or ja; otherwise that of the locale
help-wide = Cut nothing and leave nothing out
help-utc-offset = Offset in which times are shown: utc, system, or for example +09:00
help-subject = Address (with or without port), name, program file or process identifier
help-reference = Reference from an answer: E1#801 (packet), E2@77391 (event), E3:14 (line), E4/12 (item), E5 (all of it)
help-shell = bash, elvish, fish, powershell or zsh
help-man-folder = Folder for one page per command; without it the main page goes to standard output
help-help = Show help
help-version = Show the version
help-usage = Usage
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-exit-codes =
    Exit codes:
    { "  " }0  answered
    { "  " }1  nothing in the evidence matches the question
    { "  " }2  wrong usage, or none of the evidence could be read
    { "  " }3  the result could not be written, or an internal error

# Packets
help-hunt = Ask the evidence in the Kusto Query Language, as in Microsoft Defender's advanced hunting
help-schema = List the tables for hunt, or the columns of one
help-schema-table = The table whose columns are listed
help-flavour = xdr (Timestamp) or sentinel (TimeGenerated, AdditionalFields as dynamic)
help-query = The query; - reads it from standard input
help-query-file = Read the query from this file; then every word is a path of evidence
help-hunt-format = table, csv, json, jsonl or markdown
help-hunt-flavour = xdr (Timestamp) or sentinel (TimeGenerated, AdditionalFields as dynamic); told by the query where nothing is said
help-time-limit = Stop the query after so many seconds
help-memory = Memory that the query may use, in MiB; a quarter of the machine where nothing is said
help-etl = List who wrote which events of a trace (ETL), and what it lost
help-traces = Event traces
help-packets = Show statistics of captures, or the packets that pass a display filter
help-statistics = Statistic, repeatable: all, hierarchy, conversations, endpoints, destinations, rtt, ports, lengths, io, dns, http, tls, expert
help-interval = Seconds of an interval of io
help-limit = Show at most so many rows of a list
help-packets-csv = Write CSV
help-follow = Show what both sides of a conversation said
help-filter = Display filter in Wireshark's language; see docs/display-filters.md; with --stat, only what passes counts
help-table = How packets are listed: table, fields, json, jsonl or csv
help-fields = Field to show, repeatable; docs/fields.md lists them
help-count = Stop after so many packets
help-capture = The capture; - is standard input
help-tcp = Number of the TCP stream, as --stat conversations and Wireshark's tcp.stream have it
help-udp = Number of the UDP stream, likewise
help-flow = Community ID of the conversation
help-shape = ascii (text), hex (a dump) or raw (the bytes themselves)
help-compare = Tell what changed from one capture to another: what is new, gone, grew or shrank
help-before = The capture before the change
help-after = The capture after the change
help-compare-case = Ask the case in this folder for programs and names of endpoints; one case can hold the captures and logs of both sides
help-compare-html = Also write everything as a page that opens in any browser
help-write = Write the packets that pass to a pcapng file instead of listing them
help-policy = Show what is against the policy in this file (TOML); see docs/policy.md
help-case-policy = Also find what is against the policy in this file (TOML), with hosts and programs; see docs/policy.md
help-packets-case = Ask the case in this folder for process.name, process.pid, endpoint.name and verdict; --stat conversations shows them, -w writes them, too
help-case-upkeep = Look after a case on disk: what it is made of, checking, merging, taking away, rebuilding, exporting
help-case-info = Show the tables of a case with their rows and sizes, and whether they are up to date
help-case-verify = Read every row of a case and say what is damaged
help-case-compact = Merge small files, and remove those replaced more than an hour ago
help-case-retain = Take old evidence out of a case, as whole pieces; the evidence files stay untouched
help-case-rebuild = Read all evidence of a case again and replace what was read before
help-case-export = Write every hunting table of a case with rows to a file of its own
help-case-folder = The folder of the case
help-retain-days = Take away evidence whose last time is more than so many days ago
help-retain-size = Take away the oldest evidence until the rest has no more mebibytes than this
help-export-folder = The folder to write to; it is made where it is missing
help-export-format = parquet, csv or jsonl
