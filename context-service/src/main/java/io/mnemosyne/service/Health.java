package io.mnemosyne.service;

import java.util.List;

/** How the parts of the process are. */
@FunctionalInterface
public interface Health {

    /** The parts that decide about liveness and readiness, each time anew. */
    List<Component> components();

    /**
     * One part.
     *
     * @param alive false if only a restart can help
     * @param ready true if it works and its state is restored
     * @param detail what it is doing, for a person
     */
    record Component(String name, boolean alive, boolean ready, String detail) {
    }
}
