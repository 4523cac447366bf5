package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.assemble.AnthropicMessages;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.launcher.importer.SessionFile;
import io.mnemosyne.replay.policy.RecordedCalls;
import io.mnemosyne.replay.policy.Remembering;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.service.AnthropicJson;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user of {@code format=anthropic} gets, at every model call of every recorded session. */
class ValidRequestsTest {
    private static final Path SAMPLE = Path.of("../samples/mnemosyne-session.jsonl");
    private static final TokenCounter COUNTER = O200kTokenCounter.shared();

    private final Remembering policy = new Remembering(Policy.standard().scaledTo(16_000),
            Models.offline(COUNTER), COUNTER, RecordedCalls.NONE);

    @Test
    void shouldBeTakenByTheMessagesApiAtEveryStep() throws IOException {
        // given
        List<Path> files = new ArrayList<>(List.of(SAMPLE));
        Optional.ofNullable(System.getenv("MNEMOSYNE_DATA")).map(data -> Path.of(data, "sessions"))
                .ifPresent(sessions -> Stream
                        .of("normalized", "original/claude_code",
                                "original/openhands_native/ponylang__ponyc-4588.normalized.jsonl",
                                "original/pi_coding_agent")
                        .map(sessions::resolve)
                        .forEach(place -> files.addAll(SessionFiles.find(List.of(place)))));
        // when
        List<Checked> checked = files.parallelStream().map(this::checked).toList();
        // then
        System.out.printf("%d sessions, %d requests checked%n", checked.size(),
                checked.stream().mapToInt(Checked::requests).sum());
        assertThat(checked.stream().flatMap(session -> session.problems().stream())).isEmpty();
        assertThat(checked).anyMatch(session -> session.requests() > 50);
    }

    private record Checked(int requests, List<String> problems) {
    }

    private Checked checked(Path file) {
        try {
            Recording recording = new RecordingFile(file, SessionFile.AUTO, false, 0, Optional.empty(), _ -> {
            }).call().orElseThrow();
            Remembering.Session thread = policy.begin(recording.id());
            List<String> problems = new ArrayList<>();
            int requests = 0;
            for (Event event : recording.events()) {
                Optional<Assembly.Context> context = event.role() == Role.ASSISTANT
                        ? thread.context()
                        : Optional.empty();
                if (context.isPresent()) {
                    requests++;
                    problems(context.get()).map(problem -> recording.id() + " before " + event.index() + ": " + problem)
                            .forEach(problems::add);
                }
                thread.append(event);
            }
            return new Checked(requests, problems);
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static Stream<String> problems(Assembly.Context context) throws JsonProcessingException {
        return MessagesApiRules.problems(AnthropicJson.of(AnthropicMessages.of(context))).stream();
    }
}
