package io.mnemosyne.service;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.recall.Answered;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.MemoryQuery.Kind;
import io.mnemosyne.core.recall.Recollection.Source;
import io.mnemosyne.core.recall.TimeRange;

import static org.assertj.core.api.Assertions.assertThat;

class QueryTest extends ServiceTest {
    private static final String QUESTION = "{\"question\": \"Which port?\"}";
    private static final String SECRET = "AKIA" + "Q3EGRIYHZPTLXWUM";

    @BeforeEach
    void begin() throws Exception {
        post("application/json", HELLO);
        threads.apply();
    }

    @Test
    void shouldAnswerWithPassagesAndTheirSourcesWhereNoModelIsNamed() throws Exception {
        // given
        memory.object("ab01", 3, "listening on 8081\n");
        memory.object("cd02", 1, "listening on 8080\n", "ab01");

        // when
        JsonNode answer = json(tell("/query", QUESTION));

        // then
        assertThat(answer.path("answer").asText())
                .isEqualTo("""
                           [Memory Query Result]
                           [1]
                           listening on 8081

                           [2]
                           listening on 8080

                           Sources in default/t:
                           [1] tool_result ab01, turn 3, 2026-03-01T10:02:00Z, 2310 tokens: ran ab01
                           [2] tool_result cd02, turn 1, 2026-03-01T10:02:00Z, 2310 tokens: ran cd02 (in place of [1])
                           In full: POST /v1/tenants/default/threads/t/restore {"object": "ab01"}
                           """);
        assertThat(answer.path("by").asText()).isEqualTo("passages");
        assertThat(answer.path("reason").asText()).contains("no model is named");
        assertThat(answer.path("source").asText()).isEqualTo("index");
        assertThat(answer.path("tokens").asLong()).isEqualTo(FakeMemory.TOKENS.count(answer.path("answer").asText()));
        assertThat(answer.path("results").path(1)).hasToString("{\"id\":\"cd02\",\"kind\":\"object\","
                + "\"type\":\"tool_result\",\"seqs\":{\"from\":1,\"to\":1},\"at\":\"2026-03-01T10:02:00Z\","
                + "\"stub\":\"ran cd02\",\"passage\":\"listening on 8080\\n\",\"tokens\":2310,\"score\":0.5,"
                + "\"supersedes\":[\"ab01\"]}");
    }

    @Test
    void shouldAnswerInAModelsWordsWithThoseSourcesThatItCites() throws Exception {
        // given
        memory.object("ab01", 3, "listening on 8081");
        memory.object("cd02", 1, "something else");
        memory.answerer = _ -> new Answered.Told("It is 8081 [1].", true, List.of(1),
                new Provenance("anthropic", "small", "recall-1", 100, 10));

        // when
        JsonNode answer = json(tell("/query", QUESTION));

        // then
        assertThat(answer.path("answer").asText()).startsWith("[Memory Query Result]\nIt is 8081 [1].\n")
                .contains("[1] tool_result ab01").doesNotContain("cd02");
        assertThat(answer.path("by").asText()).isEqualTo("anthropic:small");
        assertThat(answer.path("results")).hasSize(2);
        assertThat(memory.put.getFirst().question()).isEqualTo("Which port?");
    }

    @Test
    void shouldAskNoModelWherePassagesAreWantedOrNothingIsFound() throws Exception {
        // when
        JsonNode nothing = json(tell("/query", QUESTION));
        memory.object("ab01", 3, "listening on 8081");
        tell("/query", "{\"question\": \"Which port?\", \"answer\": \"passages\"}");
        JsonNode none = json(tell("/query", "{\"question\": \"Which port?\", \"answer\": \"none\"}"));

        // then
        assertThat(memory.put).isEmpty();
        assertThat(nothing.path("answer").asText()).contains("Nothing in the memory of default/t");
        assertThat(none.has("answer")).isFalse();
        assertThat(none.path("results")).hasSize(1);
    }

