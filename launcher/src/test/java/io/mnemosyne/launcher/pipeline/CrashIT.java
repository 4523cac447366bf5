package io.mnemosyne.launcher.pipeline;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.transcript.TurnJson;
import io.mnemosyne.launcher.client.ServiceClient;
import io.mnemosyne.launcher.stack.Component;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.launcher.stack.StackPlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** kill -9 of the process that runs the topologies, in the middle of an import. */
@ExtendWith(SharedServices.Extension.class)
class CrashIT {
    private static final int TURNS = 600;
    private static final int KILL_AFTER = 200;
    private static final int BATCH = 10;

    @TempDir
    Path data;

    @Test
    void shouldLoseAndDoubleNothingWhenThePipelineIsKilledWhileTurnsArrive(
            SharedServices services) {
        // given an import that goes on in the background
        ThreadKey thread = new ThreadKey("default", "killed");
        List<RawTurn> turns = turns();
        AtomicInteger acknowledged = new AtomicInteger();
        StackPlan plan = services.pipeline(data, "crash.", Map.of("MNEMOSYNE_POLICY_BUDGET", "16000"));
        CompletableFuture<Void> importing;
        try (LocalStack stack = LocalStack.start(plan)) {
            var served = served(stack, thread);
            importing = CompletableFuture.runAsync(() -> post(served, turns, acknowledged));
            await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.get() >= KILL_AFTER);

            // when
            stack.process(Component.PIPELINE).orElseThrow().destroyForcibly();
            assertThat(stack.awaitEnd()).isPresent();
        }
        int before = acknowledged.get();
        assertThat(before).as("acknowledged at the time of the kill").isLessThan(TURNS);
        importing.cancel(true);

        // and the stack comes up again, and the importer goes on a little before where it was
        try (LocalStack stack = LocalStack.start(plan)) {
            var served = served(stack, thread);
            post(served, turns.subList(Math.max(0, before - 3 * BATCH), TURNS), new AtomicInteger());
            String last = served.post(List.of(turns.getLast()));
            served.contextAfter(last);

            // then everything that was acknowledged is served, once, in order, unchanged
            List<String> expected = turns.stream().map(TurnJson::write).toList();
            List<String> actual = served.turns();
            assertThat(Sha256.hex(String.join("\n", actual))).isEqualTo(Sha256.hex(String.join("\n", expected)));
            assertThat(actual).isEqualTo(expected);
            ServedThread.assertEverySeqHasOneBaseForm(served.service().get(thread, "/context").json());
            assertThat(served.stats().path("violations").asLong()).isZero();
        }
    }

    private static ServedThread served(LocalStack stack, ThreadKey thread) {
        return new ServedThread(new ServiceClient(URI.create(stack.addresses().service())), thread);
    }

    private static void post(ServedThread served, List<RawTurn> turns, AtomicInteger acknowledged) {
        for (int from = 0; from < turns.size(); from += BATCH) {
            served.post(turns.subList(from, Math.min(turns.size(), from + BATCH)));
            acknowledged.addAndGet(BATCH);
        }
    }

    private static List<RawTurn> turns() {
        List<RawTurn> turns = new ArrayList<>();
        IntStream.range(0, TURNS).forEach(i -> turns.add(new RawTurn("e" + i, i % 3 == 0 ? Role.USER : Role.ASSISTANT,
                List.of(new Part.Text(Content.of("turn " + i + " reads src/file" + i % 17 + ".java: "
                        + "some words that take a few tokens each ".repeat(i % 9)))),
                Origin.UNKNOWN)));
        return turns;
    }
}
