/** The service's own telemetry: its numbers and its requests, sent over OTLP. */
@NullMarked
package io.mnemosyne.launcher.telemetry;

import org.jspecify.annotations.NullMarked;
