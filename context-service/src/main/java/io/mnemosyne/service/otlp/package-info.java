/** OpenTelemetry's protocol for traces (OTLP/HTTP 1.x): what a request says, and how it is answered. */
@NullMarked
package io.mnemosyne.service.otlp;

import org.jspecify.annotations.NullMarked;
