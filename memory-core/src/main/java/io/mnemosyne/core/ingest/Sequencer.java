package io.mnemosyne.core.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnEvent.Reason;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.admit.AdmissionRules;
import io.mnemosyne.core.fidelity.Shortening;
import io.mnemosyne.core.redact.Redacted;
import io.mnemosyne.core.redact.Redactor;
import io.mnemosyne.core.redact.TurnRedactor;
import io.mnemosyne.core.segment.Cut;
import io.mnemosyne.core.segment.Cutter;
import io.mnemosyne.core.segment.EarlierObjects;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * Gives every raw record its place in its thread. Owns the order: turns get a seq without gaps from 0, an event counts once,
 * and every raw record ends in exactly one {@link TurnsRecord}.
 */
public final class Sequencer {
    private static final String NO_ID = "";
    private static final int MAX_REASON_BYTES = 2_000;

    private final Function<String, Redactor> redactors;
    private final TokenCounter tokens;
    private final AdmissionRules admission;
    private final Shortening shortening;

    /**
     * A sequencer for all threads.
     *
     * @param redactors the redactor of a tenant
     * @param admission by what objects are admitted
     */
    public Sequencer(Function<String, Redactor> redactors, TokenCounter tokens, AdmissionRules admission) {
        this.redactors = redactors;
        this.tokens = tokens;
        this.admission = admission;
        this.shortening = new Shortening(tokens);
    }

    /** A sequencer with the standard rules of admission. */
    public Sequencer(Function<String, Redactor> redactors, TokenCounter tokens) {
        this(redactors, tokens, AdmissionRules.DEFAULT);
    }

    /**
     * Decides what becomes of one raw record. The state it answers with is the thread's head from now on.
     *
     * @param source of the raw record
     * @param known what is remembered of the thread
     */
    public Decision<ThreadHead, IngestEffect> decide(ThreadHead head, ThreadKey thread, Position source, RawEvent event,
            Known known) {
        Place place = new Place(thread, head, source);
        return switch (event) {
            case RawEvent.Received(RawTurn turn) -> {
                Redacted<RawTurn> clean = redactor(thread).redact(turn);
                yield counted(clean, receive(place, clean.value(), known));
            }
            case RawEvent.Instructed(Command command) -> {
                Redacted<Command> clean = redactor(thread).redact(command);
                yield counted(clean, instruct(place, clean.value(), known));
            }
            case RawEvent.Unreadable(String reason) -> reject(place, NO_ID, List.of(reason));
            case RawEvent.Misplaced _ -> place.skip(NO_ID, Reason.REROUTED).and(new IngestEffect.Reroute());
        };
    }

    private Decision<ThreadHead, IngestEffect> receive(Place place, RawTurn turn, Known known) {
        List<String> problems = TurnValidator.problems(turn);
        if (!problems.isEmpty()) {
            return reject(place, turn.eventId(), problems);
        }
        if (known.find(Known.Kind.EVENT, turn.eventId()).isPresent()) {
            return place.skip(turn.eventId(), Reason.DUPLICATE);
        }
        return append(place, turn, known);
    }

    private Decision<ThreadHead, IngestEffect> append(Place place, RawTurn whole, Known known) {
        ThreadHead head = place.head();
        List<Long> partTokens = whole.parts().stream().map(part -> tokensOf(whole, part)).toList();
        long turnTokens = TokenCounter.MESSAGE_OVERHEAD + partTokens.stream().mapToLong(Long::longValue).sum();
        Cut cut = Cutter.cut(place.thread(), head.incarnation(), head.nextSeq(), whole, partTokens, head.calls(),
                earlier(known), admission);
        ClaimCheck checked = ClaimCheck.of(whole.parts());
        RawTurn body = whole.withParts(checked.parts());
        List<SemanticObject> objects = cut.objects().stream().map(object -> withForms(object, whole, body)).toList();
        Turn turn = new Turn(place.thread(), head.incarnation(), head.nextSeq(), body, turnTokens, objects);
        List<IngestEffect> effects = new ArrayList<>();
        effects.add(place.emit(new TurnEvent.Appended(turn)));
        checked.blobs().forEach((sha256, text) -> effects
                .add(new IngestEffect.Keep(new Blob(place.thread(), head.incarnation(), sha256, text))));
        objects.forEach(object -> effects.add(new IngestEffect.Describe(
                new ObjectRecord(place.thread(), head.incarnation(), object, contentOf(object, body)))));
        effects.add(new IngestEffect.Remember(Known.Kind.EVENT, whole.eventId(), Long.toString(head.nextSeq())));
        cut.contents().forEach((hash, id) -> effects.add(new IngestEffect.Remember(Known.Kind.CONTENT, hash, id)));
        cut.files().forEach((path, views) -> effects.add(new IngestEffect.Remember(Known.Kind.FILE, path, views)));
        cut.names().forEach((name, id) -> effects.add(new IngestEffect.Remember(Known.Kind.NAME, name, id)));
        Decision<ThreadHead, IngestEffect> decision = Decision.of(head.after(cut.recent()), effects);
        for (SemanticObject object : objects) {
            decision = object.admission().admitted() ? decision : decision.count(turnedDown(object));
        }
        return decision;
    }

