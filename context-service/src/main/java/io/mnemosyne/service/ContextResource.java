package io.mnemosyne.service;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.mnemosyne.context.ThreadContext;
import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.AnthropicMessages;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;

/** {@code /context}: the prompt of a thread under its ceiling. */
final class ContextResource {
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(2);
    private static final long MAX_BUDGET = 100_000_000;

    private final ThreadReader reader;
    private final OwnWrites ownWrites;
    private final Counter inThreads;
    private final Counter inPrompts;

    ContextResource(ThreadReader reader, OwnWrites ownWrites, MeterRegistry metrics) {
        this.reader = reader;
        this.ownWrites = ownWrites;
        this.inThreads = tokens("thread", metrics);
        this.inPrompts = tokens("prompt", metrics);
    }

    private static Counter tokens(String of, MeterRegistry metrics) {
        return Counter.builder("mnemosyne.served.tokens")
                .description("Tokens of the prompts that were served, and of the whole threads that they stand for")
                .tag("of", of).register(metrics);
    }

    void get(Context request) {
        ThreadKey thread = Requests.thread(request);
        String format = Requests.choice(request, "format", "json", "anthropic", "markdown");
        OptionalLong budget = Requests.number(request, "budget", 1, MAX_BUDGET);
        Optional<String> after = Requests.parameter(request, "after");
        if (after.isPresent() && !reached(request, thread, after.get())) {
            Answers.notYet(request, after.get());
            return;
        }
        ThreadContext found = (budget.isPresent() ? reader.context(thread, budget.getAsLong()) : reader.context(thread))
                .orElseThrow(() -> Problem.noTurns(thread));
        switch (found.assembly()) {
            case Assembly.BudgetTooSmall small -> throw Problem.budgetTooSmall(small.budget(), small.needed());
            case Assembly.Context context -> answer(request, found.head(), context, format);
        }
    }

    private boolean reached(Context request, ThreadKey thread, String token) {
        Position position = PositionToken.parse(token);
        return ownWrites.reached(thread, position, Requests.millis(request, "wait", DEFAULT_WAIT));
    }

    private void answer(Context request, ThreadHead head, Assembly.Context context, String format) {
        inThreads.increment((double) head.totals().tokensIn());
        inPrompts.increment((double) context.tokens());
        switch (format) {
            case "markdown" -> Answers.text(request, "text/markdown; charset=utf-8", context.text());
            case "anthropic" ->
                Answers.json(request, AnthropicJson.of(AnthropicMessages.of(context)));
            default -> Answers.json(request, Json.of(View.of(head, context)));
        }
    }

    /**
     * The JSON of a context.
     *
     * @param turns number of turns in the thread
     * @param watermark last seq that a segment stands for, -1 if none
     * @param cachedPrefix left out where the budget cuts the prompt, so that nobody knows where it begins to differ
     */
    record View(String tenant, String thread, long incarnation, long epoch, long turns, long watermark, long tokens,
            long budget, Optional<CachedPrefix> cachedPrefix, List<ViewBlock> blocks) {
        static View of(ThreadHead head, Assembly.Context context) {
            return new View(context.thread().tenant(), context.thread().thread(), head.incarnation(), head.epoch(),
                    head.nextSeq(), head.watermark(), context.tokens(), context.budget(),
                    CachedPrefix.of(head, context),
                    context.blocks().stream().map(block -> ViewBlock.of(block, head.held())).toList());
        }
    }

    /**
     * The JSON of what the provider's cache holds of a prompt from the agent's newest call.
     *
     * @param share of the prompt's tokens, 0 to 1
     */
    record CachedPrefix(long tokens, double share) {
        static Optional<CachedPrefix> of(ThreadHead head, Assembly.Context context) {
            long tokens = Math.min(head.cached(), context.tokens());
            return head.tokensInView() > context.budget()
                    ? Optional.empty()
                    : Optional.of(
                            new CachedPrefix(tokens, Json.rounded((double) tokens / Math.max(1, context.tokens()))));
        }
    }

    /**
     * The JSON of a block.
     *
     * @param objects of its turn that are not shown in full; left out if there is none
     */
    record ViewBlock(String kind, Optional<SeqRange> seqs, long tokens, String sha256,
            Optional<List<ShorterObject>> objects, String text) {
        static ViewBlock of(Block block, HeldObjects held) {
            List<ShorterObject> shorter = block.turn().stream().flatMap(turn -> turn.objects().stream())
                    .flatMap(object -> held.find(object.id()).stream())
                    .filter(object -> object.shown() != Fidelity.FULL).map(ShorterObject::of).toList();
            return new ViewBlock(block.kind().name().toLowerCase(Locale.ROOT), block.seqs(), block.tokens(),
                    block.sha256(), Optional.of(shorter).filter(some -> !some.isEmpty()), block.text());
        }
    }

    /**
     * The JSON of an object that is shown shorter.
     *
     * @param level 1 for a detailed summary to 4 for nothing but its id
     */
    record ShorterObject(String id, String type, int level) {
        static ShorterObject of(HeldObject object) {
            return new ShorterObject(object.id(), object.type().name().toLowerCase(Locale.ROOT),
                    object.shown().level());
        }
    }
}
