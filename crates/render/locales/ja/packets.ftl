# Titles of the tables
packets-hierarchy = プロトコル階層
packets-ethernet-conversations = Ethernet の会話
packets-ip-conversations = IP の会話
packets-tcp-conversations = TCP ストリーム
packets-udp-conversations = UDP ストリーム
packets-ethernet-endpoints = Ethernet の端点
packets-ip-endpoints = IP の端点
packets-destinations = 宛先
packets-round-trips = 初期往復時間 (iRTT)
packets-round-trip-percentiles = 初期往復時間のパーセンタイル
packets-round-trip-histogram = 初期往復時間ごとの接続数
packets-ports = ポート
packets-lengths = パケット長
packets-traffic = 通信量の推移
packets-expert = エキスパート情報

# Heads of columns
packets-column-protocol = プロトコル
packets-column-packets = パケット
packets-column-size = バイト
packets-column-packet-share = パケット %
packets-column-size-share = バイト %
packets-column-a = A
packets-column-b = B
packets-column-packets-forth = パケット A→B
packets-column-packets-back = パケット B→A
packets-column-forth = A→B
packets-column-back = B→A
packets-column-start = 開始 (秒)
packets-column-duration = 期間 (秒)
packets-column-stream = 番号
packets-column-application = 内容
packets-column-recognised-by = 判定の根拠
packets-recognised-by-name = { $application }（接続先の名前から判定）
packets-recognised-by-port = { $application }（ポートから推定）
packets-recognised-in-tunnel = { $application }（トンネル内）
packets-column-round-trip = iRTT (ms)
packets-column-retransmissions = 再送
packets-column-address = アドレス
packets-column-packets-sent = 送信パケット
packets-column-packets-received = 受信パケット
packets-column-sent = 送信
packets-column-received = 受信
packets-column-destination = アドレス、プロトコル、ポート
packets-column-rate = 毎ミリ秒
packets-column-share = 割合
packets-column-burst-rate = バースト (毎ミリ秒)
packets-column-burst-start = バースト開始 (秒)
packets-column-client = クライアント
packets-column-server = サーバー
packets-column-server-half = SYN→SYN/ACK (ms)
packets-column-client-half = SYN/ACK→ACK (ms)
packets-column-percentile = パーセンタイル
packets-column-from-time = 以上 (ms)
packets-column-to-time = 未満 (ms)
packets-column-connections = 接続
packets-column-port = ポート
packets-column-streams = ストリーム
packets-column-packets-to = 宛てパケット
packets-column-packets-from = 発パケット
packets-column-to = 宛て
packets-column-from = 発
packets-column-lengths = バイト
packets-column-average = 平均
packets-column-shortest = 最短
packets-column-longest = 最長
packets-column-remark = 所見
packets-column-severity = 重大度
packets-column-first-packet = 最初のパケット

# What is remarkable
remark-malformed = 不正なヘッダー
remark-cut-short = キャプチャで切れたヘッダー
remark-retransmission = TCP 再送
remark-fast-retransmission = TCP 高速再送
remark-spurious-retransmission = TCP 不要な再送
remark-out-of-order = TCP 順序の入れ替わり
remark-lost-segment = 前の TCP セグメントが未捕捉
remark-ack-lost-segment = 未捕捉の TCP セグメントへの ACK
remark-duplicate-ack = TCP 重複 ACK
remark-zero-window = TCP ゼロウィンドウ
remark-zero-window-probe = TCP ゼロウィンドウプローブ
remark-zero-window-probe-ack = TCP ゼロウィンドウプローブへの ACK
remark-window-full = TCP ウィンドウフル
remark-window-update = TCP ウィンドウ更新
remark-keep-alive = TCP キープアライブ
remark-keep-alive-ack = TCP キープアライブへの ACK
remark-reused-ports = TCP ポートの再使用
remark-reset = TCP 接続のリセット
expert-error = エラー
expert-warning = 警告
expert-note = 注意
expert-chat = 通常

# Around the tables
packets-totals = { $packets } · { $size } · { $period }
packets-only-selected = { $packets }のうちフィルター { $filter } に一致するもの
packets-nothing-seen = なし
packets-rows-left-out = … 他 { $count } 行（--limit N、--wide、--json、--csv）
packets-without-handshake = ハンドシェイクが揃わない接続 { $count } 件
packets-list-was-full = 一覧が上限に達したため、{ $count } パケットはどの一覧にもありません
packets-content-unread = 同時に開いているストリームが多すぎたため、内容を読み取れなかった箇所が { $count } 件あります。表示以外の内容が含まれている可能性があります
packets-issue-in = { $path }、{ $place }：{ $issue }
packets-issues-more = ほかに問題 { $count } 件。whotalks evidence で確認できます
packets-trace-without-packets = { $path } にパケットはありませんが、次のイベントがあります: { $providers }。一覧は whotalks etl、解析は whotalks investigate を使ってください

