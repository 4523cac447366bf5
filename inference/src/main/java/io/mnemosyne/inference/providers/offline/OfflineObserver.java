package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelName;

/**
 * Writes observations by rule. Pure: the same request always gives the same entries, and nothing leaves the process.
 * Time is linear in the request apart from choosing lines, which is n log n.
 */
public final class OfflineObserver implements Model<ObservationRequest, ObservationResult.Outcome> {
    private static final ModelName NAME = new ModelName(ModelName.OFFLINE, "extractive", "1");
    private static final double SHARE = 0.25;
    private static final long LEAST = 160;
    /** Share of the budget kept for quoted passages; what the other entries leave is added. */
    private static final double QUOTED = 0.65;
    private static final int CHARS_PER_TOKEN = 4;

    private final TokenCounter tokens;
    private final double share;

    public OfflineObserver(TokenCounter tokens) {
        this(tokens, SHARE);
    }

    /** @param share tokens of the entries by tokens of the turns, 0 to 1; 160 tokens are always allowed */
    OfflineObserver(TokenCounter tokens, double share) {
        this.tokens = tokens;
        this.share = share;
    }

    @Override
    public ModelName nameFor(ObservationRequest request) {
        return NAME;
    }

    @Override
    public ObservationResult.Outcome answer(ObservationRequest request, CallContext context) {
        return observe(request, NAME.unbilled(context.insteadOf()));
    }

    /** The observation of a request, as the first choice. */
    public ObservationResult.Outcome observe(ObservationRequest request) {
        return observe(request, NAME.unbilled(Optional.empty()));
    }

    private ObservationResult.Outcome observe(ObservationRequest request, Provenance provenance) {
        Transcript transcript = Transcript.of(request.turns());
        List<LogEntry> entries = entries(transcript, request.priorMemory(), budget(request.turns()));
        if (entries.isEmpty()) {
            return new ObservationResult.Nothing(provenance);
        }
        Outlook outlook = Outlook.of(transcript);
        return new ObservationResult.Observed(entries, outlook.title(), outlook.currentTask(), outlook.nextStep(),
                provenance);
    }

    private List<LogEntry> entries(Transcript transcript, String priorMemory, long budget) {
        EntryBudget chooser = new EntryBudget(tokens);
        // The user's words do not compete with what came of them.
        EntryBudget.Choice asked = chooser.choose(Requests.in(transcript), budget, LEAST);
        List<Candidate> candidates = Stream.of(Questions.in(transcript), Decisions.in(transcript),
                FileTouches.in(transcript), Commands.in(transcript), Lookups.in(transcript)).flatMap(List::stream)
                .toList();
        EntryBudget.Choice done = chooser.choose(candidates, Math.round(budget * (1 - QUOTED)), LEAST / 2);
        List<LogEntry> entries = new ArrayList<>(asked.entries());
        entries.addAll(done.entries());
        entries.addAll(KeyLines.choose(SourceLine.of(transcript), priorMemory, entries, budget - done.tokens()));
        entries.sort(EntryBudget.IN_ORDER);
        return entries;
    }

    private long budget(List<Rendition> turns) {
        long chars = turns.stream().flatMap(turn -> turn.parts().stream())
                .mapToLong(part -> Sha256.utf8Length(part.content().shown())).sum();
        return Math.max(LEAST, Math.round(share * chars / CHARS_PER_TOKEN));
    }
}
