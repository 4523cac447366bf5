package io.mnemosyne.core.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.TurnJsonReader;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the types of cut objects with those that a reader gave to 200 objects of recorded sessions. */
@EnabledIfEnvironmentVariable(named = "MNEMOSYNE_DATA", matches = ".+", disabledReason = "set MNEMOSYNE_DATA to the folder with the recorded sessions")
class LabelledTypesTest {
    private static final Path LABELS = Path.of("src/test/resources/labels/object-types.csv");
    private static final Path SESSIONS = Path.of(System.getenv().getOrDefault("MNEMOSYNE_DATA", "."), "sessions",
            "normalized");

    @Test
    void shouldAgreeWithTheReaderOnMostTypes() throws IOException, InvalidTurnException {
        // given
        List<Label> labels = Files.readAllLines(LABELS).stream().skip(1).map(Label::of).toList();
        // when
        Map<String, Map<Integer, Type>> found = new HashMap<>();
        for (Label label : labels) {
            if (!found.containsKey(label.session)) {
                found.put(label.session, types(label.session));
            }
        }
        List<Agreement> agreements = labels.stream()
                .map(label -> new Agreement(label, found.get(label.session).get(label.event))).toList();
        // then
        if (Boolean.getBoolean("labels.report")) {
            System.out.println(report(agreements));
        }
        List<Agreement> heldOut = agreements.stream().filter(one -> !one.label.isForDevelopment()).toList();
        assertThat(strict(agreements)).as("strict accuracy on all labels:\n%s", report(agreements))
                .isGreaterThan(0.89);
        assertThat(strict(heldOut)).as("strict accuracy on the labels that no rule was tuned on").isGreaterThan(0.84);
    }

    private static Map<Integer, Type> types(String session) throws IOException, InvalidTurnException {
        CutThread thread = new CutThread();
        Map<Integer, Type> types = new HashMap<>();
        int event = 0;
        for (String line : Files.readAllLines(SESSIONS.resolve(session + ".jsonl"))) {
            List<SemanticObject> objects = thread.cut(TurnJsonReader.read(line, "e" + event));
            if (!objects.isEmpty()) {
                types.put(event, objects.getFirst().type());
            }
            event++;
        }
        return types;
    }

    private static String report(List<Agreement> agreements) {
        List<String> lines = new ArrayList<>();
        for (boolean development : new boolean[]{true, false}) {
            List<Agreement> half = agreements.stream().filter(one -> one.label.isForDevelopment() == development)
                    .toList();
            lines.add(line(development ? "development" : "held out", half));
            Map<Type, List<Agreement>> byType = new TreeMap<>();
            half.forEach(one -> byType.computeIfAbsent(one.label.type, _ -> new ArrayList<>()).add(one));
            byType.forEach((type, some) -> lines.add("  " + line(type.name().toLowerCase(Locale.ROOT), some)));
        }
        lines.add(line("all", agreements));
        return String.join("\n", lines);
    }

    private static String line(String name, List<Agreement> agreements) {
        return String.format(Locale.ROOT, "%s: %d labels, strict %.3f, lenient %.3f", name, agreements.size(),
                strict(agreements),
                agreements.stream().filter(Agreement::lenient).count() / (double) agreements.size());
    }

    private static double strict(List<Agreement> agreements) {
        return agreements.stream().filter(Agreement::strict).count() / (double) agreements.size();
    }

    private record Label(String session, int event, Type type, String second) {
        static Label of(String line) {
            String[] fields = line.split(",", -1);
            return new Label(fields[0], Integer.parseInt(fields[1]), Type.valueOf(fields[3].toUpperCase(Locale.ROOT)),
                    fields[4].toUpperCase(Locale.ROOT));
        }

        /** Rules may be tuned on every second label, by hash, and on no other. */
        boolean isForDevelopment() {
            return Integer.parseInt(Sha256.hex(session + "#" + event).substring(0, 2), 16) % 2 == 0;
        }
    }

    private record Agreement(Label label, Type found) {
        boolean strict() {
            return label.type == found;
        }

        boolean lenient() {
            return strict() || label.second.equals(found.name());
        }
    }
}
