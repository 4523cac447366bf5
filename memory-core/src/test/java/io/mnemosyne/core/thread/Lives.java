package io.mnemosyne.core.thread;

import java.util.List;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.fidelity.Ageing;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.fidelity.ReuseCurve;
import io.mnemosyne.core.view.group.GroupRules;

/** Lets threads live, with a look at them after each step. */
final class Lives {
    /** Objects age within a few calls. */
    private static final Ageing SOON = new Ageing(1, 2, 3, new ReuseCurve(0.6, 3));
    private static final FidelityRules RULES = new FidelityRules(0.5, 0.7, 0.85, 0.95, 60, 0.4, 2, 3, 0.2, 6, SOON,
            SOON, SOON, false);
    /** Small enough that a few turns are observed, reflected and cut. */
    static final Policy SMALL = new Policy("small", 2_400, 1_200, 4_000, 360, 40, 240, 160, 4,
            Policy.CachePrices.DEFAULT, Policy.UTC, RULES, GroupRules.DEFAULT, Policy.COMPACT_AT);

    private Lives() {
    }

    static Pipeline live(List<Interleavings.Step> steps, int threads, Look look) {
        return live(new Pipeline(Machines.sound(), SMALL, threads), steps, look);
    }

    static Pipeline live(Pipeline pipeline, List<Interleavings.Step> steps, Look look) {
        for (Interleavings.Step step : steps) {
            step.what().accept(pipeline);
            pipeline.audit.readAll();
            look.at(pipeline);
        }
        return pipeline;
    }

    /** What is looked at after each step. */
    @FunctionalInterface
    interface Look {
        void at(Pipeline pipeline);
    }
}
