# Why something is not known
reason-not-collected = { $source }が収集されていません
reason-began-later = { $source }は { $time } からしかありません
reason-ended-earlier = { $source }は { $time } までしかありません
reason-ring-overwritten = { $source }はリング形式で、{ $time } より前は上書き済みです
reason-events-lost = { $source }で { $count } 件の欠落が記録されています
reason-ambiguous = { $count } 個の候補が同程度に当てはまります：{ $candidates }
reason-clocks-not-aligned = 2 つの証拠の時計を合わせられず、時刻では結び付けられません
reason-one-direction-only = 片方向しかキャプチャされていません
reason-snapped-too-short = パケットが途中で切られ、必要な部分が残っていません
reason-encrypted-client-hello = 名前が暗号化されています（ECH）。見えるのは外側の名前だけです
reason-encrypted-dns = 暗号化 DNS で照会されています
reason-quic-initial-missing = サーバー名を含む QUIC Initial がキャプチャされていません
reason-process-ended = PID { $pid } は名前を読む前に終了しました
reason-behind-proxy = { $proxy }（プロキシまたは NAT）の先にあり、そのログがありません
reason-host-not-observed = その側の端末は観測されていません
reason-not-in-source = { $source }はその時刻を含みますが、該当する記録がありません
reason-not-audited = 監査ポリシーによると、このホストは{ $source }を記録しない設定です
reason-successes-not-audited = 監査ポリシーによると、このホストは{ $source }のうち失敗（拒否されたもの）だけを記録する設定です
reason-failures-not-audited = 監査ポリシーによると、このホストは{ $source }のうち成功（許可されたもの）だけを記録する設定です
reason-filter-ids-renumbered = フィルター一覧が再起動またはポリシー変更の後に取得されており、フィルター番号が振り直されている可能性があります
reason-no-filter-recorded = イベントのフィルター番号が 0 で、Windows が記録していません

# What is not known, as a sentence with its reason
unknown-program = プログラムは不明です：{ $reason }。
unknown-program-name = プログラム名は不明で、PID だけが分かっています：{ $reason }。
unknown-service = 共有プロセス内のどのサービスかは不明です：{ $reason }。
unknown-name = 本当の名前は不明です：{ $reason }。
unknown-decision = 許可されたか遮断されたかは不明です：{ $reason }。
unknown-filter = どのフィルターが判定したかは不明です：{ $reason }。

# The same for many conversations
unknown-example = { $conversations }（例：{ $example }）
remedy-collect = 取得方法
remedy-undo = 元に戻す

# What could not be read
issue-truncated = { $place }：{ $field } の途中で終わっています（必要 { $needed }、残り { $available }）。それ以前は読み取りました
issue-malformed = { $place }：{ $field } が仕様に反するため（{ $found }）、読み飛ばしました
issue-unsupported = { $place }：{ $field } は正しい形式ですが未対応です（{ $found }）
issue-skipped = { $place }：壊れた{ $unit } { $count } 個を読み飛ばしました
issue-lost = { $place }：保存前に{ $unit } { $count } 個が失われたと記録されています
issue-bound-reached = { $place }：上限 { $bound }（{ $limit }）に達し、{ $count } 個を捨てました
issue-io = { $place }：OS がデータを読み出せませんでした（{ $message }）
