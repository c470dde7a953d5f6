# Page
report-title = Who talks to whom: { $host }
report-title-hosts = Who talks to whom: { $count } hosts
report-kind = Network investigation report
report-theme = Light / dark
report-print = Print
report-contents = Contents
report-back = Back to the table
report-version = whotalks { $version } · catalogue { $catalogue }
report-grades = Every statement carries a grade and its proof. Observed: one source states it for this very connection. Derived: a unique join of two sources. Inferred: the best of several, or a statistical guess. Unknown: with the reason. A reference such as E2@77391 is opened by "whotalks explain E2@77391".

# Summary
section-summary = Summary
summary-period = { $hosts } in { $files }, { $period }.
summary-no-period = { $hosts } in { $files }; the evidence states no times.
summary-urgent = { $count } { $count ->
        [one] finding needs
       *[other] findings need
    } attention now.
summary-look = { $count } { $count ->
        [one] finding
       *[other] findings
    }, none of them urgent.
summary-none = No detection found anything in what was observed.
summary-endpoints = Of { $total } external endpoints, { $known } are known, { $explained } are explained by program and name, and { $unknown } are unknown or need a look.
summary-blocked = { $connections } were blocked by { $filters }.
tile-findings = Findings
tile-endpoints = External endpoints
tile-unknown = Unknown endpoints
tile-blocked = Blocked connections
tile-volume = Sent / received

# Sections
section-findings = Findings
section-timeline = Traffic over time
section-flow = Programs, names and addresses
section-endpoints = External endpoints
section-details = Each endpoint
section-blocked = Blocked and dropped
section-unknown = What is not known, and how to know it
section-coverage = What was observed
section-clocks = Clocks
section-evidence = Evidence
section-issues = What could not be read

# Findings
finding-meaning = What it means

# Chart
chart-title = Bytes sent and received over time
chart-description = Sent { $sent }, received { $received }; { $blocks } { $blocks ->
        [one] block
       *[other] blocks
    } and { $findings } { $findings ->
        [one] finding
       *[other] findings
    } are marked.
chart-empty = No packets were captured, so there is no traffic to draw.
chart-sent = Sent
chart-received = Received
chart-blocks = Block
chart-findings = Finding (number as in the list above)
chart-bucket = One bar is { $span }
flow-title = Which program talks to which name at which address
flow-description = The width of a band is the number of bytes on a logarithmic scale. { $rows } endpoints are shown.
flow-more = { $count } more are in the table.
flow-no-name = no name seen

# Table
table-filter = Filter the table
table-all = all
table-sort-hint = Select a column title to sort.
table-caption = { $shown } endpoints

# One endpoint
detail-host = Host
detail-protocol = Protocol
detail-name = Real name
detail-other-names = Other names
detail-program = Program
detail-image = Image
detail-conflicts = Other sources name
detail-relays-for = Relays for
detail-traffic = Traffic
detail-period = Period
detail-rtt = Initial round-trip time
detail-decision = Decision
detail-filter = Filter
detail-verdict = Verdict
detail-purpose = What it is for
detail-breaks = What breaks when blocked
detail-turn-off = How to turn it off
detail-timeline = Timeline
detail-unknown = Not known
detail-proof = Proof
detail-limit = The first { $count } endpoints have a page here; the others are in the table, in --csv and in --json.
no-packets = no packets
turn-off-policy = Group policy
turn-off-registry = Registry
turn-off-services = Services
turn-off-mdm = MDM
turn-off-command = Command
turn-off-ui = Settings
turn-off-note = Note

# Blocked
block-connections = Connections
block-event = Event
block-proof = Proof

# Unknown
unknown-command = Command that would tell
unknown-undo = Undo
copy = Copy
copied = Copied
