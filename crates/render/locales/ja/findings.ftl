# Titles
title-syn-sweep = 走査
title-port-scan = ポートスキャン
title-look-alike-name = 紛らわしいプログラム名
title-wrong-path = 場所の違うシステムプログラム
title-listener-burst = 待受けポートの急増
title-beacon = 定期通信（ビーコン）
title-unexpected-program = 既知の宛先に想定外のプログラム
title-sources-disagree = 証拠の食い違い
title-name-mismatch = 名前の不一致
title-log-cleared = ログの消去
title-protection-off = 保護の無効化
title-network-protection-audited = ネットワーク保護の監査
title-network-protection-blocked = ネットワーク保護による遮断
title-lateral-connection = 観測端末どうしの接続
title-policy-violation = ポリシー違反

# Sentences
syn-sweep = { $host } が { $scope } を走査：{ $program } が { $duration }の間に { $targets }の { $ports } 番へ SYN を送信、{ $answers }
syn-sweep-targets = { $count } 個のアドレス
syn-sweep-scope-many = 多数のアドレス
syn-sweep-answered = 応答 { $count } 件
syn-sweep-none-answered = 応答なし
syn-sweep-answers-unseen = この証拠では応答の有無は分かりません
port-scan = { $caller } が { $target } をスキャン：{ $program } が { $duration }の間に { $ports } 個のポートへ SYN を送信、{ $answers }
look-alike-name = { $program } は正規の { $imitates } に似せた名前で、{ $image } から動いています
look-alike-name-parent = { $program } は正規の { $imitates } に似せた名前で、{ $image } から動いています（親 { $parent }）
wrong-path = { $program } が { $image } から動いています。正規の場所は { $expected } です
listener-burst = { $program } が { $duration }の間に { $ports } 個のポートで待受けを開始しました
listener-burst-listing = 一覧の時点で { $program } が { $ports } 個のポートで待ち受けています
beacon = { $program } が { $remote } へ { $interval } ± { $jitter }間隔で { $calls } 回通信（ビーコン度 { $score }）
unexpected-program = { $program } が { $name } と通信しています。通常ここと通信するのは { $expected } だけです
unexpected-program-unlisted = { $program } が { $name } と通信しています。通常は見られない組合せです
sources-disagree = { $remote } と通信したプログラムが証拠によって異なります：{ $programs }
name-mismatch = { $remote } は { $asked } として照会されましたが、TLS では { $shown } を名乗っています
log-cleared = { $host } のログが消去されました。それ以前に記録がないことは何の証明にもなりません
protection-off = 状態を採取した時点で、{ $host } の Defender リアルタイム保護は無効でした
network-protection-audited = Defender のネットワーク保護が、{ $host } の { $program } から { $destinations } への接続をブロック対象と判定しましたが、監査モードのため止めていません（イベント { $events } 件）
network-protection-blocked = Defender のネットワーク保護が、{ $host } の { $program } から { $destinations } への接続を遮断しました（イベント { $events } 件）
network-protection-user = { $program }（ユーザー { $user }）
lateral-connection = { $host } が、この証拠に含まれる別の端末 { $other }（{ $address }）へ接続しています
policy-violation = ルール { $rule }「{ $title }」に違反：{ $host } の { $program } と { $remote } との通信 { $conversations } 件{ $blocked ->
        [0] {""}
       *[other] （うち遮断 { $blocked } 件）
    }
policy-program = { $program }（{ $grade }）
policy-far-end = { $names }（{ $remote }）
policy-applied = ポリシー：ルール { $rules } 件のうち { $violated } 件に違反があります
policy-not-in-case = ルール { $rule }「{ $title }」の { $protocols } は判定できません。ケースはリンク層とトンネルを保持しないためです：whotalks packets PATH… --policy FILE
policy-no-content = ルール { $rule }「{ $title }」は、パケットのない通信 { $conversations } 件では判定できません。内容を示すのはパケットだけです
policy-no-name = ルール { $rule }「{ $title }」は、接続先の名前が不明な通信 { $conversations } 件では判定できません

# What it means and what to do, for the report
advice-syn-sweep = 多数の近隣アドレスへの接続は、到達できる端末を探す動きです。管理用スキャナーの計画作業でなければ、まず端末を隔離し、次にプログラムを調べてください。
advice-port-scan = 一つのアドレスの多数のポートへの接続は、侵入口を探す動きです。管理用スキャナーの計画作業でも起こります。インターネットからのスキャンは日常的なので、応答したポートを確認してください。自組織の端末からであれば、端末を隔離し、プログラムを調べてください。
advice-look-alike-name = システムプログラムと一字違いの名前は、見落としを狙ったものです。削除される前にファイルとハッシュを保全してください。
advice-wrong-path = システムプログラムの名前が本来の場所以外にあるのは、別製品が持つ複製か偽装です。ファイルの署名を確認してください。
advice-listener-burst = 短時間に待受けが増えるのは業務端末では異例です。何を誰に提供しているかを確認してください。
advice-beacon = 一定間隔の通信は、更新プログラムや監視エージェントにも、指令を待つマルウェアにも見られます。宛先の名前と持ち主で判断してください。
advice-unexpected-program = 本来別のプログラムが使う宛先への通信は、信頼された名前に紛れた通信か、流用ツールです。プログラムの素性を確認してください。
advice-sources-disagree = 両方が正しいことはあり得ません。理由が分かるまで、プログラムは特定できていないものとして扱ってください。
advice-name-mismatch = 照会した名前と名乗る名前の違いは、本当の宛先を隠す手口（ドメインフロンティング）のことがあります。配信ネットワークが意図的に行う場合もあります。
advice-log-cleared = 誰が消去したか、転送先に写しがあるかを確認してください。
advice-protection-off = いつ誰が無効にしたかを確認し（Windows Defender ログのイベント 5001）、有効に戻して端末をスキャンしてください。別のウイルス対策製品が担当している場合は、無効で正常です。
advice-network-protection-audited = 接続は止められていません。その後プログラムが宛先と何をしたかと、ブロック モードにすべき端末か（Set-MpPreference -EnableNetworkProtection Enabled）を確認してください。判定の理由（評価によるものか、自組織の指定か）はイベントには記録されません。
advice-network-protection-blocked = 評価の悪い宛先か、自組織のインジケーターやフィルターで禁じた宛先への接続です。どちらによるものかはイベントには記録されません。何がプログラムに接続させたかを調べてください。遮断はハンドシェイクの後に行われるため、キャプチャに接続が見えても矛盾ではありません。
advice-lateral-connection = 端末とサーバーの間なら通常の動きです。業務端末どうしなら確認してください。
advice-policy-violation = 利用者が指定したポリシーで禁じられている通信です。参照からパケットやイベントを開いて確かめ、通信を止めるか、ルールを見直してください。
