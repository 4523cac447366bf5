package io.mnemosyne.service;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import io.javalin.http.Context;

import io.mnemosyne.context.ThreadContext;
import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.AnthropicMessages;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Block;

/** {@code /context}: the prompt of a thread under its ceiling. */
final class ContextResource {
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(2);
    private static final long MAX_BUDGET = 100_000_000;

    private final ThreadReader reader;
    private final OwnWrites ownWrites;

    ContextResource(ThreadReader reader, OwnWrites ownWrites) {
        this.reader = reader;
        this.ownWrites = ownWrites;
    }

    void get(Context request) {
        ThreadKey thread = Requests.thread(request);
        String format = Requests.choice(request, "format", "json", "anthropic", "markdown");
        OptionalLong budget = Requests.number(request, "budget", 1, MAX_BUDGET);
        Optional<String> after = Requests.parameter(request, "after");
        if (after.isPresent() && !reached(request, thread, after.get())) {
            request.status(202).header("Retry-After", "1");
            Answers.json(request, Json.of(new NotYet("not applied yet", after.get())));
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

    private static void answer(Context request, ThreadHead head, Assembly.Context context, String format) {
        switch (format) {
            case "markdown" -> Answers.text(request, "text/markdown; charset=utf-8", context.text());
            case "anthropic" ->
                Answers.json(request, AnthropicJson.of(AnthropicMessages.of(context)));
            default -> Answers.json(request, Json.of(View.of(head, context)));
        }
    }

    /** The position that was asked for is not in the view yet. */
    record NotYet(String status, String position) {
    }

    /**
     * The JSON of a context.
     *
     * @param turns number of turns in the thread
     * @param watermark last seq that a segment stands for, -1 if none
     */
    record View(String tenant, String thread, long incarnation, long epoch, long turns, long watermark, long tokens,
            long budget, List<ViewBlock> blocks) {
        static View of(ThreadHead head, Assembly.Context context) {
            return new View(context.thread().tenant(), context.thread().thread(), head.incarnation(), head.epoch(),
                    head.nextSeq(), head.watermark(), context.tokens(), context.budget(),
                    context.blocks().stream().map(ViewBlock::of).toList());
        }
    }

    /** The JSON of a block. */
    record ViewBlock(String kind, Optional<SeqRange> seqs, long tokens, String sha256, String text) {
        static ViewBlock of(Block block) {
            return new ViewBlock(block.kind().name().toLowerCase(Locale.ROOT), block.seqs(), block.tokens(),
                    block.sha256(), block.text());
        }
    }
}
