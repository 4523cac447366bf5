package io.mnemosyne.core.thread;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One stage as a broker sees it: it reads from several logs, each at its own position, and what it decided, wrote and read
 * counts together or not at all.
 *
 * @param <M> what it keeps: the states of threads and its positions
 */
abstract class Task<M> {
    private final UnaryOperator<M> copy;
    private M committed;
    private M memory;
    private Transaction transaction = Transaction.open();

    Task(M empty, UnaryOperator<M> copy) {
        this.copy = copy;
        committed = empty;
        memory = copy.apply(empty);
    }

    /** What the running instance keeps, committed or not. */
    M memory() {
        return memory;
    }

    /** What an instance that starts now would find. */
    M committed() {
        return committed;
    }

    Transaction transaction() {
        return transaction;
    }

    /** How many logs it reads. */
    int inputs() {
        return 2;
    }

    /** Reads one record of a log, and does what follows; false if there is none. */
    abstract boolean read(int input);

    /** Writes down which deadlines have passed, if it has any. */
    void tick() {
    }

    void commit() {
        transaction.commit();
        transaction = Transaction.open();
        committed = copy.apply(memory);
    }

    /** Everything since the last commit is lost, and done again by the instance that follows. */
    void crash() {
        transaction.abort();
        transaction = Transaction.open();
        memory = copy.apply(committed);
    }

    /** Another instance takes over. The old one does not know yet and goes on for a while; nobody sees what it does. */
    void rebalance(List<Integer> readsOfTheOldOne) {
        transaction.abort();
        readsOfTheOldOne.forEach(input -> read(input % inputs()));
        crash();
    }

    /** Reads everything that is there. */
    boolean readAll(int first) {
        boolean any = false;
        for (int i = 0; i < inputs(); i++) {
            while (read((first + i) % inputs())) {
                any = true;
            }
        }
        return any;
    }
}
