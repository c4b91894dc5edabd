------------------------------ MODULE IOUtils -------------------------------
(* Files, commands and the environment.                                      *)
LOCAL Native(args) == CHOOSE v : v = args

IOSerialize(value, path, compress) == Native(<<value, path, compress>>) = TRUE
IODeserialize(path, compress) == Native(<<path, compress>>)
Serialize(value, path, options) == Native(<<value, path, options>>)
Deserialize(path, options) == Native(<<path, options>>)

\* Each returns a record of the exit value, standard output and standard error.
IOExec(command) == Native(<<command>>)
IOEnvExec(env, command) == Native(<<env, command>>)
IOExecTemplate(command, params) == Native(<<command, params>>)
IOEnvExecTemplate(env, command, params) == Native(<<env, command, params>>)

IOEnv == Native(<<>>)                    \* the environment variables as a record
atoi(s) == Native(<<s>>)                 \* the number that a string says
zeroPadN(n, length) == Native(<<n, length>>)
=============================================================================
