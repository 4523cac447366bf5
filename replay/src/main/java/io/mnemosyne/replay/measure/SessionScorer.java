package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.measure.Counts.Tally;
import io.mnemosyne.replay.recording.Recording;

/** Compares the prompts of one session with its recording, step by step. */
final class SessionScorer {
    private final RunReader run;
    private final Recording recording;
    private final Tally tally = new Tally();
    private final Problems problems = new Problems();
    private final Passages passages;
    private final Blocks blocks;
    private final Presence presence;
    private final Validity validity;
    private final PromptSizes sizes;
    private final LargeResults large;
    private final Faults faults;
    private final Support support;
    private final Coverage coverage;
    private final UserMessages users;
    private final FactRetention facts;

    private SessionScorer(RunReader run, Recording recording, OptionalLong ceiling) {
        this.run = run;
        this.recording = recording;
        Vocabulary vocabulary = new Vocabulary();
        this.passages = new Passages(recording, vocabulary);
        this.blocks = new Blocks(run, passages, vocabulary, problems);
        this.presence = new Presence(passages);
        this.validity = new Validity(recording, passages, tally, problems);
        this.sizes = new PromptSizes(recording, ceiling, tally);
        this.large = new LargeResults(recording, passages, presence, tally);
        this.faults = new Faults(recording, passages, presence, large, tally);
        this.support = new Support(recording, vocabulary, blocks.index(), presence, tally);
        this.coverage = new Coverage(presence, tally);
        this.users = new UserMessages(recording, passages, presence, tally);
        this.facts = new FactRetention(recording, vocabulary, presence, tally);
    }

    /** @param ceiling tokens that no prompt should exceed */
    static SessionReport score(RunReader run, Recording recording, OptionalLong ceiling) {
        return new SessionScorer(run, recording, ceiling).score();
    }

    private SessionReport score() {
        List<Integer> unknown = new ArrayList<>();
        run.prompts(recording.id()).forEach(prompt -> {
            if (prompt.step() < 0 || prompt.step() >= recording.steps().size()) {
                unknown.add(prompt.step());
            } else {
                measure(new Step(prompt.step(), recording.steps().get(prompt.step())), prompt);
            }
        });
        return finish(unknown);
    }

    private void measure(Step step, Prompt prompt) {
        validity.checkEnd(step, prompt.upto());
        List<Block> shown = blocks.of(prompt);
        sizes.measure(step, shown);
        BitSet gone = (BitSet) presence.texts().clone();
        validity.checkBlocks(step, presence.moveTo(shown));
        gone.andNot(presence.texts());
        blocks.drop(gone);
        large.measure(step);
        faults.measure(step);
        support.measure(step);
        coverage.measure(step, shown);
        users.measure(step);
        facts.measure(step, shown);
    }

    private SessionReport finish(List<Integer> unknown) {
        large.finish(faults.results());
        coverage.finish();
        facts.finish();
        Counts counted = tally.counts();
        validity.checkSteps(run.repeatedSteps(recording.id()), unknown, (int) counted.get(Count.STEPS));
        tally.add(Count.EVENTS, recording.events().size());
        tally.add(Count.PROBLEMS, problems.count());
        List<HelperTokens> helpers = run.helperCalls(recording.id());
        helpers.forEach(this::count);
        countPrices();
        SessionShape shape = SessionShape.of(recording);
        shape.count(tally);
        return new SessionReport(recording.id(), tally.counts(), shape.tools(),
                HelperUse.byStage(helpers), facts.mostLost(), problems.first());
    }

    private void count(HelperTokens call) {
        tally.add(Count.HELPER_CALLS);
        tally.add(Count.HELPER_INPUT_TOKENS, call.inputTokens());
        tally.add(Count.HELPER_OUTPUT_TOKENS, call.outputTokens());
        tally.add(Count.BILLED_INPUT_TOKENS, call.billed() ? call.inputTokens() : 0);
        tally.add(Count.BILLED_OUTPUT_TOKENS, call.billed() ? call.outputTokens() : 0);
        tally.add(Count.BILLED_MICROS, call.micros());
    }

    private void countPrices() {
        Counts counts = tally.counts();
        double full = Prices.fullHistory(counts);
        tally.addIf(full > 0, Count.PRICED);
        tally.addIf(full > 0 && Prices.prompts(counts) > full, Count.DEARER);
        tally.addIf(full > 0 && Prices.net(counts) > full, Count.DEARER_NET);
    }
}
