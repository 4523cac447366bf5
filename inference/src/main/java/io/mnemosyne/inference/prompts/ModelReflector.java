package io.mnemosyne.inference.prompts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.prompts.ReflectionReader.Candidate;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;

/**
 * Reflects with a chat model: tries the compression levels in order until the answer is smaller than the target. If none is,
 * the smallest that is smaller than what it replaces counts.
 */
public final class ModelReflector implements Model<ReflectionRequest, ReflectionResult.Outcome> {
    /** Kept of the time for a further level, so that what is in hand gets out before the whole call is given up. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final ChatModel chat;
    private final ModelName name;
    private final Counts counts;
    private final PromptRoom room;
    private final ReflectorPrompt prompts;

    /**
     * A reflector of any number of threads.
     *
     * @param counter of the tokens of prompts and of reflections
     * @param counts takes {@code answer.*} and {@code entry.*}
     * @param window tokens that the model takes, its answer included
     * @param billed what the model's provider bills of our prompts; decides what fits
     */
    public ModelReflector(ChatModel chat, TokenCounter counter, Counts counts, long window, BilledTokens billed) {
        this.chat = chat;
        this.name = new ModelName(chat.id().provider(), chat.id().model(), ReflectorPrompt.TEMPLATE.version());
        this.counts = counts;
        this.room = new PromptRoom(counter, window, chat.id(), billed);
        this.prompts = new ReflectorPrompt(room);
    }

    @Override
    public ModelName nameFor(ReflectionRequest request) {
        return name;
    }

    @Override
    public ReflectionResult.Outcome answer(ReflectionRequest request, CallContext context)
            throws ModelException, InterruptedException {
        ReflectionReader reader = new ReflectionReader(request, room.counter());
        if (reader.hasNothingToRead()) {
            return new ReflectionResult.Reflected(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), 0,
                    ProjectState.EMPTY, name.unbilled(context.insteadOf()));
        }
        ReflectorPrompt.Shown shown = prompts.of(request).orElseThrow(() -> new ModelException("the log of turns "
                + ReflectorPrompt.range(request) + " does not fit " + chat.id() + ": its window is given as "
                + room.window() + " tokens", false));
        Asking asking = new Asking(chat, name, request, context, room, counts);
        return outcome(best(request, reader, shown, asking, context.deadline()), asking.provenance());
    }

    private Candidate best(ReflectionRequest request, ReflectionReader reader, ReflectorPrompt.Shown shown,
            Asking asking, Deadline deadline) throws ModelException, InterruptedException {
        Optional<Candidate> best = Optional.empty();
        for (int level = 0; level <= ReflectorPrompt.LEVELS; level++) {
            Deadline until = best.isPresent() ? earlier(deadline) : deadline;
            if (level > 0 && until.isPassed()) {
                return best.orElseThrow(() -> new ModelException(
                        "no usable reflection before its time was over", true));
            }
            try {
                best = smaller(best, level(request, reader, shown, level, asking, until), replacedTokens(request));
            } catch (ModelException e) {
                return best.orElseThrow(() -> e);
            }
            if (best.filter(candidate -> candidate.tokens() < request.targetTokens()).isPresent()) {
                break;
            }
            counts.raise("level.failed");
        }
        return best.orElseThrow(() -> new ModelException(
                "no usable reflection at any level: each was empty, went round in circles or was too long",
                false));
    }

    /** What the model makes of the log at one level; empty if another level may do better. */
    private Optional<Candidate> level(ReflectionRequest request, ReflectionReader reader, ReflectorPrompt.Shown shown,
            int level, Asking asking, Deadline until) throws ModelException, InterruptedException {
        try {
            Reading<Optional<Candidate>> reading = asking.ask(prompts.prompt(request, shown, level, reader.target()),
                    until, (answer, _) -> reader.read(answer, level), ReflectionReader::repair);
            return reading.usable().orElseThrow(() -> asking.useless(reading.problems()));
        } catch (ChatException e) {
            if (isOfThisLevel(e)) {
                return Optional.empty();
            }
            throw asking.failed(e);
        }
    }

    private static Optional<Candidate> smaller(Optional<Candidate> best, Optional<Candidate> next, long replaced) {
        return next.filter(candidate -> candidate.tokens() < replaced)
                .filter(candidate -> best.isEmpty() || candidate.tokens() < best.get().tokens()).or(() -> best);
    }

    /** Whether a harder level, whose answer is shorter, may well do better. */
    private static boolean isOfThisLevel(ChatException e) {
        return switch (e.failure()) {
            case CUT_OFF, REPEATING, EMPTY -> true;
            case RATE_LIMITED, OVERLOADED, TIMEOUT, DISCONNECTED, MALFORMED, REFUSED, TOO_LARGE, UNAUTHORIZED, REJECTED,
                    OUT_OF_BUDGET, CIRCUIT_OPEN ->
                false;
        };
    }

    private static Deadline earlier(Deadline deadline) {
        return new Deadline(deadline.ticker(), deadline.at() - MARGIN.toNanos());
    }

    private static long replacedTokens(ReflectionRequest request) {
        return request.segments().stream().mapToLong(Segment::tokens).sum();
    }

    private static ReflectionResult.Reflected outcome(Candidate candidate, Provenance provenance) {
        return new ReflectionResult.Reflected(candidate.entries(), candidate.title(), Optional.empty(),
                Optional.empty(),
                candidate.level(), candidate.state(), provenance);
    }
}
