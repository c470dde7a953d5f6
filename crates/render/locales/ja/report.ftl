# Page
report-title = 通信の調査結果：{ $host }
report-title-hosts = 通信の調査結果：端末 { $count } 台
report-kind = 通信調査レポート
report-theme = 明 / 暗
report-print = 印刷
report-contents = 目次
report-back = 一覧へ戻る
report-version = whotalks { $version } ・ カタログ { $catalogue }
report-grades = すべての記述に確度と根拠が付いています。観測：一つの証拠がその接続そのものを記録。導出：二つの証拠が一意に結び付く。推定：複数候補のうち最良、または統計的な推測。不明：理由を明記。E2@77391 のような参照は「whotalks explain E2@77391」で元の記録を表示できます。

# Summary
section-summary = 要約
summary-period = { $files }、{ $hosts }、{ $period }。
summary-no-period = { $files }、{ $hosts }。証拠に時刻の記録がありません。
summary-urgent = 至急の確認が必要な検出事項が { $count } 件あります。
summary-look = 検出事項が { $count } 件あります。至急のものはありません。
summary-none = 観測した範囲では、検出項目に当てはまるものはありません。
summary-endpoints = 外部の通信先 { $total } 件のうち、既知が { $known } 件、プログラムと名前で説明できるものが { $explained } 件、不明または要確認が { $unknown } 件です。
summary-blocked = { $filters }により{ $connections }が遮断されました。
tile-findings = 検出事項
tile-endpoints = 外部の通信先
tile-unknown = 不明な通信先
tile-blocked = 遮断した接続
tile-volume = 送信 / 受信

# Sections
section-findings = 検出事項
section-timeline = 通信量の推移
section-flow = プログラム・名前・アドレス
section-endpoints = 外部の通信先
section-details = 通信先ごとの詳細
section-blocked = 遮断と破棄
section-unknown = 分かっていないことと、その調べ方
section-coverage = 観測した範囲
section-clocks = 時計
section-evidence = 証拠
section-issues = 読み取れなかったもの

# Findings
finding-meaning = 意味と対応

# Chart
chart-title = 時間ごとの送受信バイト数
chart-description = 送信 { $sent }、受信 { $received }。遮断 { $blocks } 件、検出事項 { $findings } 件を表示。
chart-empty = パケットがないため、通信量は描けません。
chart-sent = 送信
chart-received = 受信
chart-blocks = 遮断
chart-findings = 検出事項（番号は上の一覧）
chart-bucket = 棒 1 本は { $span }
flow-title = どのプログラムが、どの名前の、どのアドレスと通信しているか
flow-description = 帯の太さはバイト数（対数）です。{ $rows } 件を表示しています。
flow-more = ほか { $count } 件は一覧にあります。
flow-no-name = 名前なし

# Table
table-filter = 一覧を絞り込む
table-all = すべて
table-sort-hint = 列見出しを選ぶと並べ替えます。
table-caption = 通信先 { $shown } 件

# One endpoint
detail-host = 端末
detail-protocol = プロトコル
detail-name = 本当の名前
detail-other-names = ほかの名前
detail-program = プログラム
detail-image = 実行ファイル
detail-conflicts = 別の証拠が示すもの
detail-relays-for = 中継元のプログラム
detail-traffic = 通信量
detail-period = 期間
detail-rtt = 初期往復時間
detail-decision = 判定
detail-filter = フィルター
detail-verdict = 評価
detail-purpose = 用途
detail-breaks = 遮断した場合の影響
detail-turn-off = 停止方法
detail-timeline = 経過
detail-unknown = 不明な点
detail-proof = 根拠
detail-limit = 詳細は上位 { $count } 件までです。残りは一覧、--csv、--json にあります。
no-packets = パケットなし
turn-off-policy = グループポリシー
turn-off-registry = レジストリ
turn-off-services = サービス
turn-off-mdm = MDM
turn-off-command = コマンド
turn-off-ui = 設定画面
turn-off-note = 注意

# Blocked
block-connections = 接続数
block-event = イベント
block-proof = 根拠

# Unknown
unknown-command = 調べるコマンド
unknown-undo = 元に戻すコマンド
copy = コピー
copied = コピーしました
