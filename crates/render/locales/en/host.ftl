# Left column of the overview
label-bundle = Bundle
label-settings = Settings

# Support bundles
bundle = { $computer }, collected from { $stamp } on (its local time): { $pieces } { $pieces ->
        [one] piece
       *[other] pieces
    } read, { $start } of the start, { $stop } of the stop
bundle-own = { $count } { $count ->
        [one] conversation is a ping
       *[other] conversations are pings
    } of the collector itself and left out
bundle-complete = no expected part is missing
missing-security-log = no Security log: the host's audit cannot tell which program a filter allowed or blocked, nor when processes started and ended
missing-packets = no packets: no bytes, no names inside connections, no connections shorter than the time between two listings
missing-socket-list = no socket listing: connections that no log tells of have no program
missing-process-list = no process listing: numbers of processes that no log tells of have no program, and services no process
missing-addresses = no addresses of the adapters (ipconfig /all): which packets are the host's own has to be concluded from traffic
missing-resolver-cache = no DNS cache: addresses that neither packets nor logs name may stay without a name
missing-filter-dump = no filters: a block may name only the number of its filter
missing-audit-policy = no audit policy: whether the absence of an event means anything cannot be told
missing-defender = no status of Defender: whether network protection blocked or only watched cannot be told
missing-proxy = no proxy settings: whether connections to a proxy were configured cannot be told

# Settings
setting-of-host = { $host }: { $setting }
setting-real-time-on = real-time protection is on
setting-real-time-off = real-time protection is off
setting-network-protection-off = network protection is off: it stops no connection
setting-network-protection-block = network protection blocks
setting-network-protection-audit = network protection only watches (audit mode): it stops no connection
setting-network-protection-other = network protection is in a mode that is not known here ({ $mode })
setting-system-proxy = services and WinHTTP programs use the proxy { $proxy }
setting-system-direct = services and WinHTTP programs use no proxy
setting-user-proxy-on = the user's proxy is { $proxy }
setting-user-proxy-off = the user's proxy { $proxy } is switched off
setting-user-proxy-unstated = the user's proxy is { $proxy }; whether it is switched on is not listed
setting-proxy-script = a script chooses the user's proxy: { $address }
setting-audit-none = { $source } is off: its events cannot be expected, and their absence means nothing
setting-audit-success = { $source } is on for successes only
setting-audit-failure = { $source } is on for failures only
setting-audit-both = { $source } is on
