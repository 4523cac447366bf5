package io.mnemosyne.core.observe;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in turns that nobody said: reminders that agents and tools put in for the model, tool schemas, and context of this
 * project that an agent sends back. Observed, it would come back as something that the user wants.
 */
public final class Injected {
    private static final List<String> TAGS = List.of("system-reminder", "system_reminder", "environment_details",
            "environment_context", "user_instructions", "local-command-stdout", "local-command-caveat", Fence.TAG);
    /** Tags of tool schemas, which other text has as well: it has to look like schemas. */
    private static final List<String> SCHEMA_TAGS = List.of("functions", "tools", "available_tools",
            "tool_definitions");
    private static final Pattern SCHEMA = Pattern.compile("\"(?:input_schema|inputSchema|parameters)\"\\s*:");
    private static final Pattern SCHEMA_LIST = Pattern
            .compile("\"(?:input_schema|inputSchema)\"\\s*:|\"type\"\\s*:\\s*\"function\"");
    /** The first line of a block of memory, as it is rendered. */
    private static final Pattern SEGMENT = Pattern.compile("## (?:Observed|Reflected) turns \\d+-\\d+(?:: .*)?");
    private static final String STATE = "## Project state";
    private static final Pattern MEMORY_LINE = Pattern
            .compile("- .*| {2}.*|### .*|Current task: .*|Next step: .*|Nothing notable\\.");
    /** The first line of a turn as it is rendered; its text goes on up to the next block, or to the end. */
    private static final Pattern TURN = Pattern
            .compile("## Turn \\d+: (?:system|user|assistant|tool|(?:failed )?result(?: of .*)?)(?:, repeated)?");
    private static final Pattern STUB = Pattern.compile("\\[Turns \\d+-\\d+ left out .*");
    private static final List<String> PAGED_OUT = List.of("[Summary of ", "[Paged out:", "[Evicted:");
    /** Where an excerpt was cut. */
    private static final Pattern CUT = Pattern.compile("\\n\\[\\.\\.\\. [\\d,]+ bytes left out[^\\n]*]\\n");

    private Injected() {
    }

    /** The text without what was injected, to the letter otherwise; empty if nothing else is left. */
    public static String strip(String text) {
        String kept = text;
        if (kept.indexOf('<') >= 0) {
            for (String tag : TAGS) {
                kept = withoutFragments(without(kept, tag, false), tag);
            }
            for (String tag : SCHEMA_TAGS) {
                kept = without(kept, tag, true);
            }
        }
        String start = kept.stripLeading();
        if (PAGED_OUT.stream().anyMatch(start::startsWith) || isSchemas(start)) {
            return "";
        }
        return kept.contains("## ") || kept.contains("[Turns ") ? withoutBlocks(kept) : kept;
    }

    private static boolean isSchemas(String start) {
        return (start.startsWith("[") || start.startsWith("{")) && SCHEMA_LIST.matcher(start).find()
                && start.contains("\"name\"");
    }

    /** Without the blocks of memory, wherever they begin. */
    private static String withoutBlocks(String text) {
        StringBuilder kept = new StringBuilder();
        Within within = Within.NOTHING;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            String line = text.substring(start, end < 0 ? text.length() : end);
            within = within.at(line, text.startsWith("### ", next));
            if (within == Within.NOTHING && !STUB.matcher(line).matches()) {
                kept.append(text, start, next);
            }
            start = next;
        }
        return kept.toString();
    }

    /** What a line belongs to. */
    private enum Within {
        NOTHING,
        MEMORY_BLOCK,
        TURN_BLOCK;

        Within at(String line, boolean headingFollows) {
            if (TURN.matcher(line).matches()) {
                return TURN_BLOCK;
            }
            if (SEGMENT.matcher(line).matches() || (line.equals(STATE) && headingFollows)) {
                return MEMORY_BLOCK;
            }
            return this == MEMORY_BLOCK && !MEMORY_LINE.matcher(line).matches() ? NOTHING : this;
        }
    }

    /** Without what is left of a tag that an excerpt was cut in. */
    private static String withoutFragments(String text, String tag) {
        Matcher cut = CUT.matcher(text);
        if (!cut.find()) {
            return text;
        }
        int opened = opening(text, "<" + tag, 0);
        int closed = behindClosing(text, tag, cut.end());
        String head = opened >= 0 && opened < cut.start() ? text.substring(0, opened) : text.substring(0, cut.start());
        String tail = text.substring(closed >= 0 ? closed : cut.end());
        return head + cut.group() + tail;
    }

    /** A tag that is not closed stays: somebody may just talk about it. */
    private static String without(String text, String tag, boolean onlySchemas) {
        String opening = "<" + tag;
        StringBuilder kept = new StringBuilder();
        int from = 0;
        int start = opening(text, opening, 0);
        while (start >= 0) {
            int behind = behindClosing(text, tag, start);
            if (behind < 0) {
                break;
            }
            boolean schemas = SCHEMA.matcher(text).region(start, behind).find();
            kept.append(text, from, onlySchemas && !schemas ? behind : start);
            from = behind;
            start = opening(text, opening, from);
        }
        return from == 0 ? text : kept.append(text, from, text.length()).toString();
    }

    /** The place behind the next closing tag, -1 if there is none. */
    private static int behindClosing(String text, String tag, int from) {
        int start = opening(text, "</" + tag, from);
        int end = start < 0 ? -1 : text.indexOf('>', start);
        return end < 0 ? -1 : end + 1;
    }

    /** Where the tag opens, and not one whose name only begins alike. */
    private static int opening(String text, String opening, int from) {
        int start = text.indexOf(opening, from);
        while (start >= 0) {
            int behind = start + opening.length();
            if (behind < text.length()
                    && (text.charAt(behind) == '>' || Character.isWhitespace(text.charAt(behind)))) {
                return start;
            }
            start = text.indexOf(opening, behind);
        }
        return -1;
    }
}
