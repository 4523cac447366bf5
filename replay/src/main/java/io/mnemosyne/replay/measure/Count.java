package io.mnemosyne.replay.measure;

import java.util.Locale;

/** What is counted in a session. Sizes are Unicode code points, four of which count as a token. */
public enum Count {
    /** Prompts that were compared with the recording. */
    STEPS,
    STEPS_MISSING,
    /** Sum of all prompts. */
    PROMPT_CHARS,
    /** Sum of what the full history would have been at the same steps. */
    FULL_CHARS,
    /** The largest prompt. */
    MAX_CHARS,
    MAX_FULL_CHARS,
    OVER_CEILING,
    FULL_OVER_CEILING,
    /** Beginnings of prompts that the prompt before had too. */
    CACHED_CHARS,
    FULL_CACHED_CHARS,
    /** Steps after the first. */
    APPEND_STEPS,
    /** Those of them whose prompt begins with the whole one before. */
    APPENDS,
    /** Large tool results that were shown in full and later were not. */
    EVICTIONS,
    /** The same, each time that it happened. */
    EVICTION_EVENTS,
    /** Large tool results that were never shown in full. */
    WITHHELD,
    /** Evicted and withheld results of calls that only read. */
    READ_RESULTS_GONE,
    READS,
    /** Reads of what was read before with a large result. */
    REREADS,
    REREAD_RESIDENT,
    FAULT_EXPLICIT,
    FAULT_CHANGED,
    FAULT_OTHER_RANGE,
    /** Entities of tool calls that the history contains. */
    ACTION,
    ACTION_HIT,
    /** Those of them that were last seen long ago. */
    ACTION_LONG,
    ACTION_LONG_HIT,
    /** Those of them with recognisable surroundings. */
    ACTION_LONG_CTX,
    ACTION_LONG_CTX_HIT,
    /** The same for text replies of sessions without tool calls. */
    REPLY,
    REPLY_HIT,
    REPLY_LONG,
    REPLY_LONG_HIT,
    REPLY_LONG_CTX,
    REPLY_LONG_CTX_HIT,
    /** Entities that the history does not contain. */
    NOVEL,
    NOVEL_HIT,
    /** Pairs of a step and an event before it. */
    EVENT_STEPS,
    UNCOVERED,
    CLAIMED,
    /** Events that were uncovered at some step. */
    UNCOVERED_EVENTS,
    UNCOVERED_FINAL,
    CLAIM_TEXT_CHARS,
    /** Pairs of a step and a user message before it. */
    USER,
    USER_HIT,
    USER_CHARS,
    USER_CHARS_HIT,
    FIRST_USER,
    FIRST_USER_HIT,
    /** Pairs of a step and an error line that was first told long before it. */
    ERROR_LINES,
    ERROR_LINES_HIT,
    DECISIONS,
    DECISIONS_HIT,
    NUMBERS,
    NUMBERS_HIT,
    PATHS,
    PATHS_HIT,
    EVENTS,
    LEAKS,
    BAD_SEQS,
    PROBLEMS,
    /** 1 if there was anything to pay for. */
    PRICED,
    /** 1 if the prompts cost more than the full history would have. */
    DEARER,
    /** The same with the helping models. */
    DEARER_NET,
    HELPER_CALLS,
    HELPER_INPUT_TOKENS,
    HELPER_OUTPUT_TOKENS,
    /** Those of them that somebody would have to pay for. */
    BILLED_INPUT_TOKENS,
    BILLED_OUTPUT_TOKENS,
    /** What was billed for them, in millionths of a currency that the run does not name. */
    BILLED_MICROS,
    /** Sum of all events of the recording. */
    EVENT_CHARS,
    /** Sum of the full history at every step of the recording. */
    RESENT_CHARS,
    TOOL_RESULT_CHARS,
    /** Tool results that nothing later refers to. */
    UNREFERENCED_CHARS,
    /** Calls of the recording that only read. */
    READ_CALLS,
    /** Those of them with the key of an earlier one. */
    REPEAT_READS;

    /** The name in a JSON report. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether sessions are put together by their largest value instead of the sum. */
    boolean isLargest() {
        return this == MAX_CHARS || this == MAX_FULL_CHARS;
    }
}
