# Counts
files = { $count } ファイル
hosts = 端末 { $count } 台
packets = { $count } パケット
events = イベント { $count } 件
rows = { $count } 行
items = { $count } 件
connections = 接続 { $count } 件
conversations = 通信 { $count } 件
filters = フィルター { $count } 件
lost-units = 欠落 { $count }

# Byte sizes, decimal
size-bytes = { $value } バイト
size-kilobytes = { $value } kB
size-megabytes = { $value } MB
size-gigabytes = { $value } GB
size-terabytes = { $value } TB

# Spans of time
span-microseconds = { $value } マイクロ秒
span-milliseconds = { $value } ミリ秒
span-seconds = { $value } 秒
span-minutes = { $minutes } 分
span-minutes-seconds = { $minutes } 分 { $seconds } 秒
span-hours = { $hours } 時間
span-hours-minutes = { $hours } 時間 { $minutes } 分
span-days = { $days } 日
span-days-hours = { $days } 日 { $hours } 時間

# Putting texts together
list = { $first }、{ $rest }
alternatives = { $first } または { $rest }
sentences = { $first }{ $rest }
range = { $first } 〜 { $last }
with-detail = { $text } ({ $detail })

# The same where the text ends in a full-width character
with-detail-wide = { $text }（{ $detail }）
labelled = { $label }：{ $text }
and-more = … 他 { $count } 件
