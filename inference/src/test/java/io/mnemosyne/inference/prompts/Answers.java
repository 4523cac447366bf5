package io.mnemosyne.inference.prompts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Builds the answer of a model. */
final class Answers {
    private final ObjectNode answer = JsonNodeFactory.instance.objectNode();
    private final ArrayNode entries = answer.putArray("entries");

    private Answers() {
        answer.put("nothing_notable", false).put("current_task", "").put("next_step", "").put("title", "");
        ObjectNode state = answer.putObject("state");
        for (String field : new String[]{"goals", "open_questions", "decisions", "blockers", "preferences",
                "environment",
                "files"}) {
            state.putArray(field);
        }
    }

    static Answers empty() {
        return new Answers();
    }

    static String nothing() {
        Answers nothing = new Answers();
        nothing.answer.put("nothing_notable", true);
        return nothing.json();
    }

    Answers fact(long seq, String text) {
        return entry(seq, seq, "", "notable", "fact", text);
    }

    Answers entry(long from, long to, String at, String priority, String kind, String text) {
        entries.addObject().put("from", from).put("to", to).put("at", at).put("priority", priority).put("kind", kind)
                .put("text", text);
        return this;
    }

    Answers line(String field, String text) {
        answer.put(field, text);
        return this;
    }

    Answers state(String field, long from, long to, String text) {
        answer.withObject("/state").withArray(field).addObject().put("from", from).put("to", to).put("text", text);
        return this;
    }

    Answers file(String path, long seq) {
        answer.withObject("/state").withArray("files").addObject().put("path", path).put("summary", "seen").put("seq",
                seq);
        return this;
    }

    String json() {
        return answer.toString();
    }
}
