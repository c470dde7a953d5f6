# How sure a statement is
grade-observed = 観測
grade-derived = 導出
grade-inferred = 推定
grade-unknown = 不明

# Allowed or blocked
verdict-allowed = 許可
verdict-blocked = 遮断
verdict-dropped-packets = パケット破棄
verdict-passed = 通過
verdict-unknown = 不明

# How bad a finding is
severity-high = 重大
severity-medium = 中
severity-low = 低
severity-info = 参考

# Who opened a conversation
direction-outbound = アウトバウンド
direction-inbound = インバウンド
direction-unknown = 向き不明

# Sources of knowledge
source-packets = パケットキャプチャ
source-connection-audit = 接続の監査（5154〜5159、5031）
source-packet-drop-audit = パケット破棄の監査（5152、5153）
source-process-creation-audit = プロセス作成の監査（4688）
source-process-termination-audit = プロセス終了の監査（4689）
source-filter-policy-audit = フィルターポリシーの監査（5440〜5450、4944〜4958）
source-firewall-log = Windows ファイアウォールのログ（2002〜2011）
source-sysmon-connection = Sysmon 接続（3）
source-sysmon-process-start = Sysmon プロセス開始（1）
source-sysmon-process-end = Sysmon プロセス終了（5）
source-sysmon-dns = Sysmon DNS 照会（22）
source-dns-client-log = DNS クライアント ログ（3006〜3020）
source-socket-list = ソケット一覧（netstat、ss）
source-process-list = プロセス一覧（tasklist）
source-filter-dump = フィルター一覧（netsh wfp）
source-counters = 統計カウンター（netstat -s、-e）
source-resolver-cache = ホストの DNS キャッシュ（ipconfig /displaydns）
source-device-settings = ホストの設定（ipconfig、systeminfo、Defender、プロキシ、監査ポリシー）
source-other-events = その他のイベント
source-trace-sockets = トレースのソケット（ETW）
source-trace-processes = トレースのプロセス（ETW）
source-trace-dns = トレースの名前照会（ETW）
source-trace-requests = トレースの Web 要求（ETW: WinINet、WinHTTP、BITS）
source-firewall-text-log = Windows ファイアウォールのテキストログ（pfirewall.log）
source-network-events = フィルタリング プラットフォームのネットワークイベント（netsh wfp show netevents）
source-network-protection = Defender のネットワーク保護（1125、1126）
source-transfer-log = 転送サービスのログ（BITS 3、59〜61）
source-packet-processes = macOS がパケットに付けるプロセス情報（PKTAP、pcapng）

# What each source cannot see
blind-packets = プログラム、ループバック通信、キャプチャフィルターで除かれたものは見えません
blind-connection-audit = バイト数、名前、接続の長さは見えません
blind-packet-drop-audit = なぜ不要なパケットと判断されたかは見えません
blind-process-creation-audit = 開始前から動いていたプロセスや、通信したかどうかは見えません
blind-process-termination-audit = ログの終わりより後に終了したプロセスは見えません
blind-filter-policy-audit = 記録中に変更されなかったフィルターは見えません
blind-firewall-log = 接続は見えません。規則と設定の変更だけです
blind-sysmon-connection = 構成で除外された接続と、遮断された接続は見えません
blind-sysmon-process-start = 開始前から動いていたプロセスは見えません
blind-sysmon-process-end = ログの終わりより後に終了したプロセスは見えません
blind-sysmon-dns = Windows のリゾルバーを通らない照会（ブラウザーの DNS over HTTPS など）は見えません
blind-dns-client-log = Windows のリゾルバーを通らない照会（ブラウザーの DNS over HTTPS など）は見えません
blind-socket-list = ある一瞬だけを写します。短い接続は写りません
blind-process-list = ある一瞬だけを写します。終了済みのプロセスは写りません
blind-filter-dump = ある一瞬だけを写します。フィルター番号は再起動とポリシー変更で変わります
blind-counters = 合計だけで、個々の接続は見えません
blind-resolver-cache = ある時点の内容だけです。ホストが名前解決したことを示し、接続したことは示しません。独自に名前解決するプログラムの分も見えません
blind-device-settings = ある時点の設定だけで、その前後の設定は見えません
blind-other-events = 件数だけを数え、判断には使っていません
blind-trace-sockets = セッションで有効にしなかったものと、開始前の出来事は見えません
blind-trace-processes = 開始前に終了したプロセスは見えません
blind-trace-dns = Windows のリゾルバーを通らない照会（ブラウザーの DNS over HTTPS など）は見えません
blind-trace-requests = ブラウザーなど独自の HTTP ライブラリを使うプログラムは見えません。サービスが代わりに取得したものの依頼元は、イベントに書かれている場合だけ分かります
blind-firewall-text-log = どのフィルターや規則が判定したか、および設定で記録対象外のもの（破棄と許可の記録は別々に有効化）は見えません
blind-network-events = 直近のイベントだけで、通常は破棄のみです。プロセス ID は見えません
blind-network-protection = ブロックまたは監査された接続だけで、ポート、プロセス ID、判定の理由、Edge 内で SmartScreen が止めたものは見えません
blind-transfer-log = アドレス、転送を依頼しないプログラム、および登録イベントが残っていないジョブの依頼元は見えません
blind-packet-processes = カーネル自身が送信または転送するパケットのプロセスは見えません。名前にはパスがなく、15 または 16 バイトで切れます