    @Test
    void shouldQuoteWhatFitsAndAtLeastOnePassage() throws Exception {
        // given passages of 60 and 50 words
        memory.object("ab01", 3, "long ".repeat(60));
        memory.object("cd02", 1, "next ".repeat(50));

        // when
        String all = json(tell("/query", "{\"question\": \"?\", \"tokens\": 110}")).path("answer").asText();
        String one = json(tell("/query", "{\"question\": \"?\", \"tokens\": 70}")).path("answer").asText();
        String part = json(tell("/query", "{\"question\": \"?\", \"tokens\": 20}")).path("answer").asText();

        // then
        assertThat(all).contains("long ".repeat(60).strip(), "next ".repeat(50).strip());
        assertThat(one).contains("long ".repeat(60).strip(), "[1] tool_result").doesNotContain("next", "[2]");
        assertThat(part).contains("long", "bytes left out").doesNotContain("long ".repeat(30));
    }

    @Test
    void shouldLookForWhatIsAskedFor() throws Exception {
        // when
        tell("/query",
                """
                {"question": "Which port?", "kinds": ["object", "state"], "types": "file_context", "tags": ["Java"],
                 "from": "2026-03-01", "to": "2026-03-02T12:00:00+02:00", "seqs": {"from": 2, "to": 9}, "k": 3,
                 "stale": true}""");

        // then
        assertThat(memory.asked).containsExactly(new MemoryQuery("Which port?", Set.of(Kind.OBJECT, Kind.STATE),
                Set.of(Type.FILE_CONTEXT), Set.of("java"),
                Optional.of(new TimeRange(Optional.of(Instant.parse("2026-03-01T00:00:00Z")),
                        Optional.of(Instant.parse("2026-03-02T10:00:00Z")))),
                Optional.of(new SeqRange(2, 9)), 3, true));
    }

