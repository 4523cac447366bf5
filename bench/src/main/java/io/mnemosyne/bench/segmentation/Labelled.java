package io.mnemosyne.bench.segmentation;

import java.util.List;

/**
 * A session or dialogue with what people said of it.
 *
 * @param units steps, utterances or exchanges: between them something may begin
 * @param shifts whether something begins with the unit behind each, so one fewer than units
 */
record Labelled(List<List<Piece>> units, List<Boolean> shifts) {
    Labelled {
        units = List.copyOf(units);
        shifts = List.copyOf(shifts);
        if (shifts.size() != Math.max(0, units.size() - 1)) {
            throw new IllegalArgumentException(units.size() + " units have " + shifts.size() + " labels between them");
        }
    }
}
