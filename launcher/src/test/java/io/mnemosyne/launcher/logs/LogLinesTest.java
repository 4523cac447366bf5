package io.mnemosyne.launcher.logs;

import java.io.IOException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class LogLinesTest {
    private static final String SECRET = "gh" + "p_" + "0aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kP9lO";

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final Logger logger = context.getLogger("io.mnemosyne.Some");

    @BeforeEach
    void listen() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        events.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(events);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.DEBUG);
    }

    @Test
    void shouldNameTheThreadAndTheTraceOfALine() throws IOException {
        // given
        context.getMDCAdapter().put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        // when
        logger.atWarn().addKeyValue("thread", "default/t").addKeyValue("offset", 7).log("rejected \"a\" record");
        // then
        JsonNode line = line();
        assertThat(line.path("thread").asText()).isEqualTo("default/t");
        assertThat(line.path("offset").asText()).isEqualTo("7");
        assertThat(line.path("trace_id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("message").asText()).isEqualTo("rejected \"a\" record");
        assertThat(line.path("jvm_thread").asText()).isEqualTo(Thread.currentThread().getName());
    }

    @Test
    void shouldTellOfAnExceptionOnlyTheBeginningWithoutCredentials() throws IOException {
        // given exceptions that quote what they could not read
        String turn = "the user said a lot. ".repeat(100) + "quokka";
        var cause = new IllegalArgumentException("cannot read " + turn);
        // when
        logger.atError().setCause(new IllegalStateException("token " + SECRET + " was refused", cause)).log("failed");
        // then
        JsonNode line = line();
        assertThat(line.toString()).doesNotContain(SECRET, "quokka");
        assertThat(line.at("/cause/type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.at("/cause/message").asText()).startsWith("token [REDACTED:github:");
        assertThat(line.at("/cause/stack").asText()).contains(
                "Caused by: java.lang.IllegalArgumentException: cannot read",
                "at io.mnemosyne.launcher.logs.LogLinesTest");
        assertThat(new CauseConverter().convert(events.list.getFirst())).doesNotContain(SECRET, "quokka")
                .contains("token [REDACTED:github:");
    }

    private JsonNode line() throws IOException {
        String lines = new String(new JsonLines().encode(events.list.getFirst()), UTF_8);
        assertThat(lines.lines()).hasSize(1);
        return new ObjectMapper().readTree(lines);
    }
}
