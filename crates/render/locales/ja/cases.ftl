# ケースの内容
case-made = 証拠のバッチ { $batches } 件、コミット { $commits } 件
case-format = 形式 { $format }
case-retired = 保存期間の整理により { $count } 件のバッチを削除済み。その範囲については何も言えません
case-table = テーブル
case-files = ファイル数
case-rows = 行数
case-bytes = サイズ
case-stage-observed = 観測
case-stage-derived = 導出
case-stage-hunting = ハンティング用
case-concluded = 導出結果は最新です
case-not-concluded = 導出結果は最新ではありません (次に回答するときに更新します)
case-hunting-ready = ハンティング用テーブルは最新です
case-hunting-not-ready = ハンティング用テーブルは最新ではありません (次のクエリで作成します)
case-needless = 置き換え済みのファイル { $files } 個は、読み取り中の利用者のため 1 時間残します。その後は whotalks case compact で削除されます
case-behind = 書き込みの強制終了により、{ $tables } 個のテーブルの Delta ログが遅れています (次の書き込み時に追いつきます)
case-writer = { $program } が書き込み中です (プロセス { $process }、{ $since } から)

# 検査
case-whole = ケースに問題はありません (ファイル { $files } 個、{ $rows } 行をすべて読み取りました)
case-faulty = ファイル { $files } 個を検査し、{ $faults } 件の問題が見つかりました
case-fault-changed = { $path } は { $found } バイトです (コミット時は { $committed } バイト)。切り詰め、変更、または削除されています
case-fault-damaged = { $reason }
case-fault-rows = { $path } は { $found } 行です (コミット時は { $committed } 行)
case-fault-stray = { $path } はどのコミットにも属していません (次の書き込み時に削除されます)
case-fault-behind = { $path } の Delta ログが遅れています (次の書き込み時に追いつきます)
case-advice-rebuild = whotalks case rebuild で証拠を読み直すと、破損した部分を置き換えられます

# 整理
case-compacted = { $before } 個のファイル ({ $old_size }) を { $after } 個 ({ $new_size }) にまとめました
case-nothing-to-compact = まとめる小さなファイルはありません
case-removed = 置き換え済みのファイル { $files } 個を削除しました ({ $size })
case-overtaken = 同じファイルがほかの処理で同時に変更されたため、何も行いませんでした。もう一度実行してください
case-taken-away = 証拠 { $count } 件をケースから除きました ({ $size })。証拠ファイル自体はそのままです
case-nothing-taken-away = 条件に当たる古い証拠や大きすぎる証拠はありません
case-undated = 時刻を含まない証拠が { $count } 件あります (古さだけでは除かれません)
case-rebuilt = 証拠を読み直しました ({ $pieces } 件中 { $read } 件を読み取り)。証拠番号が付け直されたため、参照 (E1@…) は新しい回答のものを使ってください
case-exported = ファイルを { $files } 個書き出しました ({ $size })
case-nothing-to-export = 行のあるテーブルがありません
