package io.mnemosyne.launcher.replay;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What Anthropic's Messages API refuses with a 400, as far as {@code system} and {@code messages} are concerned. The API
 * merges neighbours of one role; here they are refused, so that what is sent is what is meant. The last message has to be
 * the user's, since newer models do not take a prefilled answer.
 */
final class MessagesApiRules {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
    private static final Set<String> MEDIA = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private MessagesApiRules() {
    }

    /** Everything that is wrong with a request; empty if nothing is. */
    static List<String> problems(String request) throws JsonProcessingException {
        MessagesApiRules rules = new MessagesApiRules();
        rules.check(JSON.readTree(request));
        return rules.problems;
    }

    private void check(JsonNode request) {
        require(!request.has("system") || !request.path("system").asText().isBlank(), "system is blank");
        JsonNode messages = request.path("messages");
        require(!messages.isEmpty(), "messages is empty");
        Set<String> open = Set.of();
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String where = "messages." + i;
            String role = message.path("role").asText();
            require(role.equals(i % 2 == 0 ? "user" : "assistant"), where + " is the " + role + "'s");
            require(!message.path("content").isEmpty(), where + " has no content");
            open = check(where, role, message.path("content"), open);
        }
        require(open.isEmpty(), "calls without a result at the end: " + open);
        require(messages.size() % 2 == 1, "the last message is not the user's");
    }

    /** Returns the ids of the calls that the next message has to answer. */
    private Set<String> check(String where, String role, JsonNode content, Set<String> open) {
        Set<String> unanswered = new LinkedHashSet<>(open);
        Set<String> calls = new LinkedHashSet<>();
        boolean resultsMayCome = true;
        for (int i = 0; i < content.size(); i++) {
            JsonNode block = content.get(i);
            String at = where + ".content." + i;
            switch (block.path("type").asText()) {
                case "text" -> require(!block.path("text").asText().isBlank(), at + " is a blank text");
                case "image" -> image(at, role, block.path("source"));
                case "tool_use" -> {
                    call(at, role, block);
                    calls.add(block.path("id").asText());
                }
                case "tool_result" -> {
                    require(role.equals("user"), at + " is a result of the assistant's");
                    require(resultsMayCome, at + " is a result behind something else");
                    require(unanswered.remove(block.path("tool_use_id").asText()),
                            at + " answers no open call of the message before");
                    require(!block.path("content").asText().isBlank(), at + " is an empty result");
                }
                default -> require(false, at + " has the type " + block.path("type"));
            }
            resultsMayCome &= block.path("type").asText().equals("tool_result");
        }
        require(unanswered.isEmpty(), where + " leaves calls without a result: " + unanswered);
        return calls;
    }

    private void call(String at, String role, JsonNode block) {
        require(role.equals("assistant"), at + " is a call of the user's");
        require(ID.matcher(block.path("id").asText()).matches(), at + " has a bad id " + block.path("id"));
        require(ids.add(block.path("id").asText()), at + " has the id of another call");
        require(NAME.matcher(block.path("name").asText()).matches(), at + " has a bad name " + block.path("name"));
        require(block.path("input").isObject(), at + " has an input that is no object");
    }

    private void image(String at, String role, JsonNode source) {
        require(role.equals("user"), at + " is an image of the assistant's");
        if (source.path("type").asText().equals("base64")) {
            require(MEDIA.contains(source.path("media_type").asText()), at + " is of " + source.path("media_type"));
            require(isBase64(source.path("data").asText()), at + " is no base64");
        } else {
            require(source.path("url").asText().startsWith("http"), at + " has no address");
        }
    }

    private static boolean isBase64(String data) {
        try {
            return Base64.getDecoder().decode(data).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
