package io.mnemosyne.scripted;

import java.io.PrintStream;
import java.util.Optional;

/** Runs the server as a process until it is stopped. */
public final class ScriptedModelsMain {
    private ScriptedModelsMain() {
    }

    public static void main(String... arguments) throws InterruptedException {
        System.exit(run(System.out, System.err, arguments));
    }

    /** Returns at once with the exit code if there is nothing to run. */
    static int run(PrintStream out, PrintStream err, String... arguments) throws InterruptedException {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.println(help());
                return 0;
            }
            serve(options, out);
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "; see --help");
            return 2;
        }
    }

    private static String help() {
        return """
               Answers like a model provider, for tests. Speaks Anthropic's POST /v1/messages and OpenAI's
               POST /v1/chat/completions on loopback. Prints the base URLs, then a line for each call.

                 --port N      port to listen on; any free one if left out
                 --script S    how to answer; 'fixed' if left out
                 --rate N      answers per second; the rest are 429
                 --burst N     answers at once after a pause; 1 if left out
                 --help        prints this

               Scripts: %s""".formatted(String.join(", ", Scripts.names()));
    }

    private static void serve(Options options, PrintStream out) throws InterruptedException {
        Script script = Scripts.named(options.script());
        try (var models = ScriptedModels.start(options.port(), announced(script, out), options.limit())) {
            out.println("anthropic " + models.url(Wire.ANTHROPIC));
            out.println("openai " + models.url(Wire.OPENAI));
            Thread.currentThread().join();
        }
    }

    private static Script announced(Script script, PrintStream out) {
        return request -> {
            Behaviour behaviour = script.behave(request);
            out.println(request.number() + " " + request.wire() + " " + request.model() + " "
                    + behaviour.getClass().getSimpleName());
            return behaviour;
        };
    }

    /** What the command line says. */
    record Options(int port, String script, Optional<RateLimit> limit, boolean help) {

        static Options parse(String... arguments) {
            int port = 0;
            String script = "fixed";
            double rate = 0;
            int burst = 1;
            boolean help = false;
            for (int index = 0; index < arguments.length; index++) {
                String name = arguments[index];
                if (name.equals("--help")) {
                    help = true;
                    continue;
                }
                if (index + 1 == arguments.length) {
                    throw new IllegalArgumentException("'" + name + "' is unknown or lacks its value");
                }
                String value = arguments[++index];
                switch (name) {
                    case "--port" -> port = Integer.parseInt(value);
                    case "--script" -> script = value;
                    case "--rate" -> rate = Double.parseDouble(value);
                    case "--burst" -> burst = Integer.parseInt(value);
                    default -> throw new IllegalArgumentException("'" + name + "' is unknown");
                }
            }
            return new Options(port, script, rate > 0 ? Optional.of(new RateLimit(rate, burst)) : Optional.empty(),
                    help);
        }
    }
}
