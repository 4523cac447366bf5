package io.mnemosyne.launcher.stack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StackPlanTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "0.0.0.0, 127.0.0.1", "::, 127.0.0.1", "10.0.0.5, 10.0.0.5", "::1, [::1]"})
    void shouldSayWhereTheServiceIsReached(String bound, String reached) {
        StackPlan plan = new StackPlan(Path.of("data"), Set.of(), Map.of(), bound, Map.of(), Map.of());

        assertThat(plan.reachableServiceHost()).isEqualTo(reached);
    }
}
