package io.mnemosyne.replay.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.replay.entity.Entity;
import io.mnemosyne.replay.entity.Vocabulary;

/** Counts what the forms of one fidelity lack and declare. */
final class LossTally {
    private final Fidelity fidelity;
    private final Vocabulary vocabulary = new Vocabulary();
    private final List<Double> parts = new ArrayList<>();
    private double tokens;
    private double originalTokens;
    private long present;
    private long absent;
    private long exact;
    private long family;
    private long range;
    private long inside;
    private long names;
    private long untrue;

    LossTally(Fidelity fidelity) {
        this.fidelity = fidelity;
    }

    /**
     * Counts one object's form.
     *
     * @param used entities of the object that the session uses later
     * @param all entities of the object
     */
    void count(CutObject cut, Form form, List<String> used, Set<String> all) {
        tokens += form.tokens();
        originalTokens += cut.object().tokens();
        parts.add((double) form.tokens() / cut.object().tokens());
        String told = withoutDeclaration(form.text());
        List<Declared> declared = form.losses().stream().map(Declared::read).toList();
        declared.forEach(item -> check(item, told, cut.text()));
        used.forEach(text -> look(Entity.of(text, vocabulary), told, declared, all));
    }

    LossReport.Row row() {
        List<Double> sorted = parts.stream().sorted().toList();
        double mean = parts.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return new LossReport.Row(fidelity, present, absent, exact, family, range, inside, names, untrue,
                tokens / Math.max(1, originalTokens), mean, sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2));
    }

    private void look(Entity entity, String told, List<Declared> declared, Set<String> all) {
        if (entity.occursIn(told)) {
            present++;
            return;
        }
        absent++;
        if (declared.stream().anyMatch(item -> item.names(entity))) {
            exact++;
        } else if (declared.stream()
                .anyMatch(item -> item instanceof Declared.Family && item.includes(entity.text()))) {
            family++;
        } else if (declared.stream().anyMatch(item -> item.includes(entity.text()))) {
            range++;
        } else if (all.stream().filter(name -> name.contains(entity.text()) && entity.occursIn(name))
                .anyMatch(name -> declared.stream().anyMatch(item -> item.includes(name)))) {
            inside++;
        }
    }

    private void check(Declared item, String told, String original) {
        if (item instanceof Declared.Exact(String name)) {
            names++;
            if (!original.contains(name) || Entity.of(name, vocabulary).occursIn(told)) {
                untrue++;
            }
        }
    }

    /** What a form tells: all but the sentence about its losses. */
    private static String withoutDeclaration(String text) {
        int from = Math.max(text.lastIndexOf("\n[Cannot answer: "), text.lastIndexOf(". Lost: "));
        return from < 0 ? text : text.substring(0, from);
    }
}
