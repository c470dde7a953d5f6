# ハンティング用のテーブル
schema-of-microsoft = Microsoft Defender のテーブル
schema-of-whotalks = whotalks のテーブル
schema-table = テーブル
schema-columns = 列数
schema-column = 列
schema-type = 型
schema-unit = 単位
schema-says = 内容
schema-added = + は Microsoft のテーブルに whotalks が加えた列
schema-bytes = バイト
schema-packets = パケット
schema-nanoseconds = ナノ秒
schema-seconds = 秒
