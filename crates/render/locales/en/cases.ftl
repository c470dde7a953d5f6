# What a case is made of
case-made = { $batches ->
    [one] one batch of evidence
   *[other] { $batches } batches of evidence
}, { $commits ->
    [one] one commit
   *[other] { $commits } commits
}
case-format = format { $format }
case-retired = { $count ->
    [one] one batch was
   *[other] { $count } batches were
} taken away by retention; nothing can be said about what they covered
case-table = Table
case-files = Files
case-rows = Rows
case-bytes = Size
case-stage-observed = observed
case-stage-derived = concluded
case-stage-hunting = for hunting
case-concluded = conclusions are up to date
case-not-concluded = conclusions are out of date; the next answer writes them
case-hunting-ready = hunting tables are up to date
case-hunting-not-ready = hunting tables are out of date; the next query makes them
case-needless = { $files ->
    [one] one replaced file stays
   *[other] { $files } replaced files stay
} for an hour, for whoever may still read them; whotalks case compact removes them after that
case-behind = the Delta log of { $tables ->
    [one] one table
   *[other] { $tables } tables
} is behind, because a writer was killed; the next writer brings it up to date
case-writer = being written by { $program } (process { $process }, since { $since })

# Checking
case-whole = the case is whole: { $files ->
    [one] one file
   *[other] { $files } files
}, { $rows ->
    [one] one row
   *[other] { $rows } rows
}, all of them read
case-faulty = { $faults ->
    [one] one fault
   *[other] { $faults } faults
} in { $files ->
    [one] one file
   *[other] { $files } files
}
case-fault-changed = { $path } has { $found } bytes where { $committed } were committed: it was cut, changed or removed
case-fault-damaged = { $reason }
case-fault-rows = { $path } has { $found } rows where { $committed } were committed
case-fault-stray = { $path } belongs to no commit; the next writer removes it
case-fault-behind = the Delta log of { $path } is behind; the next writer brings it up to date
case-advice-rebuild = whotalks case rebuild reads the evidence again and replaces what is damaged

# Keeping in order
case-compacted = { $before } files ({ $old_size }) merged into { $after } ({ $new_size })
case-nothing-to-compact = there are no small files to merge
case-removed = { $files ->
    [one] one replaced file
   *[other] { $files } replaced files
} removed ({ $size })
case-overtaken = somebody else changed the same files at the same moment, so nothing was done; run it again
case-taken-away = { $count ->
    [one] one piece of evidence
   *[other] { $count } pieces of evidence
} taken out of the case ({ $size }); the evidence files themselves are untouched
case-nothing-taken-away = nothing is old or large enough to be taken away
case-undated = { $count ->
    [one] one piece holds
   *[other] { $count } pieces hold
} no times and is never too old by itself
case-rebuilt = the evidence was read again: { $read } of { $pieces ->
    [one] one piece
   *[other] { $pieces } pieces
} read; pieces are numbered anew, so take references (E1@…) from new answers
case-exported = { $files ->
    [one] one file
   *[other] { $files } files
} written ({ $size })
case-nothing-to-export = no table of the case has rows
