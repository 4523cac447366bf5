package io.mnemosyne.launcher.client;

import java.util.List;
import java.util.concurrent.Callable;

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

/** The commands that say what is wanted of a thread in full, and what no more. */
public final class WantedCommands {
    private static final String TURN = "\\d{1,18}";

    private WantedCommands() {
    }

    abstract static class Wanted implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Mixin
        ServiceAddress address = new ServiceAddress();

        @Parameters(index = "0", paramLabel = "THREAD", description = "Name of the thread.")
        String thread = "";

        final ServiceClient.Answer tell(String path, ObjectNode body) {
            return address.connect().tell(new ThreadKey(address.tenant, thread), path, body.toString());
        }

        final Integer print(String line) {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
            return ExitCode.OK.number();
        }
    }

    /** The number of a turn, or the id of an object, which has more digits. */
    private static ObjectNode named(String what) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return what.matches(TURN) ? body.put("seq", Long.parseLong(what)) : body.put("object", what);
    }

    /** {@code mnemosyne restore}. */
    @Command(name = "restore", mixinStandardHelpOptions = true, description = "Bring an object back in full, or all of a turn; prints its text.")
    public static final class Restore extends Wanted {
        @Parameters(index = "1", paramLabel = "OBJECT|TURN", description = "Id of an object, or number of a turn.")
        String what = "";

        @Override
        public Integer call() {
            StringBuilder texts = new StringBuilder();
            tell("/restore", named(what).put("text", true)).json().path("objects")
                    .forEach(object -> texts.append(object.path("text").asText()).append('\n'));
            return print(texts.toString().stripTrailing());
        }
    }

    /** {@code mnemosyne release}. */
    @Command(name = "release", mixinStandardHelpOptions = true, description = "Let objects go, which are not needed any more.")
    public static final class Release extends Wanted {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "OBJECT", description = "Ids of objects.")
        List<String> objects = List.of();

        @Option(names = "--level", paramLabel = "NAME", description = "What is left of them: stub or evicted.")
        @Nullable
        String level;

        @Override
        public Integer call() {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            objects.forEach(body.putArray("objects")::add);
            if (level != null) {
                body.put("level", level);
            }
            return print("position " + tell("/release", body).json().path("position").asText());
        }
    }

    /** {@code mnemosyne pin}. */
    @Command(name = "pin", mixinStandardHelpOptions = true, description = "Keep an object or a turn in full, whatever the pressure.")
    public static final class Pin extends Wanted {
        @Parameters(index = "1", paramLabel = "OBJECT|TURN", description = "Id of an object, or number of a turn.")
        String what = "";

        @Override
        public Integer call() {
            return print("position " + tell("/pin", named(what)).json().path("position").asText());
        }
    }
}
