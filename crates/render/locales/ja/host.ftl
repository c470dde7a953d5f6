# Left column of the overview
label-bundle = 採取一式
label-settings = 設定

# Support bundles
bundle = { $computer }、採取開始 { $stamp }（採取した端末の現地時刻）：読取り { $pieces } 件、うち開始時 { $start } 件、停止時 { $stop } 件
bundle-own = { $count } 件の通信は採取ツール自身の ping なので除外しました
bundle-complete = 必要なものはすべて揃っています
missing-security-log = Security ログがありません：どのプログラムの通信をフィルターが許可または遮断したか、プロセスがいつ開始し終了したかを、端末の監査から確認できません
missing-packets = パケットがありません：通信量と、接続の中で示された名前は分かりません。一覧と一覧の間の短い接続も見えません
missing-socket-list = ソケットの一覧がありません：ログに記録のない接続は、プログラムが分かりません
missing-process-list = プロセスの一覧がありません：ログに記録のないプロセス番号はプログラムが、サービスはプロセスが分かりません
missing-addresses = アダプターのアドレス（ipconfig /all）がありません：どのパケットが端末自身のものかは、通信から推し量るしかありません
missing-resolver-cache = DNS キャッシュがありません：パケットにもログにも名前のないアドレスは、名前が分からないことがあります
missing-filter-dump = フィルターの一覧がありません：遮断したフィルターは番号しか分からないことがあります
missing-audit-policy = 監査ポリシーがありません：イベントがないことに意味があるかどうかを判断できません
missing-defender = Defender の状態がありません：ネットワーク保護が遮断していたのか、監視だけだったのかを判断できません
missing-proxy = プロキシの設定がありません：プロキシへの接続が設定によるものかどうかを判断できません

# Settings
setting-of-host = { $host }：{ $setting }
setting-real-time-on = リアルタイム保護は有効です
setting-real-time-off = リアルタイム保護は無効です
setting-network-protection-off = ネットワーク保護は無効で、接続を止めません
setting-network-protection-block = ネットワーク保護は遮断モードです
setting-network-protection-audit = ネットワーク保護は監査モードで、接続を止めません
setting-network-protection-other = ネットワーク保護は未知のモード（{ $mode }）です
setting-system-proxy = サービスと WinHTTP のプログラムはプロキシ { $proxy } を使います
setting-system-direct = サービスと WinHTTP のプログラムはプロキシを使いません
setting-user-proxy-on = ユーザーのプロキシは { $proxy } です
setting-user-proxy-off = ユーザーのプロキシ { $proxy } は無効です
setting-user-proxy-unstated = ユーザーのプロキシは { $proxy } です。有効かどうかは記載がありません
setting-proxy-script = ユーザーのプロキシはスクリプトで選ばれます：{ $address }
setting-audit-none = { $source }は無効です。イベントは書かれないため、ないことに意味はありません
setting-audit-success = { $source }は成功だけ有効です
setting-audit-failure = { $source }は失敗だけ有効です
setting-audit-both = { $source }は有効です
