# Left column of the overview
label-evidence = Evidence
label-clocks = Clocks
label-findings = Findings
label-endpoints = External endpoints
label-blocked = Blocked
label-unknown = Unknown
label-next = Next

# Evidence
time-unknown = time not known
not-read = not read: { $files }
not-read-file = { $path } (looks like { $format })
evidence-issues = { $count } { $count ->
        [one] issue
       *[other] issues
    }
overwritten-before = overwritten before { $time }

# Clocks
clock-ahead = { $source } runs { $offset } ahead of { $reference } (±{ $spread }, { $pairs }); corrected
clock-behind = { $source } runs { $offset } behind { $reference } (±{ $spread }, { $pairs }); corrected
clock-not-aligned = { $source } could not be aligned with { $reference } ({ $pairs }); times are compared with wide windows
clock-pairs = { $count } { $count ->
        [one] pair
       *[other] pairs
    }
clock-drift = drift { $drift } per hour

# Findings
no-findings = no detection found anything in what was observed

# Endpoints
endpoints-known = { $count } known
endpoints-unexpected = { $count } known with an unexpected program
endpoints-explained = { $count } explained
endpoints-unknown = { $count } unknown
endpoints-omitted = { $count } more folded away
no-endpoints = none seen
column-host = Host
column-address = Address
column-name = Real name
column-how = how known
column-program = Program (service)
column-sent = Sent
column-received = Recv
column-decision = Decision
column-filter = Filter
column-explanation = Verdict
column-count = Conv.
column-first = First
column-last = Last
can-be-turned-off = can be turned off

# Blocked and dropped
blocked-summary = { $connections } by { $filters }
dropped-summary = { $packets } dropped that were no block
drop-late-segments = { $packets } of { $flows }: late segments of closed connections, no block
drop-other = { $packets } of { $flows } dropped without a decision about a connection
no-blocks = no block was seen
no-blocks-unobserved = not observable: no connection audit and no firewall events in this evidence
block-from = { $program } ← { $remote }
block-to = { $program } → { $remote }
block-local = { $program } (bind or listen)
times = ×{ $count }

# Unknown
no-unknowns = nothing that other evidence could have told

# More
more = … and { $count } more (--wide, --html FILE, --json)
citations-more = +{ $count }

# Next
next-ask = whotalks ask { $subject }

# Manifest
column-reference = No.
column-file = File
column-format = Format
column-size = Size
column-status = Status
column-covers = Covers
column-units = Units
column-source = Source
column-cannot-see = Cannot see
no-evidence = no evidence
