-------------------------------- MODULE CSV ---------------------------------
(* Files of values separated by commas.                                      *)
LOCAL Native(args) == CHOOSE v : v = args

CSVWrite(template, val, file) == Native(<<template, val, file>>) = TRUE \* appends a line
CSVRead(columns, delimiter, file) == Native(<<columns, delimiter, file>>) \* a sequence of records
CSVRecords(file) == Native(<<file>>)                                     \* how many lines it has
=============================================================================
