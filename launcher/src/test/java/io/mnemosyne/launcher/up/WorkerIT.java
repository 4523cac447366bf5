package io.mnemosyne.launcher.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.launcher.Main;
import io.mnemosyne.launcher.stack.RunLayout;
import io.mnemosyne.launcher.stack.SharedServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code mnemosyne worker} as a process. */
@ExtendWith(SharedServices.Extension.class)
class WorkerIT {
    private static final String PREFIX = "worker-it.";
    /** What the system says of a process that SIGTERM has ended. */
    private static final int TERMINATED = 143;

    @TempDir
    Path directory;

    @Test
    void shouldLeaveItsRequestsToOthersAtOnceWhenItIsToldToStop(SharedServices services) throws Exception {
        // given a worker that has joined
        Path log = directory.resolve("worker.log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                RunLayout.find().agent().resolveSibling("*").toString(), Main.class.getName(), "worker", "--kafka",
                services.addresses().kafka(), "--registry", services.addresses().registry())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("MNEMOSYNE_KAFKA_TOPIC_PREFIX", PREFIX);
        Process worker = builder.start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", services.addresses().kafka()))) {
            await("a worker with partitions, see " + log).atMost(Duration.ofSeconds(60)).ignoreExceptions()
                    .until(() -> members(admin).stream()
                            .anyMatch(member -> !member.assignment().topicPartitions().isEmpty()));
            // when
            worker.destroy();
            boolean ended = worker.waitFor(30, TimeUnit.SECONDS);
            // then it has said goodbye, for which the group of a killed one waits until its session is over
            assertThat(ended).isTrue();
            assertThat(members(admin)).isEmpty();
            assertThat(worker.exitValue()).isEqualTo(TERMINATED);
            assertThat(Files.readString(log)).contains("worker runs").doesNotContain("ERROR", "Exception");
        } finally {
            worker.destroyForcibly();
        }
    }

    private static Collection<MemberDescription> members(Admin admin) throws Exception {
        String group = PREFIX + "worker";
        return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members();
    }
}
