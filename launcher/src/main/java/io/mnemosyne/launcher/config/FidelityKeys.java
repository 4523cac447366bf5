package io.mnemosyne.launcher.config;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.mnemosyne.core.fidelity.Ageing;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.fidelity.ReuseCurve;
import io.mnemosyne.core.view.group.GroupRules;
import io.mnemosyne.launcher.config.Key.Kind;

/** The settings of what is shown shorter, and of what is one unit. */
final class FidelityKeys {
    private static final FidelityRules STANDARD = FidelityRules.DEFAULT;
    private static final GroupRules GROUPS = GroupRules.DEFAULT;

    private static final Key CAUTION = decimal("caution", STANDARD.caution(),
            "Part of the ceiling from which on a view is under caution: objects age 1.25 times as fast.");
    private static final Key WARNING = decimal("warning", STANDARD.warning(),
            "Part of the ceiling from which on objects age twice as fast.");
    private static final Key CRITICAL = decimal("critical", STANDARD.critical(),
            "Part of the ceiling from which on objects age four times as fast, and the view is rewritten at once.");
    private static final Key EMERGENCY = decimal("emergency", STANDARD.emergency(),
            "Part of the ceiling from which on everything but the newest turn may be evicted.");
    private static final Key SMALLEST = count("smallest", STANDARD.smallest(),
            "Tokens below which an object is always shown in full.");
    private static final Key WITHHELD = decimal("withheld", STANDARD.withheld(),
            "Part of the ceiling above which a result that is no file is shown in detail from its first moment on.");
    private static final Key HOPS = whole("hops", STANDARD.hops(),
            "How far along relations objects come along when one is shown again.");
    private static final Key RELATED = whole("related", STANDARD.related(),
            "How many objects come along at most, 0 for none.");
    private static final Key WORKING_SET = decimal("working-set", STANDARD.workingSet(),
            "Part of the ceiling for files that are carried although memory has passed their turns, 0 to 1.");
    private static final Key PINNED = whole("pinned-calls", STANDARD.pinnedCalls(),
            "Calls of the agent for which an object that was missed stays in full without being used.");
    private static final AgeingKeys FILES = AgeingKeys.of("files", "a file that was read", STANDARD.files());
    private static final AgeingKeys RESULTS = AgeingKeys.of("results", "another result", STANDARD.results());
    private static final AgeingKeys MESSAGES = AgeingKeys.of("messages", "a text of the agent", STANDARD.messages());
    private static final Key SHIFT = decimal("groups.shift", GROUPS.shift(),
            "Cosine of two neighbouring objects below which a new topic begins, at most 1.");
    private static final Key MERGE = decimal("groups.merge", GROUPS.merge(),
            "Cosine of two neighbours of one type above which they are one unit, at most 1.");
    private static final Key EVERY_TURNS = count("groups.every-turns", GROUPS.everyTurns(),
            "Turns from one regrouping to the next.");
    private static final Key SPLIT = count("groups.split-tokens", GROUPS.splitAbove(),
            "Tokens above which a unit is cut where a new topic begins in it.");

    static final List<Key> ALL = Stream.of(
            List.of(CAUTION, WARNING, CRITICAL, EMERGENCY, SMALLEST, WITHHELD, HOPS, RELATED, WORKING_SET, PINNED),
            FILES.all(), RESULTS.all(), MESSAGES.all(), List.of(SHIFT, MERGE, EVERY_TURNS, SPLIT))
            .flatMap(List::stream).toList();

    private FidelityKeys() {
    }

    static FidelityRules read(Values values, Problems problems) {
        Ageing files = FILES.read(values, problems);
        Ageing results = RESULTS.read(values, problems);
        Ageing messages = MESSAGES.read(values, problems);
        return fitting("fidelity", problems, STANDARD,
                () -> new FidelityRules(values.decimal(CAUTION), values.decimal(WARNING), values.decimal(CRITICAL),
                        values.decimal(EMERGENCY), values.count(SMALLEST), values.decimal(WITHHELD),
                        values.fromZero(HOPS),
                        values.fromZero(RELATED), values.decimal(WORKING_SET), values.fromZero(PINNED), files, results,
                        messages, STANDARD.summaries()));
    }

    static GroupRules groups(Values values, Problems problems) {
        return fitting("fidelity.groups", problems, GROUPS, () -> new GroupRules(values.decimal(SHIFT),
                values.decimal(MERGE), values.whole(EVERY_TURNS), values.count(SPLIT)));
    }

    private static <T> T fitting(String section, Problems problems, T standard, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            problems.add("the settings of " + section + " do not fit together: " + e.getMessage());
            return standard;
        }
    }

    /** The settings of how objects of a kind age. */
    private record AgeingKeys(String section, Ageing standard, Key detailed, Key compact, Key stub, Key reuse,
            Key halfLife) {
        static AgeingKeys of(String kind, String one, Ageing standard) {
            String calls = "Calls of the agent without use after which " + one + " is ";
            return new AgeingKeys("fidelity." + kind, standard,
                    count(kind + ".detailed", standard.detailed(), calls + "shown in detail, no more in full."),
                    count(kind + ".compact", standard.compact(), calls + "shown compact."),
                    count(kind + ".stub", standard.stub(), calls + "a stub."),
                    decimal(kind + ".reuse", standard.reuse().fresh(),
                            "How likely it is that " + one + " just now is read again, 0 to 1."),
                    decimal(kind + ".reuse-half-life", standard.reuse().halfLife(),
                            "Calls after which half of that is left, above 0."));
        }

        List<Key> all() {
            return List.of(detailed, compact, stub, reuse, halfLife);
        }

        Ageing read(Values values, Problems problems) {
            ReuseCurve curve = fitting(section, problems, standard.reuse(),
                    () -> new ReuseCurve(values.decimal(reuse), values.decimal(halfLife)));
            return fitting(section, problems, standard,
                    () -> new Ageing(values.count(detailed), values.count(compact), values.count(stub), curve));
        }
    }

    private static Key decimal(String name, double standard, String meaning) {
        return new Key("fidelity." + name, Kind.DECIMAL, Double.toString(standard), meaning);
    }

    private static Key count(String name, long standard, String meaning) {
        return new Key("fidelity." + name, Kind.COUNT, Long.toString(standard), meaning);
    }

    private static Key whole(String name, long standard, String meaning) {
        return new Key("fidelity." + name, Kind.WHOLE, Long.toString(standard), meaning);
    }
}
