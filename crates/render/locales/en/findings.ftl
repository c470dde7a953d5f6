# Titles
title-syn-sweep = Sweep
title-port-scan = Port scan
title-look-alike-name = Look-alike program name
title-wrong-path = System program in the wrong folder
title-listener-burst = Burst of listeners
title-beacon = Beacon
title-unexpected-program = Unexpected program at a known endpoint
title-sources-disagree = Sources disagree
title-name-mismatch = Names do not match
title-log-cleared = Log cleared
title-protection-off = Protection off
title-network-protection-audited = Network protection would have blocked
title-network-protection-blocked = Blocked by network protection
title-lateral-connection = Connection between observed hosts
title-policy-violation = Against the policy

# Sentences
syn-sweep = { $host } sweeps { $scope }: { $program } sent SYN to { $targets } on { $ports } within { $duration }; { $answers }
syn-sweep-targets = { $count } { $count ->
        [one] address
       *[other] addresses
    }
syn-sweep-scope-many = many addresses
syn-sweep-answered = { $count } answered
syn-sweep-none-answered = none answered
syn-sweep-answers-unseen = this source cannot show answers
port-scan = { $caller } scans { $target }: { $program } sent SYN to { $ports } { $ports ->
        [one] port
       *[other] ports
    } within { $duration }; { $answers }
look-alike-name = { $program } imitates the name { $imitates } and runs from { $image }
look-alike-name-parent = { $program } imitates the name { $imitates } and runs from { $image }, started by { $parent }
wrong-path = { $program } runs from { $image }; the real one lives in { $expected }
listener-burst = { $program } opened { $ports } listening { $ports ->
        [one] port
       *[other] ports
    } within { $duration }
listener-burst-listing = { $program } holds { $ports } listening { $ports ->
        [one] port
       *[other] ports
    } in one listing
beacon = { $program } calls { $remote } every { $interval } ± { $jitter }, { $calls } { $calls ->
        [one] call
       *[other] calls
    } (beacon score { $score })
unexpected-program = { $program } talks to { $name }, where only { $expected } is expected
unexpected-program-unlisted = { $program } talks to { $name }, where it is not expected
sources-disagree = sources name different programs for { $remote }: { $programs }
name-mismatch = { $remote } was asked for as { $asked }, but TLS names { $shown }
log-cleared = a log on { $host } was cleared; absence before that moment proves nothing
protection-off = real-time protection of Defender was off on { $host } when its status was listed
network-protection-audited = network protection of Defender would have blocked { $program } on { $host } from { $destinations }, and in audit mode let it pass ({ $events } { $events ->
        [one] event
       *[other] events
    })
network-protection-blocked = network protection of Defender blocked { $program } on { $host } from { $destinations } ({ $events } { $events ->
        [one] event
       *[other] events
    })
network-protection-user = { $program } of { $user }
lateral-connection = { $host } connects to { $other } ({ $address }), another host in this evidence
policy-violation = rule { $rule } "{ $title }" is violated: { $conversations } { $conversations ->
        [one] conversation
       *[other] conversations
    } of { $program } on { $host } with { $remote }{ $blocked ->
        [0] {""}
       *[other] , { $blocked } of them blocked
    }
policy-program = { $program }, { $grade },
policy-far-end = { $names } ({ $remote })
policy-applied = Policy: { $violated } of { $rules } rules violated
policy-not-in-case = rule { $rule } "{ $title }" is not judged for { $protocols }, because a case keeps neither link layers nor tunnels: whotalks packets PATH… --policy FILE
policy-no-content = rule { $rule } "{ $title }" is not judged for { $conversations } { $conversations ->
        [one] conversation
       *[other] conversations
    } without packets, because only these show what is carried
policy-no-name = rule { $rule } "{ $title }" is not judged for { $conversations } { $conversations ->
        [one] conversation
       *[other] conversations
    }, because no name of the far end is known

# What it means and what to do, for the report
advice-syn-sweep = A program that calls many neighbours looks for other machines to reach. Scanners of the help desk do this on purpose; nothing else should. Isolate the host, then look at the program.
advice-port-scan = Many ports of one address are tried to find a way in. Scanners of the help desk do this on purpose. From the Internet it is ordinary; look at the ports that answered. From a host of your own, isolate it and look at the program.
advice-look-alike-name = A name one letter away from a system program is chosen to be overlooked. Keep the file and its hash before anything deletes it.
advice-wrong-path = A system program's name outside its own folder is either a copy made by another product or a disguise. Check the file's signature.
advice-listener-burst = Many new listeners in a short time are unusual for a workstation. Check what the program serves and to whom.
advice-beacon = Calls at a steady interval come from updaters and monitoring agents, and from malware that asks for orders. Name and owner of the far end decide.
advice-unexpected-program = A program at an endpoint that belongs to another one may tunnel through a trusted name, or be a tool that reuses it. Check what it is.
advice-sources-disagree = Two sources cannot both be right. Until one is explained, treat the program as not known.
advice-name-mismatch = A shown name that differs from the asked one can hide the real destination (domain fronting). Some delivery networks do it on purpose.
advice-log-cleared = Find out who cleared it and whether a copy was forwarded elsewhere.
advice-protection-off = Ask who switched it off and when (event 5001 in the log of Windows Defender), switch it on again, and scan the host. Where another antivirus product has taken over, it is meant to be off.
advice-network-protection-audited = Nothing was stopped. Look at what the program did with the destination afterwards, and whether block mode is meant to be on (Set-MpPreference -EnableNetworkProtection Enabled). The event does not say why the destination is judged so: a reputation, or a rule of your own.
advice-network-protection-blocked = Something on the host asked for a destination with a bad reputation, or one that your own indicators or filters forbid; which of them, the event does not say. Find out what made the program ask. A connection that a capture shows beside it is no contradiction: the block comes after the handshake.
advice-lateral-connection = Expected between clients and servers; between workstations it is worth a look.
advice-policy-violation = A rule of your own policy forbids it. The references open the packets and events behind it; stop it, or correct the rule.
