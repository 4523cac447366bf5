package io.mnemosyne.replay.measure;

/** Events {@code from} to {@code to}, both included, as a run claims it: nothing says that there are such events. */
record Span(int from, int to) {
    boolean contains(int event) {
        return from <= event && event <= to;
    }

    boolean within(int first, int last) {
        return first <= from && from <= to && to <= last;
    }
}
