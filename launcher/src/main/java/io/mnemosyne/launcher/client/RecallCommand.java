package io.mnemosyne.launcher.client;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.ExitCode;

/** {@code mnemosyne recall}: asks what a thread remembers. */
@Command(name = "recall", mixinStandardHelpOptions = true, description = "Ask what a thread remembers; prints the answer with its sources.")
public final class RecallCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ServiceAddress address = new ServiceAddress();

    @Parameters(index = "0", paramLabel = "THREAD", description = "Name of the thread.")
    String thread = "";

    @Parameters(index = "1", paramLabel = "QUESTION", description = "In your words; names, numbers and paths are looked for as they are.")
    String question = "";

    @Option(names = "--k", paramLabel = "N", description = "Most that is found.")
    @Nullable
    Integer most;

    @Option(names = "--kind", paramLabel = "NAME", description = "object, observation, reflection or state; may be given several times.")
    List<String> kinds = List.of();

    @Option(names = "--type", paramLabel = "NAME", description = "Type of an object, such as file_context; may be given several times.")
    List<String> types = List.of();

    @Option(names = "--tag", paramLabel = "NAME", description = "Tag that an object must have; may be given several times.")
    List<String> tags = List.of();

    @Option(names = "--from", paramLabel = "TIME", description = "Said at this day or time or later.")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Said at this day or before this time.")
    @Nullable
    String to;

    @Option(names = "--stale", description = "Also what was superseded or retired.")
    boolean stale;

    @Option(names = "--answer", paramLabel = "NAME", description = "model or passages. Default: as the service is set.")
    @Nullable
    String wanted;

    @Option(names = "--tokens", paramLabel = "N", description = "Tokens of the passages that are quoted, together.")
    @Nullable
    Integer tokens;

    @Option(names = "--json", description = "Print what the service answers.")
    boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ServiceClient.Answer answer = address.connect().tell(new ThreadKey(address.tenant, thread), "/query",
                body().toString());
        if (json) {
            out.println(answer.body());
        } else {
            print(out, answer.json());
        }
        out.flush();
        return ExitCode.OK.number();
    }

    private ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("question", question);
        list(body, "kinds", kinds);
        list(body, "types", types);
        list(body, "tags", tags);
        put(body, "from", from);
        put(body, "to", to);
        put(body, "answer", wanted);
        if (most != null) {
            body.put("k", most);
        }
        if (tokens != null) {
            body.put("tokens", tokens);
        }
        return stale ? body.put("stale", true) : body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static void list(ObjectNode body, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode items = body.putArray(name);
            values.forEach(items::add);
        }
    }

    private static void print(PrintWriter out, JsonNode answer) {
        out.println(answer.path("answer").asText("").strip());
        out.println();
        out.printf("%d found in the %s; by %s%s; %d tokens%s%n", answer.path("results").size(),
                answer.path("source").asText(), answer.path("by").asText("nobody"),
                answer.has("reason") ? " (" + answer.path("reason").asText() + ")" : "",
                answer.path("tokens").asLong(), time(answer.path("time")));
    }

    private static String time(JsonNode time) {
        return time.isMissingNode()
                ? ""
                : "; said from " + time.path("from").asText("the beginning") + " to "
                        + time.path("to").asText("the end");
    }
}
