trace-no-header = this is no event trace, or its header is damaged
trace-system = Windows build { $build }, { $processors ->
    [one] one processor
   *[other] { $processors } processors
}
trace-session = session { $session }, written to { $file }
trace-events = { $events ->
    [one] one event
   *[other] { $events } events
} in { $buffers ->
    [one] one buffer
   *[other] { $buffers } buffers
}
trace-lost = lost: events { $events }, buffers { $buffers }
trace-unclosed = the trace was not closed, so that its header does not count what was lost
trace-wrapped = the file wrapped around: older events were overwritten
trace-one-of-several = one of several files of its session
trace-packets = { $packets ->
    [one] one packet
   *[other] { $packets } packets
}, further appearances { $folded }, dropped by the packet monitor's account { $dropped }
trace-no-packets = no packets
trace-uncounted = { $count } events of more kinds than are told apart
trace-unknown-provider = unknown provider
trace-by-template = fields known
trace-by-itself = describes itself
trace-by-symbols = needs the program's symbols (WPP)
trace-by-nobody = fields not known
