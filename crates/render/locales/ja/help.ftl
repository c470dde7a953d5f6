# コマンドラインのヘルプ
help-about = どのプログラムが、どこと、何という名前で通信し、なぜ許可または遮断されたか
help-about-long = パケットキャプチャ、Windows イベントログ、netstat の出力、フィルターの一覧を読み、どの端末のどのプログラムがどのアドレスと通信しているか、その実際の名前、許可されたか遮断されたか、どのフィルターによるかを答えます。すべての記述に根拠が付きます。
help-investigate = 証拠を読み、検出事項、通信先、遮断、不明な点を表示する
help-ask = アドレス、名前、プログラム、プロセス ID についての質問に答える
help-explain = 参照が指すパケット、イベント、行を表示する
help-evidence = 読み取ったもの、読み取れなかったものとその理由を一覧する
help-doctor = このコンピューターで whotalks に何ができるかを表示する
help-completions = シェルの補完スクリプトを出力する
help-man = マニュアルページを出力する
help-paths = ファイル、フォルダー、アーカイブ (zip, gz, zst)。- は標準入力
help-case = このフォルダーにケースを保存する、またはその中のケースを使う
help-html = ブラウザーで開けるレポートも書き出す
help-json = JSON で出力する
help-csv = 通信先を CSV で出力する
help-lang = 言語：en または ja。指定がなければロケールに従う
help-wide = 切り詰めや省略をしない
help-utc-offset = 時刻の表示に使う時差：utc、system、または +09:00 など
help-subject = アドレス (ポートは任意)、名前、プログラムのファイル名、プロセス ID
help-reference = 回答に付いた参照：E1#801 (パケット)、E2@77391 (イベント)、E3:14 (行)、E4/12 (項目)、E5 (全体)
help-shell = bash、elvish、fish、powershell、zsh のいずれか
help-man-folder = コマンドごとのページを書き出すフォルダー。指定がなければ主ページを標準出力へ出す
help-help = ヘルプを表示する
help-version = バージョンを表示する
help-usage = 使い方
help-commands = コマンド
help-arguments = 引数
help-options = オプション
help-exit-codes =
    終了コード：
    { "  " }0  回答した
    { "  " }1  質問に当たるものが証拠にない
    { "  " }2  使い方の誤り、または証拠をまったく読み取れなかった
    { "  " }3  結果を書き込めなかった、または内部エラー

# Packets
help-hunt = Kusto Query Language で証拠を検索する（Microsoft Defender の高度なハンティングと同じ書き方）
help-schema = hunt で使えるテーブル、または一つのテーブルの列を一覧する
help-schema-table = 列を一覧するテーブル
help-flavour = xdr（Timestamp）または sentinel（TimeGenerated、AdditionalFields は dynamic 型）
help-query = クエリ。- と書くと標準入力から読む
help-query-file = このファイルからクエリを読む。このとき引数はすべて証拠のパスになる
help-hunt-format = table、csv、json、jsonl、markdown のいずれか
help-hunt-flavour = xdr（Timestamp）または sentinel（TimeGenerated、AdditionalFields は dynamic 型）。指定がなければクエリから判断する
help-time-limit = この秒数を超えたらクエリを中止する
help-memory = クエリが使ってよいメモリー（MiB）。指定がなければ搭載メモリーの 4 分の 1
help-etl = イベント トレース (ETL) のプロバイダー、イベント数、欠落を一覧する
help-traces = イベント トレース
help-packets = キャプチャの統計、または表示フィルターに一致するパケットを表示する
help-statistics = 統計の種類。繰り返し指定可：all、hierarchy、conversations、endpoints、destinations、rtt、ports、lengths、io、dns、http、tls、expert
help-interval = io の 1 区間の秒数
help-limit = 一覧に表示する最大行数
help-packets-csv = CSV で出力する
help-follow = 通信の両側が送った内容を順に表示する
help-filter = Wireshark の書式の表示フィルター。docs/display-filters.md を参照。--stat では一致したパケットだけを集計する
help-table = 一覧の形式：table、fields、json、jsonl、csv のいずれか
help-fields = 表示するフィールド。繰り返し指定可。一覧は docs/fields.md
help-count = この数のパケットで終える
help-capture = キャプチャ。- は標準入力
help-tcp = TCP ストリームの番号 (--stat conversations や Wireshark の tcp.stream と同じ)
help-udp = UDP ストリームの番号 (同上)
help-flow = 通信の Community ID
help-shape = ascii (テキスト)、hex (ダンプ)、raw (バイト列そのもの) のいずれか
help-compare = 2 つのキャプチャを比べ、新規・消滅・増加・減少を示す
help-before = 変更前のキャプチャ
help-after = 変更後のキャプチャ
help-compare-case = このフォルダーのケースから、プログラムと接続先の名前を補う。変更前後のキャプチャとログは 1 つのケースにまとめられる
help-compare-html = すべてをブラウザーで開けるページにも書き出す
help-write = 一致したパケットを一覧の代わりに pcapng ファイルへ書き出す
help-policy = このファイル (TOML) のポリシーに反する通信を表示する。docs/policy.md を参照
help-case-policy = このファイル (TOML) のポリシーに反する通信も、端末とプログラムとともに示す。docs/policy.md を参照
help-packets-case = このフォルダーのケースから process.name、process.pid、endpoint.name、verdict を補う。--stat conversations にも表示し、-w ではファイルにも書き出す
help-case-upkeep = ディスク上のケースを管理する (内容の表示、検査、ファイルの統合、古い証拠の除去、再構築、書き出し)
help-case-info = ケースのテーブル、行数、サイズ、最新かどうかを表示する
help-case-verify = ケースの全行を読み取り、破損を報告する
help-case-compact = 小さなファイルをまとめ、置き換えから 1 時間を過ぎたファイルを削除する
help-case-retain = 古い証拠を 1 件単位でケースから除く (証拠ファイル自体はそのまま)
help-case-rebuild = ケースの証拠をすべて読み直して置き換える
help-case-export = 行のあるハンティング用テーブルを 1 つずつファイルに書き出す
help-case-folder = ケースのフォルダー
help-retain-days = 最後の時刻がこの日数より前の証拠を除く
help-retain-size = 残りがこのサイズ (MiB) に収まるまで古い証拠から除く
help-export-folder = 書き出し先のフォルダー (なければ作成)
help-export-format = parquet、csv、jsonl のいずれか
