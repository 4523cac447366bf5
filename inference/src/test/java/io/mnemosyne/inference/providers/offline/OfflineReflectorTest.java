package io.mnemosyne.inference.providers.offline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.TokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

class OfflineReflectorTest {
    private static final TokenCounter QUARTERS = text -> (text.length() + 3) / 4;

    @Test
    void shouldUnderstandWhatTheObserverWrites() {
        // given two observations of a command that fails first and passes later
        Segment failing = observed("1", new Conversation().user("make the build green")
                .bash("make all", "main.c:3: error: unknown type name 'foo'\nCommand exited with code 2").turns());
        Segment passing = observed("2",
                new Conversation().call("1", "edit", "{\"path\":\"main.c\",\"newText\":\"int x;\"}")
                        .result("1", "ok").bash("make all", "linked main\n").turns());
        ReflectionRequest request = new ReflectionRequest("r", new ThreadKey("default", "t"), 0, 1, Instant.EPOCH,
                5_000, List.of(failing, passing), ProjectState.EMPTY);
        OfflineReflector reflector = new OfflineReflector(QUARTERS);
        // when
        ReflectionResult.Reflected reflected = reflector.reflect(request);
        // then
        assertThat(reflected.provenance()).isEqualTo(reflector.nameFor(request).unbilled(Optional.empty()));
        assertThat(reflected.state().goals()).extracting(ProjectState.Item::text).contains("make the build green");
        assertThat(reflected.state().files()).containsKey("main.c");
        assertThat(reflected.state().blockers()).noneMatch(blocker -> blocker.text().startsWith("`make all` fails"));
    }

    @Test
    void shouldKeepABlockerWhenAnotherScriptThatBeginsAlikePasses() {
        // given
        String opening = "set -e\\n# " + "a long comment ".repeat(20);
        Segment failing = observed("1",
                new Conversation().bash(opening + "\\n./migrate.sh prod", "Error: locked\n").turns());
        Segment passing = observed("2", new Conversation().bash(opening + "\\necho hi", "hi\n").turns());
        ReflectionRequest request = new ReflectionRequest("r", new ThreadKey("default", "t"), 0, 1, Instant.EPOCH,
                5_000, List.of(failing, passing), ProjectState.EMPTY);
        // when
        ReflectionResult.Reflected reflected = new OfflineReflector(QUARTERS)
                .reflect(request);
        // then
        assertThat(reflected.state().blockers()).singleElement().extracting(ProjectState.Item::text).asString()
                .startsWith("`set -e").contains("Error: locked");
    }

    private static Segment observed(String id, List<io.mnemosyne.core.Rendition> turns) {
        ObservationResult.Observed observed = (ObservationResult.Observed) new OfflineObserver(QUARTERS)
                .observe(Recording.request(turns));
        SeqRange range = new SeqRange(turns.getFirst().seq(), turns.getLast().seq());
        return new Segment(id, Segment.Kind.OBSERVATION, range, 0, observed.entries(), Optional.empty(),
                Optional.empty(), Optional.empty(), 100);
    }
}
