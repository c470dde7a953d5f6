# Who talks to whom
talks = { $host } の { $program } が { $remote } と通信しています（{ $detail }）。
talks-called = { $host } の { $program } が { $remote } から接続を受けています（{ $detail }）。
program-parent = 親 { $parent }
service-one-of = { $services } のいずれか
service-one-of-many = 候補 { $count } 個

# The process
process-image = 実行ファイルは { $image } です。
process-image-unknown = 実行ファイルは分かっていません。
process-started-ended = { $started } に開始し、{ $ended } に終了しました。
process-started = { $started } に開始しました。終了は記録されていません。
process-ended = { $ended } に終了しました。開始は記録されていません。
process-command-line = コマンドライン：{ $command }

# How much, and when
volume = 送信 { $sent }、受信 { $received }（{ $period }）。
volume-unknown = パケットがないため転送量は不明です（{ $period }）。

# The real name
name-is = 本当の名前は { $name } です（{ $how }）。
other-names = ほかの名前（優劣は付けられません）：{ $names }。

# Allowed or blocked
decision-allowed = { $filter }により許可されました（{ $events }）。
decision-allowed-unnamed = 許可されました。判定したフィルターは不明です（{ $events }）。
decision-blocked = { $filter }により遮断されました（{ $events }）。
decision-blocked-unnamed = 遮断されました。判定したフィルターは不明です（{ $events }）。
decision-dropped = 接続の可否とは別に、パケットだけが破棄されました（{ $events }）。
decision-passed = 可否の記録はありませんが、双方向の通信があるため通過しています。
decision-unknown = 許可されたか遮断されたかは不明です。
filter = フィルター { $id }「{ $name }」
filter-unnamed = 名前不明のフィルター { $id }
filter-layer = 層 { $layer }
filter-origin = 由来 { $origin }

# The catalogue
known = { $owner } の既知の宛先です：{ $purpose }。
known-breaks = 遮断した場合の影響：{ $breaks }。
known-turn-off = 停止できます：{ $ways }。
known-no-turn-off = 停止方法はカタログにありません。
not-in-catalogue = カタログ（{ $version } 版）にはありません。

# Findings, conflicts, absence
finding = { $title }：{ $sentence }。
conflict-program = 別の証拠は { $program } を示しています。両方が正しいことはあり得ません。
also-named = この通信の別のパケットには { $program } と記録されています。ソケットが引き継がれた可能性があります。
relays-for-one = これは端末内の中継プログラムで、{ $program } に代わって接続しています。
relays-for-one-of = これは端末内の中継プログラムです。同時に呼び出したプログラムが複数あるため、どれの代わりに接続したかは決められません：{ $programs }。
acts-for-one = これは { $program } に代わって通信しています（macOS がソケットについて記録）。
acts-for-one-of = これは 1 つの接続で複数のプログラムに代わって通信しています（macOS がソケットについて記録）：{ $programs }。
no-other-host = 観測した他の端末に、これと通信したものはありません（観測範囲：{ $coverage }）。
nothing-found = 証拠の中に { $subject } に当てはまるものはありません（観測範囲：{ $coverage }）。
empty-answer = { $subject } については何も言えません。
