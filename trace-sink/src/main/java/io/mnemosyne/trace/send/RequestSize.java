package io.mnemosyne.trace.send;

/** How large requests are made, which the backend may teach. Thread-safe. */
final class RequestSize {
    /** Below it a refusal says more of the span than of the server. */
    private static final int LEAST = 128 * 1024;

    private final SendLimits limits;
    private final int envelope;
    private int target;

    RequestSize(SendLimits limits, Envelope envelope) {
        this.limits = limits;
        this.envelope = envelope.size();
        this.target = limits.targetBytes();
    }

    /** A packer for requests of the size that the backend takes, as far as is known. */
    Packer packer() {
        return new Packer(envelope, target(), limits.maxSpans());
    }

    synchronized int target() {
        return target;
    }

    synchronized void wasTooLarge(int bytes) {
        target = Math.min(target, Math.max(LEAST, bytes / 2));
    }
}