# How a flow ended
close-finished = 双方が終了
close-client-reset = クライアントがリセット
close-server-reset = サーバーがリセット
close-unanswered = 応答なし
close-idle = 通信が途絶
close-capture-ended = キャプチャ終了時に継続中
close-evicted = メモリ上限のため追跡を中止
close-reused = ポートが次の接続で再利用

# The rule that found a program
rule-exact-event = イベントがこの接続そのものを記録
rule-exact-snapshot = ソケット一覧にこの接続そのものがある
rule-bind = ローカルポートにバインドしていたプログラム
rule-listener = ローカルポートで待ち受けていたプログラム
rule-loopback = 同じ端末の既知プログラムの通信相手
rule-relay = 同じ端末の中継プログラムの呼び出し元
rule-packet-owner = macOS がパケットごとに記録したプログラム
rule-delegation = ソケットの持ち主が代行していると macOS が記録した依頼元
rule-call = その時点でこの相手を呼び出した唯一のプログラム
relays-for = { $programs } の代理

# How a name is known; short, for a table cell
name-connect = プロキシ CONNECT
name-absolute = プロキシ URI
name-socks = SOCKS 宛先
name-proxy-other = プロキシの宛先
name-sni = TLS SNI
name-sni-outer = TLS SNI（ECH の外側かも）
name-quic-sni = QUIC SNI
name-quic-sni-outer = QUIC SNI（ECH の外側かも）
name-host = HTTP Host
name-requested = プログラムの URL
name-request-to-proxy = プログラムの URL（プロキシ経由）
name-stack = ネットワーク スタック
name-asked = プログラムの DNS 照会
name-certificate = サーバー証明書
name-dns = DNS
name-dns-shared = DNS（複数名）
name-resolver-cache = ホストの DNS キャッシュ
name-dns-expired = DNS（期限切れ）
name-capture-table = キャプチャの名前表
name-host-resolution = 端末での逆引き
name-unseen = 名前なし

# How the name of a filter was found
match-same-boot = 番号で特定（同じ起動中）
match-event = 番号で特定（イベント）
match-maybe-renumbered = 番号で照合（その後に振り直された可能性あり）
match-rule = 由来の規則の識別子による
match-conditions = 由来と条件で特定（番号は古い）
match-not-found = 名前は見つからず

# What a filter does
action-block = 遮断
action-permit = 許可
action-callout-terminating = コールアウト（確定）
action-callout-inspection = コールアウト（検査）
action-callout-unknown = コールアウト
action-continue = 次へ
action-unknown = 動作の記載なし

# Whether evidence was read
status-read = 読取り済み
status-read-in-part = 一部のみ読取り
status-not-understood = 未読
status-failed = 開けません
status-container = アーカイブ
status-duplicate = { $of } と同じ内容

# What is missing
aspect-program = プログラム
aspect-program-name = プログラム名
aspect-service = サービス
aspect-name = 名前
aspect-decision = 許可／遮断
aspect-filter = フィルター

# Connection events
event-application-blocked = アプリケーションの待受けを拒否（5031）
event-flood-detected = DoS 攻撃を検出（5148）
event-flood-subsided = DoS 攻撃が収束（5149）
event-frame-blocked = フレームを遮断（5150、5151）
event-packet-blocked = パケットを破棄（5152）
event-packet-blocked-by-more-restrictive-filter = より厳しいフィルターがパケットを破棄（5153）
event-listen-permitted = 待受けを許可（5154）
event-listen-blocked = 待受けを遮断（5155）
event-connection-permitted = 接続を許可（5156）
event-connection-blocked = 接続を遮断（5157）
event-bind-permitted = バインドを許可（5158）
event-bind-blocked = バインドを遮断（5159）
event-sysmon-connection = Sysmon が接続を記録（3）
event-trace-requested = トレース内の接続要求
event-trace-connected = トレース内で確立した接続
event-trace-accepted = トレース内で受け入れた接続
event-trace-failed = トレース内で失敗した接続
event-trace-used = トレース内のソケット通信
event-trace-closed = トレース内で閉じた接続
event-trace-bound = トレース内のソケットのバインド
event-trace-named = トレース内の名前による接続
event-firewall-allowed = 接続の許可（pfirewall.log）
event-firewall-blocked = 接続のブロック（pfirewall.log）
event-firewall-dropped = パケットの破棄（pfirewall.log）
event-network-event-allowed = 接続の許可（WFP ネットワークイベント）
event-network-event-blocked = 接続のブロック（WFP ネットワークイベント）
event-network-event-dropped = パケットの破棄（WFP ネットワークイベント）

# What happened at an endpoint
moment-process-start = プロセス開始：{ $image }
moment-name-seen = 名前を確認：{ $name }
moment-connect = ポート { $port } から接続
moment-connect-bytes = ポート { $port } から接続、{ $bytes }
moment-block = 遮断
moment-close = 切断
moment-process-end = プロセス終了

# Marks on the timeline
mark-block = 接続の遮断
mark-finding = 検出事項

# Whether an endpoint is explained
explanation-known = 既知
explanation-unexpected = 既知だが想定外のプログラム
explanation-explained = 説明可能
explanation-unknown = 不明
explanation-suspicious = 不明・要注意

# Unknown programs, services and hosts
program-unknown = 不明なプログラム
program-pid-only = PID { $pid }（名前は不明）
host-unknown = 不明な端末
pid = PID { $pid }
pids = PID { $pids }
conflict = 矛盾あり

# Units in issues
unit-packet = パケット
unit-event = イベント
unit-record = レコード
unit-chunk = チャンク
unit-line = 行
unit-block = ブロック
unit-flow = フロー
