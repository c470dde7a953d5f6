# Left column of the overview
label-evidence = 証拠
label-clocks = 時計
label-findings = 検出事項
label-endpoints = 外部の通信先
label-blocked = 遮断
label-unknown = 不明
label-next = 次の一手

# Evidence
time-unknown = 時刻不明
not-read = 未読：{ $files }
not-read-file = { $path }（{ $format } らしい）
evidence-issues = 問題 { $count } 件
overwritten-before = { $time } より前は上書き済み

# Clocks
clock-ahead = { $source } は { $reference } より { $offset }進んでいます（±{ $spread }、{ $pairs }）。補正済み
clock-behind = { $source } は { $reference } より { $offset }遅れています（±{ $spread }、{ $pairs }）。補正済み
clock-not-aligned = { $source } は { $reference } と時計を合わせられません（{ $pairs }）。幅を持たせて比較しています
clock-pairs = { $count } 組
clock-drift = 1 時間あたり { $drift }のずれ

# Findings
no-findings = 観測した範囲では、検出項目に当てはまるものはありません

# Endpoints
endpoints-known = 既知 { $count }
endpoints-unexpected = 既知だが想定外のプログラム { $count }
endpoints-explained = 説明可能 { $count }
endpoints-unknown = 不明 { $count }
endpoints-omitted = ほか { $count } 件は省略
no-endpoints = 見つかりません
column-host = 端末
column-address = アドレス
column-name = 本当の名前
column-how = 根拠
column-program = プログラム（サービス）
column-sent = 送信
column-received = 受信
column-decision = 判定
column-filter = フィルター
column-explanation = 評価
column-count = 件数
column-first = 最初
column-last = 最後
can-be-turned-off = 停止可

# Blocked and dropped
blocked-summary = { $connections }、{ $filters }
dropped-summary = 遮断ではない破棄 { $packets }
drop-late-segments = { $flows }の { $packets }：終了した接続の遅延セグメントで、遮断ではありません
drop-other = { $flows }の { $packets }：接続の可否とは別に破棄されました
no-blocks = 遮断の記録はありません
no-blocks-unobserved = 判断できません：この証拠には接続の監査がありません
block-from = { $program } ← { $remote }
block-to = { $program } → { $remote }
block-local = { $program }（バインドまたは待受け）
times = ×{ $count }

# Unknown
no-unknowns = ほかの証拠で補えるものはありません

# More
more = … 他 { $count } 件（--wide、--html FILE、--json）
citations-more = +{ $count }

# Next
next-ask = whotalks ask { $subject }

# Manifest
column-reference = 番号
column-file = ファイル
column-format = 形式
column-size = サイズ
column-status = 状態
column-covers = 期間
column-units = 件数
column-source = 種類
column-cannot-see = 見えないもの
no-evidence = 証拠がありません
