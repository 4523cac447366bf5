package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.mnemosyne.launcher.pipeline.CrashStack.Victim;
import io.mnemosyne.launcher.stack.SharedServices;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * kill -9 of each process that memory is made by, and what the journal says afterwards. One round each; with
 * {@code -Pchaos} ten, at other moments each time.
 */
@ExtendWith(SharedServices.Extension.class)
class ChaosIT {
    static final int ROUNDS = Integer.getInteger("chaos.rounds", 1);
    /** Of the first round; the others count up from it. */
    static final long SEED = Long.getLong("chaos.seed",
            ROUNDS == 1 ? 0 : ThreadLocalRandom.current().nextInt(100_000));
    private static final List<Victim> VICTIMS = Optional.ofNullable(System.getProperty("chaos.victim"))
            .map(name -> List.of(Victim.valueOf(name))).orElse(List.of(Victim.values()));
    private static final String PREFIX = "chaos.";

    @TempDir
    static Path directory;
    private static CrashStack stack;
    private static JournalReader journals;

    @BeforeAll
    static void start(SharedServices services) {
        stack = new CrashStack(directory, services, PREFIX, KillRound.SETTINGS);
        journals = new JournalReader(stack.addresses(), PREFIX);
    }

    @AfterAll
    static void stop() throws IOException {
        journals.close();
        stack.close();
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("rounds")
    void shouldLoseAndDoubleNothingWhenAProcessIsKilled(Victim victim, long seed) {
        KillRound round = new KillRound(stack, journals, victim, seed);
        try {
            assertThat(round.run()).as(round.toString()).isEmpty();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("%s failed; again with -Dit.test=ChaosIT -Dchaos.victim=%s -Dchaos.seed=%d: %s"
                    .formatted(round, victim, seed, e.getMessage()), e);
        }
    }

    static Stream<Arguments> rounds() {
        return IntStream.range(0, ROUNDS).mapToObj(round -> SEED + round)
                .flatMap(seed -> VICTIMS.stream().map(victim -> Arguments.of(victim, seed)));
    }
}