# Lists of packets
packets-column-number = 番号
packets-column-time = 時刻 (秒)
packets-column-source = 送信元
packets-column-target = 宛先
packets-column-length = バイト
packets-column-info = 内容
packets-no-packet-passes = フィルターに一致するパケットはありません

# Following a conversation
follow-turn = { $arrow } パケット { $packet }、{ $time }
follow-missing = [キャプチャに { $size } 欠落]
follow-no-such-conversation = 該当する通信がないか、データがありません

# Comparing two captures
compare-title = 前後の比較
compare-before = 変更前：{ $capture } · { $whole }
compare-after = 変更後：{ $capture } · { $whole }
compare-addresses = アドレス
compare-processes = プログラム
compare-no-case = ケースの指定がないため、プログラムと接続先の名前は不明です。両方の証拠を 1 つのケースに取り込めます：{ $command }
compare-attributed = プログラムが判明している通信は、変更前が { $before_all } 件中 { $before_known } 件、変更後が { $after_all } 件中 { $after_known } 件です。{ $unknown ->
        [0] {""}
       *[other] 未確認のプログラムも、残りの通信に含まれている可能性があります。
    }
packets-column-process = プログラム
packets-column-grade = 確度
packets-grade-observed = 観測
packets-grade-derived = 導出
packets-grade-inferred = 推定
packets-grade-unknown = 不明
compare-pairs = アドレスの組
compare-protocols = プロトコル
compare-ports = 接続先ポート
compare-unchanged = 目立った変化なし { $count } 件
compare-rates = キャプチャの長さが異なるため、1 秒あたりのバイト数で比べています。増減は 2 倍以上の変化です。
compare-column-change = 変化
compare-column-rate-before = 変更前 (B/秒)
compare-column-rate-after = 変更後 (B/秒)
compare-column-factor = 倍率
compare-column-size-before = 変更前バイト
compare-column-size-after = 変更後バイト
compare-column-conversations-before = 変更前の通信数
compare-column-conversations-after = 変更後の通信数
compare-new = 新規
compare-gone = 消滅
compare-grew = 増加
compare-shrank = 減少
compare-not-seen-before = 変更前は未確認
compare-not-seen-after = 変更後は未確認

# What applications said
packets-dns-questions = 問い合わせた名前 (DNS)
packets-dns-outcomes = DNS の応答コード
packets-http-requests = HTTP 要求
packets-http-answers = HTTP 応答
packets-tls-handshakes = サーバー名ごとの TLS ハンドシェイク
packets-column-name = 名前
packets-column-type = 種類
packets-column-count = 件数
packets-column-outcome = 結果
packets-column-host = ホスト
packets-column-method = メソッド
packets-column-status = 状態コード
packets-column-version = 提示された最新版
packets-column-transport = 経由

# Policies
policy-matches = ポリシー違反
policy-summary = ルール { $rules } 件に対し、違反 { $streams } 件
policy-no-match = ポリシー違反はありません（ルール { $rules } 件）
policy-column-title = 内容
policy-column-rule = ルール
policy-severity-high = ▲ 重大
policy-severity-medium = △ 中
policy-severity-low = ▽ 低
policy-severity-info = · 参考
policy-at = { $path }{ $place }：{ $problem }
policy-in-rule = 、ルール { $number }
policy-in-line = 、{ $number } 行目
policy-syntax = 書式の誤り：{ $message }
policy-no-rule = [[rule]] がありません
policy-too-large = ポリシーが上限 { $limit } を超えています
policy-no-criterion = applications、protocols、names、ports、destinations のいずれもありません
policy-application = 「{ $word }」というアプリケーションはありません
policy-protocol = 「{ $word }」というプロトコルはありません
policy-mixed-layers = protocols は applications、names、ports、transport と同じルールに書けません。ルールを分けてください
policy-name = 「{ $text }」はホスト名ではありません
policy-port = 「{ $text }」はポートでもポートの範囲でもありません
policy-network = 「{ $text }」はアドレスでもネットワークでもありません
policy-documentation = 書き方は docs/policy.md、例は examples/policy.toml を参照してください
