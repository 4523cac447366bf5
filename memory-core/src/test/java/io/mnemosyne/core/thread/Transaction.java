package io.mnemosyne.core.thread;

/** What a task writes becomes visible all at once, or not at all. */
final class Transaction {
    /** Of a writer that needs none: what it writes is there at once. */
    static final Transaction NONE = new Transaction(State.COMMITTED);

    private enum State {
        OPEN,
        COMMITTED,
        ABORTED
    }

    private State state;

    private Transaction(State state) {
        this.state = state;
    }

    static Transaction open() {
        return new Transaction(State.OPEN);
    }

    void commit() {
        state = State.COMMITTED;
    }

    void abort() {
        state = State.ABORTED;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isCommitted() {
        return state == State.COMMITTED;
    }
}
