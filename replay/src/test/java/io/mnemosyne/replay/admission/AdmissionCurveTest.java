package io.mnemosyne.replay.admission;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.replay.admission.AdmissionCurve.Share;

import static org.assertj.core.api.Assertions.assertThat;

class AdmissionCurveTest {
    private final List<RawTurn> turns = new ArrayList<>();

    @Test
    void shouldCountAListingThatAloneHeldANameWhichIsUsedLater() {
        // given
        call("ls src", "src/order_index.py\nsrc/other_file.py");
        call("python run.py", "12 orders were written to the table in 3 seconds, all of them new");
        call("pytest src/order_index.py", "1 passed");
        // when
        Share results = results(0);
        // then
        assertThat(results.objects()).isEqualTo(3);
        assertThat(results.rejected()).isEqualTo(1);
        assertThat(results.named()).isEqualTo(1);
        assertThat(results(4).named()).as("needed while it was among the newest").isZero();
    }

    @Test
    void shouldNotCountARepeatedReadWhoseFirstTextIsKept() {
        // given
        call("cat order_index.py", "class OrderIndex: a class with some words in it that are new");
        call("cat order_index.py", "class OrderIndex: a class with some words in it that are new");
        call("cat order_index.py", "class OrderIndex: another text altogether, of which nothing was told before");
        // when
        Share results = results(0);
        // then
        assertThat(results.rejected()).isEqualTo(1);
        assertThat(results.readAgain()).isZero();
    }

    @Test
    void shouldCountAReadOfWhatWasTurnedDown() {
        // given everything is turned down
        call("cat order_index.py", "class OrderIndex: a class with some words in it that are new");
        call("cat order_index.py", "class OrderIndex: another text altogether, of which nothing was told before");
        // when
        Share results = curve(1, 0).points().getFirst().results();
        // then
        assertThat(results.rejected()).isEqualTo(2);
        assertThat(results.readAgain()).isEqualTo(1);
    }

    private Share results(int newest) {
        return curve(0.2, newest).points().getFirst().results();
    }

    private AdmissionCurve curve(double threshold, int newest) {
        AdmissionCurve curve = new AdmissionCurve(List.of(threshold), newest, String::length);
        curve.add("folder/session", turns);
        return curve;
    }

    private void call(String command, String result) {
        String id = "c" + turns.size();
        turn(Role.ASSISTANT, new Part.ToolCall(id, "bash", Content.of("{\"command\": \"" + command + "\"}")));
        turn(Role.TOOL, new Part.ToolResult(id, "bash", Content.of(result), false));
    }

    private void turn(Role role, Part part) {
        turns.add(new RawTurn("e" + turns.size(), role, List.of(part), Origin.UNKNOWN));
    }
}
