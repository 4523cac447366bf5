package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class DataDirectoryTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldNameTheHolderWhenAnotherRunHoldsIt() {
        try (DataDirectory first = DataDirectory.hold(directory)) {
            assertThatThrownBy(() -> DataDirectory.hold(first.path()))
                    .isInstanceOfSatisfying(CommandFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(ExitCode.DATA_HELD))
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void shouldBeFreeAgainWhenReleased() {
        DataDirectory.hold(directory).close();

        assertThatCode(() -> DataDirectory.hold(directory).close()).doesNotThrowAnyException();
    }

    @Test
    void shouldSayWhatToDoWhenItCannotBeWritten() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.hold(file.resolve("data")))
                .isInstanceOfSatisfying(CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.DATA_UNUSABLE))
                .hasMessageContaining("--data");
    }

    @Test
    void shouldRefuseADiskThatIsNearlyFull() {
        assertThatCode(() -> DataDirectory.requireSpace(directory, DataDirectory.MIN_FREE_BYTES))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> DataDirectory.requireSpace(directory, DataDirectory.MIN_FREE_BYTES - 1))
                .isInstanceOfSatisfying(CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.DATA_UNUSABLE))
                .hasMessageContaining("1023 MiB free");
    }
}
