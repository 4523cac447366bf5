package io.mnemosyne.launcher.up;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import io.mnemosyne.launcher.stack.Component;
import io.mnemosyne.launcher.stack.StackPlan;

import static org.assertj.core.api.Assertions.assertThat;

class StackOptionsTest {

    @Test
    void shouldStartEverythingAtItsDefaultPortWithoutOptions() {
        StackPlan plan = plan();

        assertThat(plan.existing()).isEmpty();
        assertThat(plan.components()).containsExactlyInAnyOrder(Component.values());
        assertThat(plan.ports()).containsEntry(Component.KAFKA, 9092).containsEntry(Component.PIPELINE, 8080);
        assertThat(plan.pipelineEnvironment()).isEmpty();
    }

    @Test
    void shouldUseTheServicesThatAreNamedAndTellThePipelineOfEveryOption() {
        StackPlan plan = plan("--kafka", "broker:9092", "--registry", "https://registry/apis/ccompat/v7",
                "--opensearch",
                "https://search:9200", "--rest-port", "0", "--data", "elsewhere");

        assertThat(plan.existing()).containsExactlyInAnyOrderEntriesOf(Map.of(Component.KAFKA, "broker:9092",
                Component.REGISTRY, "https://registry/apis/ccompat/v7", Component.OPENSEARCH, "https://search:9200"));
        assertThat(plan.ports()).containsEntry(Component.PIPELINE, 0);
        assertThat(plan.data()).isEqualTo(Path.of("elsewhere").toAbsolutePath());
        assertThat(plan.pipelineEnvironment()).containsEntry("MNEMOSYNE_KAFKA_BOOTSTRAP_SERVERS", "broker:9092")
                .containsEntry("MNEMOSYNE_STACK_DATA_DIR", "elsewhere");
    }

    private static StackPlan plan(String... arguments) {
        StackOptions options = new StackOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.plan();
    }
}