    @Test
    void shouldNameEveryFieldThatIsWrong() throws Exception {
        // when
        HttpResponse<String> refused = tell("/query", """
                                                      {"question": " ", "kinds": ["objects"], "types": [1], "tags": {},
                                                       "from": "yesterday", "to": 7, "seqs": {"from": 9, "to": 2},
                                                       "k": 101, "stale": "no", "answer": "both", "after": "nonsense",
                                                       "wait": -1, "tokens": 0, "format": "xml", "limit": 5}""");

        // then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(refused).path("fields").findValuesAsText("field")).containsExactlyInAnyOrder("question",
                "kinds", "types", "tags", "from", "to", "seqs", "k", "stale", "answer", "after", "wait", "tokens",
                "format", "limit");
        assertThat(json(refused).path("detail").asText()).contains("'k' must be a whole number from 1 to 100",
                "'limit' is no field");
        assertThat(memory.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            {"question":                                       | no JSON
                                            ["question"]                                       | no JSON object
                                            {"question": "?", "from": "2026-03-02", "to": "2026-03-01T00:00:00Z"} | before 'from'
                                            {"question": "?", "answer": "none", "format": "text"} | there is no text
                                            """)
    void shouldSayWhatIsWrongWithABody(String body, String detail) throws Exception {
        // when
        HttpResponse<String> refused = tell("/query", body);

        // then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("detail").asText()).contains(detail);
    }

    @Test
    void shouldShowACredentialOfTheQuestionToNobody() throws Exception {
        // given
        memory.object("ab01", 3, "listening on 8081");

        // when
        HttpResponse<String> answer = tell("/query", "{\"question\": \"Where is AWS_ACCESS_KEY_ID=" + SECRET + "?\"}");

        // then
        assertThat(memory.asked.getFirst().question()).contains("[REDACTED:").doesNotContain(SECRET);
        assertThat(memory.put.getFirst().question()).contains("[REDACTED:").doesNotContain(SECRET);
        assertThat(threads.commands.getFirst().arguments().get("question")).contains("[REDACTED:")
                .doesNotContain(SECRET);
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    @Test
    void shouldNoteThatMemoryWasAsked() throws Exception {
        // given
        memory.object("ab01", 3, "listening on 8081");
        memory.object("cd02", 1, "something else");
        String question = "x".repeat(999) + "\uD83D\uDE00 and more";

        // when
        JsonNode answer = json(send(request("/query").header("Idempotency-Key", "q-1")
                .POST(BodyPublishers.ofString("{\"question\": \"" + question + "\"}"))));

        // then
        assertThat(answer.path("journalled").asBoolean()).isTrue();
        assertThat(threads.commands).singleElement().satisfies(command -> {
            assertThat(command.commandId()).isEqualTo("q-1");
            assertThat(command.kind()).isEqualTo(Command.Kind.QUERY);
            assertThat(command.arguments()).containsEntry("objects", "ab01,cd02")
                    .containsEntry("question", "x".repeat(999))
                    .containsEntry("tokens", answer.path("tokens").asText());
        });
        assertThat(memory.asked.getFirst().question()).isEqualTo(question);
    }

    @Test
    void shouldAnswerAndSaySoWhereTheQuestionCannotBeNoted() throws Exception {
        // given
        memory.object("ab01", 3, "listening on 8081");
        threads.failCommands(CompletableFuture.failedFuture(new TimeoutException("no broker answered in time")));

        // when
        HttpResponse<String> answer = tell("/query", QUESTION);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("journalled").asBoolean(true)).isFalse();
        assertThat(json(answer).path("answer").asText()).contains("8081");
    }

    @Test
    void shouldSayThatTheIndexIsAway() throws Exception {
        // given
        memory.object("ab01", 3, "listening on 8081");
        memory.source = Source.STORE;

        // when
        JsonNode answer = json(tell("/query", QUESTION));

        // then
        assertThat(answer.path("source").asText()).isEqualTo("store");
        assertThat(answer.path("answer").asText())
                .startsWith("[Memory Query Result]\n[The search index does not answer.");
    }

    @Test
    void shouldWaitForTheAskersOwnTurnAndSayWhetherItCanBeFound() throws Exception {
        // given
        memory.object("ab01", 3, "listening on 8081");
        String position = json(post("application/json", ANSWER)).path("position").asText();
        String after = "{\"question\": \"?\", \"wait\": 20, \"after\": \"" + position + "\"}";

        // when
        HttpResponse<String> early = tell("/query", after);
        threads.apply();
        JsonNode found = json(tell("/query", after));
        memory.searchable = false;
        JsonNode behind = json(tell("/query", after));

        // then
        assertThat(early.statusCode()).isEqualTo(202);
        assertThat(json(early).path("position").asText()).isEqualTo(position);
        assertThat(found.path("indexed").asBoolean()).isTrue();
        assertThat(behind.path("indexed").asBoolean(true)).isFalse();
        assertThat(behind.path("answer").asText()).contains("[The newest turns may be missing");
        assertThat(json(tell("/query", QUESTION)).has("indexed")).isFalse();
    }

    @Test
    void shouldAnswerWithTheTextAloneWhereThatIsWanted() throws Exception {
        // given
        memory.object("ab01", 3, "port → 8081");

        // when
        HttpResponse<String> answer = tell("/query", "{\"question\": \"?\", \"format\": \"text\"}");

        // then
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(answer.body()).startsWith("[Memory Query Result]").contains("port → 8081");
    }

    @Test
    void shouldAnswer404ForAThreadWithoutTurns() throws Exception {
        // given
        threads.forget();

        // when, then
        assertThat(tell("/query", QUESTION).statusCode()).isEqualTo(404);
        assertThat(memory.asked).isEmpty();
    }

    @Test
    void shouldRefuseAnIdThatNoCommandCanHave() throws Exception {
        // when
        HttpResponse<String> refused = send(request("/query").header("Idempotency-Key", "k".repeat(257))
                .POST(BodyPublishers.ofString(QUESTION)));

        // then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("detail").asText()).contains("'Idempotency-Key'");
    }
}
