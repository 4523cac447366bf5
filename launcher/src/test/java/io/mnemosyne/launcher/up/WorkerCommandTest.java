package io.mnemosyne.launcher.up;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.Main;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerCommandTest {

    @Test
    void shouldNameTheAddressThatIsMissing() {
        // given
        StringWriter errors = new StringWriter();
        CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(errors, true));
        // when
        int code = commandLine.execute("worker", "--registry", "http://127.0.0.1:1");
        // then
        assertThat(code).isEqualTo(ExitCode.CONFIGURATION.number());
        assertThat(errors.toString()).contains("kafka.bootstrap-servers is not set");
    }
}
