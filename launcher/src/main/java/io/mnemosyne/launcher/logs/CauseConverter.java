package io.mnemosyne.launcher.logs;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %cause} in a pattern: the exception of a line, as {@link Causes} tells it. */
public final class CauseConverter extends ThrowableHandlingConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return event.getThrowableProxy() == null ? "" : Causes.text(event.getThrowableProxy());
    }
}
