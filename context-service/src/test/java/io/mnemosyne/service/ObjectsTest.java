package io.mnemosyne.service;

import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.fidelity.Fidelity;

import static org.assertj.core.api.Assertions.assertThat;

/** What a thread's turns were cut into, and the graph of it. */
class ObjectsTest extends ServiceTest {

    @BeforeEach
    void begin() throws Exception {
        post("application/json", "[" + HELLO + "," + ANSWER + "," + HELLO + "," + ANSWER + "]");
        threads.show(0, Fidelity.FULL);
        threads.show(1, Fidelity.STUB);
        threads.show(3, Fidelity.EVICTED);
        threads.apply();
    }

    @Test
    void shouldListObjectsInTheOrderOfTheirTurns() throws Exception {
        // when
        JsonNode page = json(get("/objects"));

        // then
        assertThat(page.path("objects").findValuesAsText("id")).containsExactly("o0", "o1", "o3");
        assertThat(page.path("objects").path(1)).hasToString("{\"id\":\"o1\",\"type\":\"tool_result\","
                + "\"seqs\":{\"from\":1,\"to\":1},\"stub\":\"make\",\"tool\":\"bash\",\"error\":false,\"tags\":[\"shell\"],"
                + "\"level\":3,\"sizes\":{\"L0\":100,\"L1\":8,\"L2\":3,\"L3\":2,\"L4\":1}}");
        assertThat(page.has("next")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            ?from=1&to=2          | [o1]
                                            ?level=stub           | [o1]
                                            ?type=tool_result     | [o0, o1, o3]
                                            ?type=plan            | []
                                            ?tag=shell&level=full | [o0]
                                            ?tag=java             | []
                                            ?from=9               | []
                                            """)
    void shouldListWhatIsAskedFor(String query, String ids) throws Exception {
        assertThat(json(get("/objects" + query)).path("objects").findValuesAsText("id")).hasToString(ids);
    }

    @Test
    void shouldLinkToTheNextPageWithTheSameFilters() throws Exception {
        // when
        HttpResponse<String> first = get("/objects?limit=1&type=tool_result&format=jsonl");
        HttpResponse<String> second = follow(first);
        HttpResponse<String> third = follow(second);

        // then
        assertThat(List.of(first, second, third)).extracting(page -> page.body().substring(0, 10))
                .containsExactly("{\"id\":\"o0\"", "{\"id\":\"o1\"", "{\"id\":\"o3\"");
        assertThat(third.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void shouldTellEverythingOfAnObject() throws Exception {
        // when
        JsonNode object = json(get("/objects/o1"));

        // then
        assertThat(object.path("id").asText()).isEqualTo("o1");
        assertThat(object.path("levels").findValuesAsText("name")).containsExactly("full", "detailed", "compact",
                "stub", "evicted");
        assertThat(object.path("levels").path(0).path("text").asText()).isEqualTo("hi");
        assertThat(object.path("levels").path(3).path("losses").path(0).asText()).isEqualTo("port 8081");
        assertThat(object.path("relations")).hasToString("[{\"kind\":\"depends_on\",\"object\":\"o0\"}]");
        assertThat(object.path("history"))
                .hasToString("[{\"atSeq\":1,\"what\":\"demoted\",\"cause\":\"pressure\",\"level\":3}]");
        assertThat(json(get("/objects/o0")).path("relatedFrom"))
                .hasToString(
                        "[{\"kind\":\"depends_on\",\"object\":\"o1\"},{\"kind\":\"depends_on\",\"object\":\"o3\"}]");
    }

    @Test
    void shouldGiveTheTextOfALevelAlone() throws Exception {
        // when
        HttpResponse<String> full = get("/objects/o0?level=full");

        // then
        assertThat(full.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(full.body()).isEqualTo("hello → wörld");
        assertThat(get("/objects/o0?level=stub").body()).isEqualTo("[Paged out: make]");
    }

    @Test
    void shouldSayWhereIdsComeFromForAnObjectThatThereIsNot() throws Exception {
        // when
        HttpResponse<String> missing = get("/objects/gone");

        // then
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(json(missing).path("detail").asText()).contains("no object 'gone'", "POST /query");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/objects?type=file", "/objects?level=3", "/objects?limit=1001", "/objects/o0?level=0",
            "/graph?format=svg", "/graph?limit=0"})
    void shouldRefuseWhatItDoesNotKnow(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldTieObjectsToEachOther() throws Exception {
        // when
        JsonNode graph = json(get("/graph"));
        JsonNode newest = json(get("/graph?limit=2"));
        DotReader dot = DotReader.read(get("/graph?format=dot").body());

        // then
        assertThat(graph.path("nodes").path(1)).hasToString("{\"id\":\"o1\",\"type\":\"tool_result\",\"seq\":1,"
                + "\"level\":3,\"tokens\":100,\"stub\":\"make\"}");
        assertThat(graph.path("edges").path(0))
                .hasToString("{\"from\":\"o1\",\"to\":\"o0\",\"kind\":\"depends_on\"}");
        assertThat(newest.path("nodes").findValuesAsText("id")).containsExactly("o1", "o3");
        assertThat(newest.path("edges")).isEmpty();
        assertThat(newest.path("leftOut").asLong()).isEqualTo(1);
        assertThat(dot.nodes).containsKeys("o0", "o1", "o3");
        assertThat(json(get("/graph?from=9")).path("nodes")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/objects", "/objects/o0", "/graph"})
    void shouldAnswer404ForAThreadWithoutTurns(String path) throws Exception {
        // given
        threads.forget();

        // when, then
        assertThat(get(path).statusCode()).isEqualTo(404);
    }
}
