package io.mnemosyne.observer;

import java.util.Optional;

import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObserverEvent;

/**
 * An event with the thread that it happened to.
 *
 * @param rendition of the turn, if the event is one
 */
record Observable(ThreadKey thread, ObserverEvent event, Optional<Rendition> rendition) {
}
