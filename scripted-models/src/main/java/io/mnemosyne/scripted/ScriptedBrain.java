package io.mnemosyne.scripted;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Answers the prompts of an observer, a reflector or a summarizer, and questions to memory, as a plausible model would, by rule: it reads the fences of a
 * prompt and nothing else, so that it stands in for a model wherever none may be called. The same prompt always gives the
 * same answer.
 */
public final class ScriptedBrain {
    private static final Pattern FENCE = Pattern.compile(
            "<mnemosyne-data name=\"([^\"]*)\" id=\"([0-9a-f]+)\">\\n(.*?)\\n?</mnemosyne-data id=\"\\2\">",
            Pattern.DOTALL);
    private static final Pattern TURN = Pattern.compile("turn (\\d+) (\\w+)(?: (\\S+))?");
    private static final Pattern LOG_LINE = Pattern.compile(
            "^\\[(\\d+)-(\\d+)](?: (\\d\\S+Z))? (critical|notable|minor|done) (\\w+): (.*(?:\\n  .*)*)",
            Pattern.MULTILINE);
    private static final Pattern TARGET = Pattern.compile("fewer than (\\d+)");
    private static final Pattern SHARE = Pattern.compile("about (\\w+) tenths of the detail");
    private static final Pattern FAULT = Pattern
            .compile("(?:[A-Z]\\w*(?:Error|Exception)|error|ERROR|FAILED|fatal|panic)\\b.*");
    private static final Pattern PATH = Pattern.compile("(?<![\\w/.-])[\\w.-]*(?:/[\\w.-]+)+\\.\\w{1,5}\\b");
    private static final Pattern STANDING = Pattern.compile("(?i)\\b(?:always|never|from now on|don't|do not)\\b");
    private static final int QUOTED = 600;
    private static final int PER_TURN = 3;

    private ScriptedBrain() {
    }

    /** The answer to the prompt of one of them; to others, that it is there. */
    public static String answer(String system, String user) {
        if (!user.contains("</mnemosyne-data")) {
            return JsonNodeFactory.instance.objectNode().put("here", true).toString();
        }
        if (system.contains("\"told\"")) {
            return recall(user);
        }
        if (system.contains("\"losses\"")) {
            return summarize(user);
        }
        return system.contains("\"nothing_notable\"") ? observe(user) : reflect(user);
    }

    /** The same as a script. Whoever asks again because something was wrong with the answer gets it again. */
    public static Behaviour.Say behave(ScriptedRequest request) {
        return Behaviour.answer(answer(request.system(), request.messages().getFirst().text()));
    }

