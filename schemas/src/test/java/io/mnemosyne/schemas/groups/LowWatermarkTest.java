package io.mnemosyne.schemas.groups;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LowWatermarkTest {

    @Property
    void shouldCommitNothingThatIsNotDoneAndAllThatIs(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 5) Integer> gaps, @ForAll long seed) {
        // given records with gaps between their offsets, read in order
        LowWatermark watermark = new LowWatermark();
        Set<Long> open = new TreeSet<>();
        long offset = 0;
        for (int gap : gaps) {
            watermark.read(offset);
            open.add(offset);
            offset += gap;
        }
        long end = Collections.max(open) + 1;
        List<Long> doneInAnyOrder = new ArrayList<>(open);
        Collections.shuffle(doneInAnyOrder, new Random(seed));
        long last = -1;
        for (long done : doneInAnyOrder) {
            // when
            watermark.done(done);
            open.remove(done);
            // then the low watermark is the first open record, or the end
            OptionalLong due = watermark.due();
            long low = open.isEmpty() ? end : Collections.min(open);
            if (low == last) {
                assertThat(due).isEmpty();
            } else {
                assertThat(due).hasValue(low);
                assertThat(low).isGreaterThan(last);
                watermark.committed(low);
                last = low;
            }
        }
        assertThat(last).isEqualTo(end);
    }

    @Test
    void shouldHaveNothingDueBeforeAnythingWasRead() {
        assertThat(new LowWatermark().due()).isEmpty();
    }

    @Test
    void shouldRefuseOffsetsThatDoNotGrow() {
        // given
        LowWatermark watermark = new LowWatermark();
        watermark.read(7);
        // when / then
        assertThatThrownBy(() -> watermark.read(7)).isInstanceOf(IllegalArgumentException.class);
    }
}
