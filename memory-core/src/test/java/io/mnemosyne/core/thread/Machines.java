package io.mnemosyne.core.thread;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.observe.ObserverEffect;
import io.mnemosyne.core.observe.ObserverEvent;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.reflect.Reflector;
import io.mnemosyne.core.reflect.ReflectorEffect;
import io.mnemosyne.core.reflect.ReflectorEvent;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.view.KeptView;
import io.mnemosyne.core.view.View;
import io.mnemosyne.core.view.ViewEffect;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.core.view.ViewState;

/** Who decides in a pipeline, so that a test can put a broken machine in the place of a sound one. */
record Machines(Machine<ObserverState, ObserverEvent, ObserverEffect> observer,
        Machine<ReflectorState, ReflectorEvent, ReflectorEffect> reflector,
        Viewer view) {

    /** Cheap, and short texts are many tokens: reading them is what takes the time of a test. */
    static final TokenCounter COUNTER = String::length;

    /** A pure function. */
    @FunctionalInterface
    interface Machine<S, I, E> {
        Decision<S, E> decide(S state, I input, Policy policy);
    }

    /** A pure function of what is kept of a thread. */
    @FunctionalInterface
    interface Viewer {
        Decision<ViewState, ViewEffect> decide(KeptView rows, ViewInput input, Policy policy);
    }

    static Machines sound() {
        View view = new View(COUNTER);
        return new Machines(new Observer(COUNTER)::decide, new Reflector(COUNTER)::decide,
                (rows, input, policy) -> view.decide(rows.head(), input, policy, rows));
    }

    Machines withObserver(Machine<ObserverState, ObserverEvent, ObserverEffect> other) {
        return new Machines(other, reflector, view);
    }

    Machines withReflector(Machine<ReflectorState, ReflectorEvent, ReflectorEffect> other) {
        return new Machines(observer, other, view);
    }

    Machines withView(Viewer other) {
        return new Machines(observer, reflector, other);
    }
}
