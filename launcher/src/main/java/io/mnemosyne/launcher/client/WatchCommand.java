package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/** {@code mnemosyne watch}: prints the events of a tenant or a thread as they come. */
@Command(name = "watch", mixinStandardHelpOptions = true, description = "Print events as they come: that a context is compacted, since its window is nearly full.")
public final class WatchCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PERCENT = 100;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ServiceAddress address = new ServiceAddress();

    @Parameters(index = "0", arity = "0..1", paramLabel = "THREAD", description = "Name of the thread. Default: all of the tenant.")
    @Nullable
    String thread;

    @Option(names = "--count", paramLabel = "N", description = "End after so many events. Default: never.")
    long count = Long.MAX_VALUE;

    @Option(names = "--json", description = "Print the events as the service sends them.")
    boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String threads = thread == null ? "" : "/threads/" + new ThreadKey(address.tenant, thread).thread();
        URI url = address.service().resolve("/v1/tenants/" + address.tenant + threads + "/events");
        long[] left = {count};
        new EventStream(url).read(event -> {
            out.println(json ? event.data() : line(event));
            out.flush();
            left[0]--;
            return left[0] > 0;
        });
        return ExitCode.OK.number();
    }

    private static String line(EventStream.Event event) {
        try {
            JsonNode data = JSON.readTree(event.data());
            return data.has("reason")
                    ? event.name() + ": " + data.path("reason").asText()
                    : "%s  %s  %s%s%s".formatted(data.path("at").asText("-"), event.name(),
                            data.path("tenant").asText() + "/" + data.path("thread").asText(),
                            data.has("epoch") ? "  epoch " + data.path("epoch").asLong() : "", share(data));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.REFUSED, "the service sent an event that is no JSON", e);
        }
    }

    private static String share(JsonNode data) {
        return data.has("share")
                ? String.format(Locale.ROOT, "  %,d of %,d tokens (%.1f %%)", data.path("tokens").asLong(),
                        data.path("window").asLong(), PERCENT * data.path("share").asDouble())
                : "";
    }
}
