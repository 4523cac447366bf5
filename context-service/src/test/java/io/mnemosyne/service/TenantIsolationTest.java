package io.mnemosyne.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.service.watch.CompactHub;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is asked, and by whom, nothing of another tenant or thread is in the answer. */
class TenantIsolationTest {
    private static final List<String> NAMES = List.of("acme", "acm", "acme.x", "Acme", "acme:t", "t", "default");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FakeThreads THREADS = new FakeThreads();
    private static final FakeMemory MEMORY = new FakeMemory();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ContextService SERVICE = start();

    private static ContextService start() {
        THREADS.written.add(new RawTurn("e", Role.USER, List.of(new Part.Text(Content.of("hello"))), Origin.UNKNOWN));
        THREADS.apply();
        for (String tenant : NAMES) {
            for (String thread : NAMES) {
                MEMORY.put(new ThreadKey(tenant, thread),
                        FakeMemory.found("of-" + tenant + "/" + thread, 0, "MARK<" + tenant + "/" + thread + ">"));
            }
        }
        return ContextService.start(ServiceSettings.standard().withPort(0), THREADS, THREADS,
                new TenantRedactors("key".getBytes(StandardCharsets.UTF_8)), MEMORY.memory(), new CompactHub(),
                List::of,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    @AfterContainer
    static void stop() {
        HTTP.close();
        SERVICE.close();
    }

    @Property(tries = 150)
    void shouldAnswerOutOfTheThreadThatIsAskedAlone(@ForAll("names") String tenant, @ForAll("names") String thread,
            @ForAll("bodies") String body) throws Exception {
        // when
        HttpResponse<String> response = HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVICE.port()
                + "/v1/tenants/" + tenant + "/threads/" + thread + "/query")).POST(BodyPublishers.ofString(body))
                .build(), BodyHandlers.ofString());

        // then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode answer = JSON.readTree(response.body());
        assertThat(answer.path("results").findValuesAsText("id")).containsExactly("of-" + tenant + "/" + thread);
        assertThat(answer.path("results").findValuesAsText("passage"))
                .containsExactly("MARK<" + tenant + "/" + thread + ">");
        assertThat(answer.path("tenant").asText()).isEqualTo(tenant);
        assertThat(answer.path("thread").asText()).isEqualTo(thread);
        assertThat(answer.path("answer").asText().lines().filter(line -> line.contains("MARK<")))
                .allMatch(line -> line.equals("MARK<" + tenant + "/" + thread + ">"));
    }

    @Provide
    static Arbitrary<String> names() {
        return Arbitraries.of(NAMES);
    }

    /** Questions that name tenants and threads, with all that a body can have. */
    @Provide
    static Arbitrary<String> bodies() {
        Arbitrary<String> words = Arbitraries
                .of("of-acme/t", "MARK<default/t>", "tenant:acme", "* OR tenant:acme", "../",
                        "acme/t#0", "{\"term\": {\"tenant\": \"acme\"}}", "port", "\u0000", "\"")
                .list().ofMinSize(1).ofMaxSize(5).map(list -> String.join(" ", list));
        return Combinators.combine(words, Arbitraries.integers().between(1, 100), Arbitraries.of(true, false),
                Arbitraries.of("model", "passages", "none")).as((question, k, stale, answer) -> {
                    ObjectNode body = JSON.createObjectNode().put("question", question + " ?").put("k", k)
                            .put("stale", stale).put("answer", answer);
                    body.putArray("tags").add(question.strip().isEmpty() ? "x" : "tenant:acme");
                    return body.toString();
                });
    }
}
