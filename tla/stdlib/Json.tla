-------------------------------- MODULE Json --------------------------------
(* Values as JSON.                                                           *)
LOCAL Native(args) == CHOOSE v : v = args

ToJson(value) == Native(<<value>>)
ToJsonArray(value) == Native(<<value>>)
ToJsonObject(value) == Native(<<value>>)
JsonSerialize(file, value) == Native(<<file, value>>) = TRUE
JsonDeserialize(file) == Native(<<file>>)
ndJsonSerialize(file, value) == Native(<<file, value>>) = TRUE \* one line for each element
ndJsonDeserialize(file) == Native(<<file>>)
=============================================================================
