# Why something is not known
reason-not-collected = the evidence has no { $source }
reason-began-later = there is no { $source } before { $time }
reason-ended-earlier = there is no { $source } after { $time }
reason-ring-overwritten = { $source } before { $time } had been overwritten (a ring log)
reason-events-lost = { $count } { $count ->
        [one] unit
       *[other] units
    } lost in { $source }, as the source itself says
reason-ambiguous = { $count } candidates fit equally well: { $candidates }
reason-clocks-not-aligned = the clocks of two sources could not be aligned, so times do not join them
reason-one-direction-only = only one direction was captured
reason-snapped-too-short = the packets were cut before the needed bytes
reason-encrypted-client-hello = the name travelled encrypted (ECH); only an outer name is visible
reason-encrypted-dns = the names were asked over encrypted DNS
reason-quic-initial-missing = no QUIC Initial with a server name was captured
reason-process-ended = process { $pid } had ended before its name was read
reason-behind-proxy = it lies behind { $proxy }, a proxy or NAT whose log is not here
reason-host-not-observed = the host at that end was not observed
reason-not-in-source = nothing about it in { $source }, although that time is covered
reason-not-audited = the host is set not to write { $source }, as its audit policy says
reason-successes-not-audited = of { $source } the host is set to write only what was refused, as its audit policy says
reason-failures-not-audited = of { $source } the host is set to write only what was let through, as its audit policy says
reason-filter-ids-renumbered = the filter list was taken after a restart or a policy change, and Windows gives out filter numbers anew then
reason-no-filter-recorded = the event states filter 0: Windows recorded none

# What is not known, as a sentence with its reason
unknown-program = Which program it was is not known: { $reason }.
unknown-program-name = The program's name is not known, only its pid: { $reason }.
unknown-service = Which service in the shared process it was is not known: { $reason }.
unknown-name = Its real name is not known: { $reason }.
unknown-decision = Whether it was allowed or blocked is not known: { $reason }.
unknown-filter = Which filter decided is not known: { $reason }.

# The same for many conversations
unknown-example = { $conversations }, for example { $example }
remedy-collect = collect
remedy-undo = undo

# What could not be read
issue-truncated = { $place }: ends inside { $field } (needs { $needed }, has { $available }); everything before was kept
issue-malformed = { $place }: { $field } contradicts its specification ({ $found }) and was skipped
issue-unsupported = { $place }: { $field } is valid but not supported ({ $found })
issue-skipped = { $place }: { $count } damaged { $unit } skipped
issue-lost = { $place }: the source lost { $count } { $unit } before it was saved
issue-bound-reached = { $place }: the limit { $bound } of { $limit } was reached; { $count } dropped
issue-io = { $place }: the operating system could not deliver the bytes ({ $message })
