package io.mnemosyne.replay.loss;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.Sessions;

import static org.assertj.core.api.Assertions.assertThat;

class LossMeasureTest {
    private static final Recording SESSION = Sessions.of("made/up",
            Sessions.event("user",
                    "Names: first_name second_name test_alpha test_beta kept_name mid_name zone_name unused_name 4711 src/a/base.py"),
            Sessions.event("assistant",
                    "first_name, test_beta, kept_name, mid_name, zone_name, 4711, base.py and new_name are needed."));

    @Test
    void shouldSayHowEachNameIsDeclaredThatIsUsedLater() {
        // when
        LossReport.Row row = measure("kept_name", "first_name", "test_* (2)", "kind_name … nice_name (2)",
                "4000–5000 (2)",
                "src/a/* (3)", "3 quoted texts");
        // then
        assertThat(row.present()).isEqualTo(1);
        assertThat(row.absent()).as("all that are used but the one that is new").isEqualTo(6);
        assertThat(row.exact()).as("first_name").isEqualTo(1);
        assertThat(row.family()).as("test_beta").isEqualTo(1);
        assertThat(row.range()).as("mid_name and 4711").isEqualTo(2);
        assertThat(row.inside()).as("base.py").isEqualTo(1);
        assertThat(row.named()).isEqualTo(2.0 / 6);
        assertThat(row.included()).as("all but zone_name").isEqualTo(5.0 / 6);
        assertThat(row.untrue()).isZero();
    }

    @Test
    void shouldCountWhatIsDeclaredThoughItIsToldOrWasNeverThere() {
        // when
        LossReport.Row row = measure("kept_name", "kept_name", "other_name", "first_name");
        // then
        assertThat(row.names()).isEqualTo(3);
        assertThat(row.untrue()).isEqualTo(2);
    }

    private static LossReport.Row measure(String told, String... losses) {
        LossMeasure measure = new LossMeasure(String::length, 100);
        measure.add(SESSION);
        Form form = new Form(told + "\n[Cannot answer: " + String.join(", ", losses) + "]", List.of(losses), 10);
        LossReport report = measure.measure(1, 1, (object, text) -> new Forms(form, form, form, form));
        assertThat(report.objects()).isEqualTo(1);
        return report.rows().getFirst();
    }
}
