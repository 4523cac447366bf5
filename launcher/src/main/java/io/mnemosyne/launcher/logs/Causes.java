package io.mnemosyne.launcher.logs;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

import io.mnemosyne.core.redact.CredentialRedactor;
import io.mnemosyne.core.redact.Redactor;

/**
 * Exceptions as text. Libraries quote in their messages what they could not read, so of each message there is only its
 * beginning, without credentials.
 */
final class Causes {
    private static final int MESSAGE_CHARS = 200;
    private static final int MOST_FRAMES = 40;
    private static final int MOST_CAUSES = 8;
    /** Lines of a log are compared by eye at most, so that no key has to be kept. */
    private static final Redactor REDACTOR = new CredentialRedactor(new byte[]{1});

    private Causes() {
    }

    /** Type, message and frames of an exception and of what caused it. */
    static String text(IThrowableProxy thrown) {
        return Stream.iterate(Optional.of(thrown), Optional::isPresent,
                one -> one.flatMap(cause -> Optional.ofNullable(cause.getCause())))
                .limit(MOST_CAUSES).flatMap(Optional::stream).map(Causes::one)
                .collect(Collectors.joining("Caused by: "));
    }

    /** What an exception says, as far as it may be told. */
    static String message(IThrowableProxy thrown) {
        return Optional.ofNullable(thrown.getMessage())
                .map(message -> beginning(REDACTOR.redact(message).value())).orElse("");
    }

    private static String beginning(String message) {
        return message.length() <= MESSAGE_CHARS ? message : message.substring(0, MESSAGE_CHARS) + "...";
    }

    private static String one(IThrowableProxy thrown) {
        String frames = Arrays.stream(thrown.getStackTraceElementProxyArray()).limit(MOST_FRAMES)
                .map(StackTraceElementProxy::toString).map(frame -> "\t" + frame + "\n").collect(Collectors.joining());
        return thrown.getClassName() + ": " + message(thrown) + "\n" + frames;
    }
}
