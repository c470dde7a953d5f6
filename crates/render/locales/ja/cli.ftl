# Errors; each says what failed, where, why and what to do
error = エラー：{ $message }
hint = ヒント：{ $message }
error-no-query = クエリが指定されていません
hint-no-query = クエリを引用符で囲んで書くか、ファイルを指定してください：whotalks hunt -f query.kql --case DIR
error-no-such-table = "{ $name }" というテーブルはありません
hint-no-such-table = whotalks schema でテーブルの一覧を表示できます
error-no-path = 証拠が指定されていません
hint-no-path = ファイルかフォルダーを指定してください：whotalks investigate ./evidence
hint-needs-case = process.name、process.pid、endpoint.name、verdict は --case DIR を指定したときだけ値を持ちます。ケースは whotalks investigate 証拠… --case DIR で作成できます
error-not-found = { $path } がありません
hint-not-found = つづりを確認してください。空白を含むパスは引用符で囲みます
error-cannot-open = { $path } を開けません：{ $reason }
error-cannot-write = { $path } に書き込めません：{ $reason }
hint-cannot-write = 別のフォルダーを選ぶか、権限と空き容量を確認してください
error-nothing-readable = { $count } 個のファイルのどれも読み取れませんでした
hint-nothing-readable = whotalks evidence で、各ファイルの種類と読めない理由を確認できます
error-not-a-case = { $path } はケースではありません
hint-not-a-case = ケースは次のコマンドで作るフォルダーです：whotalks investigate PATH --case DIR
error-case-damaged = ケース { $path } を読み取れません：{ $reason }
hint-case-damaged = 証拠ファイルは変更していません。新しいフォルダーへもう一度 whotalks investigate を実行してください
error-case-busy = ケース { $path } は { $writer } が書き込み中です (再構築とほかの書き込みは同時に行えません)
hint-case-busy = 終わるのを待って、もう一度実行してください
error-case-exists = { $path } は空のフォルダーでもケースでもありません
error-no-case = 問い合わせるケースがありません
hint-no-case = 先に whotalks investigate PATH --case DIR を実行し、--case DIR で指定してください
error-not-a-reference = 「{ $text }」は証拠の参照ではありません
hint-not-a-reference = 参照は E<番号> に #パケット、@レコード、:行、/項目 を続けたものです。例：E2@77391
error-no-such-evidence = { $reference } が指す証拠はこのケースにありません
error-no-such-place = { $reference } は証拠の末尾より後を指しています
error-evidence-moved = { $path } は元の場所にありません
error-evidence-changed = { $path } は読み取り時のファイルではありません。SHA-256 が異なります
hint-evidence-moved = 現在のフォルダーを指定するか、元のファイルを戻してください
error-bad-time-zone = 「{ $text }」はタイムゾーンではありません
hint-bad-time-zone = utc、system、または +09:00 のような時差を指定してください
error-bad-language = 「{ $text }」はこのプログラムの言語ではありません
hint-bad-language = en または ja を指定してください
error-usage = { $message }
hint-usage = whotalks --help で全コマンドを表示します
error-interrupted = 利用者が中断しました
error-internal = whotalks 自体の誤りです：{ $message }
hint-internal = 証拠は変更していません。コマンドラインを添えて報告してください

# Progress
progress-opening = { $path } を開いています
progress-reading = { $path } を読んでいます
progress-hashing = { $path } のハッシュを計算しています
progress-correlating = 証拠を突き合わせています
progress-writing = { $path } を書き出しています

# Results
wrote = { $path } を書き出しました（{ $size }）
case-kept = ケースを { $path } に保存しました

# explain
explain-heading = { $reference }（{ $file }）
explain-offset = 位置 { $offset } から { $length } バイト
explain-bytes = バイト列
explain-text = テキスト
explain-fields = 項目
explain-packet = インターフェース { $interface }、リンク種別 { $link_type }
explain-comment = コメント：{ $text }
explain-process = プログラム（macOS がソケットについて記録）：{ $program }
explain-acts-for = 代行の依頼元のプログラム：{ $program }
explain-interface = インターフェース：{ $text }
explain-filter = キャプチャフィルター：{ $text }
explain-filter-form = キャプチャフィルター：形式 { $form }、{ $length } バイト
explain-interface-comment = インターフェースへのコメント：{ $text }
explain-section = 作成元：{ $text }
explain-section-comment = キャプチャへのコメント：{ $text }
explain-cut = { $total } のうち { $shown } だけを表示しています

# doctor
doctor-ok = 正常
doctor-warning = 注意
doctor-failed = 異常
doctor-version = バージョン { $version }
doctor-catalogue = カタログ { $version }、宛先 { $endpoints } 件
doctor-locale = 言語 { $language }、タイムゾーン { $zone }
doctor-terminal = 端末の幅 { $width } 桁
doctor-memory = 使用可能なメモリ { $available }
doctor-temporary = 一時フォルダー { $path }、空き { $free }
doctor-formats = 対応形式 { $formats }