    /** One entry for each thing that a user says, for each decision, error line and file. */
    static String observe(String user) {
        ArrayNode entries = array();
        Set<String> told = new LinkedHashSet<>();
        List<String> asked = new ArrayList<>();
        Matcher fence = FENCE.matcher(user);
        while (fence.find()) {
            Matcher turn = TURN.matcher(fence.group(1));
            String text = fence.group(3).strip();
            if (turn.matches() && !text.isEmpty()) {
                long seq = Long.parseLong(turn.group(1));
                switch (turn.group(2)) {
                    case "user" -> {
                        asked.add(text);
                        told.add(head(text));
                        entries.add(entry(seq, seq, "critical",
                                STANDING.matcher(head(text)).find() ? "instruction" : "request",
                                head(text)));
                    }
                    case "tool" -> FAULT.matcher(text).results().map(fault -> head(fault.group())).filter(told::add)
                            .limit(PER_TURN)
                            .forEach(line -> entries.add(entry(seq, seq, "notable", "error", line)));
                    default -> {
                        if (!text.startsWith("[")) {
                            entries.add(
                                    entry(seq, seq, "notable", "decision", head(text.lines().findFirst().orElse(""))));
                        }
                        PATH.matcher(text).results().map(MatchResult::group).filter(told::add).limit(PER_TURN)
                                .forEach(path -> entries.add(entry(seq, seq, "minor", "file", "used " + path)));
                    }
                }
            }
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("entries", entries);
        answer.put("nothing_notable", entries.isEmpty());
        answer.put("current_task", asked.isEmpty() ? "" : head(asked.getLast().lines().findFirst().orElse("")));
        answer.put("next_step", "");
        answer.put("title", asked.isEmpty() ? "" : words(asked.getFirst(), 4));
        return answer.toString();
    }

    /** The newest entries that fit the target, the shorter the harder the level. */
    static String reflect(String user) {
        Matcher target = TARGET.matcher(user.substring(user.lastIndexOf("</mnemosyne-data")));
        long room = target.find() ? Long.parseLong(target.group(1)) * 8 / 10 : 1;
        int longest = longest(user.substring(user.lastIndexOf("</mnemosyne-data")));
        List<ObjectNode> newestFirst = new ArrayList<>();
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        for (String field : List.of("goals", "open_questions", "decisions", "blockers", "preferences", "environment",
                "files")) {
            state.putArray(field);
        }
        for (MatchResult line : lines(user).reversed()) {
            String text = line.group(6).replace("\n  ", "\n").strip();
            String shown = text.length() > longest ? text.substring(0, longest) : text;
            room -= shown.length() / 3 + 20;
            if (room < 0) {
                break;
            }
            long from = Long.parseLong(line.group(1));
            long to = Long.parseLong(line.group(2));
            if (!line.group(5).equals("instruction")) {
                newestFirst.add(entry(from, to, line.group(4), line.group(5), shown));
                note(state, line.group(5), from, to, shown);
            }
        }
        ArrayNode entries = array();
        newestFirst.reversed().forEach(entries::add);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("entries", entries);
        answer.put("title", "");
        answer.set("state", state);
        return answer.toString();
    }

    /** The first lines of the piece that fit the target. */
    static String summarize(String user) {
        Matcher target = TARGET.matcher(user.substring(user.lastIndexOf("</mnemosyne-data")));
        long room = target.find() ? Long.parseLong(target.group(1)) * 2 : 1;
        String piece = FENCE.matcher(user).results().map(fence -> fence.group(3)).reduce("", (_, last) -> last);
        StringBuilder summary = new StringBuilder();
        for (String line : piece.strip().lines().toList()) {
            if (summary.length() + line.length() > room) {
                break;
            }
            summary.append(line).append('\n');
        }
        String text = summary.isEmpty() ? words(piece, 3) : summary.toString();
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("summary", text);
        answer.putArray("losses").add("what stands further down");
        return answer.toString();
    }

    /** The first line of the first passage, behind the line that names it. */
    static String recall(String user) {
        String passage = FENCE.matcher(user).results().filter(fence -> fence.group(1).startsWith("passage 1,"))
                .map(fence -> fence.group(3).strip()).findFirst().orElse("");
        String line = head(passage.lines().skip(passage.contains("\n") ? 1 : 0).filter(text -> !text.isBlank())
                .findFirst().orElse(passage));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("answer", line + " [1]").put("told", true);
        answer.putArray("passages").add(1);
        return answer.toString();
    }

    private static List<MatchResult> lines(String user) {
        List<MatchResult> lines = new ArrayList<>();
        Matcher fence = FENCE.matcher(user);
        while (fence.find()) {
            if (fence.group(1).startsWith("log of turns")) {
                LOG_LINE.matcher(fence.group(3)).results().forEach(lines::add);
            }
        }
        return lines;
    }

    private static void note(ObjectNode state, String kind, long from, long to, String text) {
        switch (kind) {
            case "request" -> state.withArray("goals").add(item(from, to, text));
            case "decision" -> state.withArray("decisions").add(item(from, to, text));
            case "file" -> PATH.matcher(text).results().map(MatchResult::group).limit(1).forEach(path -> state
                    .withArray("files").addObject().put("path", path).put("summary", "used").put("seq", to));
            default -> {
                // Only the log tells the rest.
            }
        }
    }

    private static int longest(String ask) {
        Matcher share = SHARE.matcher(ask);
        return !share.find() ? 2_000 : switch (share.group(1)) {
            case "eight" -> 800;
            case "six" -> 400;
            case "four" -> 200;
            default -> 100;
        };
    }

    private static ObjectNode item(long from, long to, String text) {
        return JsonNodeFactory.instance.objectNode().put("from", from).put("to", to).put("text", text);
    }

    private static ObjectNode entry(long from, long to, String priority, String kind, String text) {
        return item(from, to, text).put("at", "").put("priority", priority).put("kind", kind.toLowerCase(Locale.ROOT));
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static String head(String text) {
        return text.strip().length() > QUOTED ? text.strip().substring(0, QUOTED) : text.strip();
    }

    private static String words(String text, int most) {
        return String.join(" ", List.of(text.strip().split("\\s+")).stream().limit(most).toList());
    }
}