    /** No later stage has a moved text at hand, so its shorter forms travel with the object. */
    private SemanticObject withForms(SemanticObject object, RawTurn whole, RawTurn body) {
        return contentOf(object, body) instanceof Content.Reference
                ? object.with(shortening.of(object, contentOf(object, whole).shown()))
                : object;
    }

    private static String turnedDown(SemanticObject object) {
        return "object.rejected." + object.admission().reason().replace(' ', '-');
    }

    private long tokensOf(RawTurn turn, Part part) {
        return tokens.count(turn.withParts(List.of(part))) - TokenCounter.MESSAGE_OVERHEAD;
    }

    private static EarlierObjects earlier(Known known) {
        return new EarlierObjects() {
            @Override
            public Optional<String> withContent(String contentHash) {
                return known.find(Known.Kind.CONTENT, contentHash);
            }

            @Override
            public Optional<String> ofFile(String path) {
                return known.find(Known.Kind.FILE, path);
            }

            @Override
            public Optional<String> ofName(String name) {
                return known.find(Known.Kind.NAME, name);
            }
        };
    }

    private static Content contentOf(SemanticObject object, RawTurn body) {
        return body.parts().get(object.part()).content();
    }

    private Decision<ThreadHead, IngestEffect> instruct(Place place, Command command, Known known) {
        List<String> problems = TurnValidator.problems(command);
        if (!problems.isEmpty()) {
            return reject(place, command.commandId(), problems);
        }
        if (known.find(Known.Kind.COMMAND, command.commandId()).isPresent()) {
            return place.skip(command.commandId(), Reason.DUPLICATE);
        }
        IngestEffect remember = new IngestEffect.Remember(Known.Kind.COMMAND, command.commandId(), "");
        if (command.kind() != Command.Kind.DELETE) {
            return Decision.<ThreadHead, IngestEffect>unchanged(place.head())
                    .and(place.emit(new TurnEvent.Controlled(command))).and(remember);
        }
        Place emptied = new Place(place.thread(), place.head().deleted(), place.source());
        return Decision.<ThreadHead, IngestEffect>unchanged(emptied.head()).and(new IngestEffect.Erase())
                .and(emptied.emit(new TurnEvent.Controlled(command))).and(remember).count("thread.deleted");
    }

    private Decision<ThreadHead, IngestEffect> reject(Place place, String eventId, List<String> problems) {
        String id = eventId.length() > TurnValidator.MAX_NAME ? NO_ID : eventId;
        String reason = harmless(place.thread(), String.join("; ", problems));
        return place.skip(id, Reason.REJECTED).and(new IngestEffect.Reject(reason));
    }

    /** A complaint may quote what it is about, as that of a decoder does, and at any length. */
    private String harmless(ThreadKey thread, String reason) {
        return Excerpt.of(redactors.apply(thread.tenant()).redact(reason).value(), MAX_REASON_BYTES);
    }

    private TurnRedactor redactor(ThreadKey thread) {
        return new TurnRedactor(redactors.apply(thread.tenant()));
    }

    private static Decision<ThreadHead, IngestEffect> counted(Redacted<?> clean,
            Decision<ThreadHead, IngestEffect> decision) {
        Decision<ThreadHead, IngestEffect> counted = decision;
        for (String rule : clean.counts().keySet()) {
            counted = counted.count("redacted." + rule);
        }
        return counted;
    }

    /** Where a record stands: its thread as of now and its position. */
    private record Place(ThreadKey thread, ThreadHead head, Position source) {

        IngestEffect emit(TurnEvent event) {
            return new IngestEffect.Emit(new TurnsRecord(thread, head.incarnation(), source, event));
        }

        Decision<ThreadHead, IngestEffect> skip(String eventId, Reason reason) {
            return Decision.<ThreadHead, IngestEffect>unchanged(head).and(emit(new TurnEvent.Skipped(eventId, reason)))
                    .count("skipped." + reason.name().toLowerCase(Locale.ROOT));
        }
    }
}
