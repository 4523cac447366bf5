package io.mnemosyne.context;

import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.view.ViewEffect;
import io.mnemosyne.core.view.ViewEvent;

/** Keys of the rows of {@code view}. Each kind of entry is numbered from 1, so that all keys are known by the newest. */
final class JournalKeys {
    private JournalKeys() {
    }

    static String of(ThreadKey thread, long incarnation, ViewEvent event) {
        return switch (event) {
            case ViewEvent.EpochOpened opened -> key(thread, incarnation, 'e', opened.epoch());
            case ViewEvent.Faulted faulted -> key(thread, incarnation, 'f', faulted.number());
            case ViewEvent.Regrouped regrouped -> key(thread, incarnation, 'g', regrouped.number());
            case ViewEvent.Obeyed obeyed -> key(thread, incarnation, 'c', obeyed.number());
        };
    }

    /** Every key of an incarnation. */
    static Stream<String> all(ThreadKey thread, ViewEffect.Forget old) {
        long incarnation = old.incarnation();
        return Stream.of(upTo(old.epochs(), epoch -> key(thread, incarnation, 'e', epoch)),
                upTo(old.faults(), fault -> key(thread, incarnation, 'f', fault)),
                upTo(old.regroupings(), regrouping -> key(thread, incarnation, 'g', regrouping)),
                upTo(old.commands(), command -> key(thread, incarnation, 'c', command))).flatMap(keys -> keys);
    }

    private static Stream<String> upTo(long newest, LongFunction<String> key) {
        return LongStream.rangeClosed(1, newest).mapToObj(key);
    }

    private static String key(ThreadKey thread, long incarnation, char kind, long number) {
        return thread.row(String.format(Locale.ROOT, "%d.%c%019d", incarnation, kind, number));
    }
}
