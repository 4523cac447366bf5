package io.mnemosyne.launcher.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.launcher.pipeline.CrashStack.Victim;
import io.mnemosyne.launcher.stack.SharedServices;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The negative control of {@link ChaosIT}, under {@code -Pchaos} only: without transactions the same kills of the
 * topologies leave faults in the journal. Not each of them does, so it takes some rounds.
 */
@ExtendWith(SharedServices.Extension.class)
@EnabledIfSystemProperty(named = "chaos.rounds", matches = "[5-9]|[1-9][0-9]+")
class AtLeastOnceIT {
    private static final String PREFIX = "at-least-once.";

    @TempDir
    Path directory;

    @Test
    void shouldShowFaultsWhenRecordsAreProcessedAtLeastOnce(SharedServices services) throws Exception {
        // given
        Map<String, String> settings = new HashMap<>(KillRound.SETTINGS);
        settings.put("MNEMOSYNE_KAFKA_CLIENT_PROCESSING_GUARANTEE", "at_least_once");
        List<Long> faulty = new ArrayList<>();
        try (var stack = new CrashStack(directory, services, PREFIX, settings);
                var journals = new JournalReader(stack.addresses(), PREFIX)) {
            for (long seed = ChaosIT.SEED; seed < ChaosIT.SEED + ChaosIT.ROUNDS; seed++) {
                // when
                List<String> faults = faults(new KillRound(stack, journals, Victim.TOPOLOGIES, seed));
                if (!faults.isEmpty()) {
                    faulty.add(seed);
                    System.out.println("at least once, seed " + seed + ": " + faults);
                }
            }
        }
        // then
        System.out.printf("at least once: %d of %d rounds show a fault%n", faulty.size(), ChaosIT.ROUNDS);
        assertThat(faulty).as("rounds with a fault, of %d from seed %d", ChaosIT.ROUNDS, ChaosIT.SEED).isNotEmpty();
    }

    private static List<String> faults(KillRound round) {
        try {
            return round.run();
        } catch (RuntimeException | AssertionError e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}
