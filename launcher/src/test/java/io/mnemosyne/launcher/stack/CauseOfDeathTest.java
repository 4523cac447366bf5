package io.mnemosyne.launcher.stack;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

final class CauseOfDeathTest {
    @ParameterizedTest
    @CsvSource({"java.io.IOException: No space left on device,FULL_DISK",
            "java.net.BindException: Address already in use,PORT_TAKEN", "java.lang.IllegalStateException,UNKNOWN"})
    void shouldBeReadFromAnyLineOfTheLog(String line, CauseOfDeath cause) {
        assertThat(CauseOfDeath.of(List.of("starting", line, "stopped"))).isEqualTo(cause);
    }
}
