# Tables for hunting
schema-of-microsoft = Tables of Microsoft Defender
schema-of-whotalks = Tables of whotalks
schema-table = Table
schema-columns = Columns
schema-column = Column
schema-type = Type
schema-unit = Unit
schema-says = What it says
schema-added = + marks columns that whotalks adds to the table of Microsoft
schema-bytes = bytes
schema-packets = packets
schema-nanoseconds = nanoseconds
schema-seconds = seconds
