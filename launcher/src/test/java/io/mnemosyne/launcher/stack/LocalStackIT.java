package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.schemas.RegistryRoundTrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class LocalStackIT {
    @TempDir
    Path data = Path.of("");

    @Test
    void shouldKeepRecordsSchemasAndDocumentsOverARestart() throws Exception {
        // given
        StackPlan plan = StackPlan.onFreePorts(data, Component.KAFKA, Component.REGISTRY, Component.OPENSEARCH);
        int schemaId;
        try (LocalStack stack = LocalStack.start(plan)) {
            StackUser user = new StackUser(stack.addresses());
            user.produce("greetings", "tenant/thread", "hello");
            schemaId = user.registerSchema("greetings-value", "{\"type\":\"string\"}");
            user.indexVector("greetings", "1", "[1, 0, 0]");
            RegistryRoundTrip.check(stack.addresses().registry());
        }

        // when
        try (LocalStack stack = LocalStack.start(plan)) {
            // then
            StackUser user = new StackUser(stack.addresses());
            assertThat(user.consume("greetings")).containsExactly("hello");
            assertThat(user.schema(schemaId)).contains("string");
            assertThat(user.nearest("greetings", "[0.9, 0.1, 0]")).isEqualTo("1");
        }
    }

    @Test
    void shouldTellWhichChildDiedAndStopTheOthers() {
        // given
        StackPlan plan = StackPlan.onFreePorts(data, Component.KAFKA);
        try (LocalStack stack = LocalStack.start(plan)) {
            // when
            stack.process(Component.KAFKA).orElseThrow().destroyForcibly();
            Optional<CommandFailure> death = stack.awaitEnd();

            // then
            assertThat(death).hasValueSatisfying(failure -> {
                assertThat(failure.code()).isEqualTo(ExitCode.CHILD_DIED);
                assertThat(failure).hasMessageContainingAll("kafka ended with exit code 137", "kafka.log");
            });
        }
    }

    @Test
    void shouldQuoteTheLogWhenAChildCannotStart() throws IOException {
        // given a log directory that is not what it was
        Path log = Files.createDirectories(data.resolve("kafka").resolve("log"));
        Files.writeString(log.resolve("meta.properties"), "version=7\n");

        // when, then
        assertThatThrownBy(() -> LocalStack.start(StackPlan.onFreePorts(data, Component.KAFKA)))
                .isInstanceOfSatisfying(CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.CHILD_DIED))
                .hasMessageContainingAll("kafka ended with exit code", "meta.properties");
        assertThat(StackFile.read(data)).isEmpty();
    }
}
