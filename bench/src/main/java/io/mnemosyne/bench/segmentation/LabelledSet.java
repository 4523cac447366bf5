package io.mnemosyne.bench.segmentation;

import java.util.List;
import java.util.stream.IntStream;

/** Sessions or dialogues that were labelled alike. Thresholds are chosen on one half and judged on the other. */
record LabelledSet(String name, List<Labelled> all) {
    LabelledSet {
        all = List.copyOf(all);
    }

    /** The first, third and so on. */
    List<Labelled> chosenOn() {
        return everySecond(0);
    }

    /** The second, fourth and so on. */
    List<Labelled> judgedOn() {
        return everySecond(1);
    }

    private List<Labelled> everySecond(int from) {
        return IntStream.range(0, all.size()).filter(i -> i % 2 == from).mapToObj(all::get).toList();
    }
}
