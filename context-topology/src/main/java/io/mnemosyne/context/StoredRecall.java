package io.mnemosyne.context;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.kafka.streams.KafkaStreams;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.recall.Asked;
import io.mnemosyne.core.recall.Contradictions;
import io.mnemosyne.core.recall.LexicalRanking;
import io.mnemosyne.core.recall.LexicalRanking.Ranked;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.MemoryQuery.Kind;
import io.mnemosyne.core.recall.Passages;
import io.mnemosyne.core.recall.Recall;
import io.mnemosyne.core.recall.Recalled;
import io.mnemosyne.core.recall.Recollection;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.view.ViewState;

/**
 * Recall out of a thread's own rows, by word only. Reads them page by page and keeps no text: a long thread takes time, not
 * memory. Of a text that is kept as a blob it sees the beginning and the end, as the index does. Throws {@link Unavailable} where
 * the thread cannot be read right now.
 */
public final class StoredRecall implements Recall {
    private static final int PAGE = 64;

    private final Rows rows;
    private final TokenCounter counter;
    private final int passage;
    private final ObjectTexts texts;

    /**
     * Reads rows, wherever they are kept.
     *
     * @param passage tokens that a passage has at most
     */
    public StoredRecall(Rows rows, TokenCounter counter, int passage) {
        this.rows = rows;
        this.counter = counter;
        this.passage = passage;
        this.texts = new ObjectTexts((_, _) -> Optional.empty());
    }

    /** Reads what a running {@link ContextTopology} holds. */
    public static Recall in(KafkaStreams streams, TokenCounter counter, int passage) {
        return new StoredRecall(new QueriedRows(streams), counter, passage);
    }

    @Override
    public Recollection find(ThreadKey thread, long incarnation, MemoryQuery query) {
        Asked asked = Asked.in(query.question());
        LexicalRanking<Row> ranking = new LexicalRanking<>(asked);
        rows.head(thread).filter(head -> head.incarnation() == incarnation).ifPresent(head -> {
            if (has(query, Kind.OBJECT)) {
                readTurns(thread, head.turns().nextSeq(), query, ranking);
            }
            if (query.types().isEmpty() && query.tags().isEmpty()) {
                readMemory(thread, head, query, ranking);
            }
        });
        Passages passages = new Passages(counter);
        return new Recollection(Contradictions.newerFirst(ranking.best(query.k()).stream()
                .flatMap(ranked -> known(thread, ranked, asked, passages).stream()).toList()),
                Recollection.Source.STORE,
                query.time());
    }

    /** What stands for a text while others are read. */
    private record Row(Kind kind, String id, SeqRange seqs, Optional<Instant> at, long version) {
    }

    private void readTurns(ThreadKey thread, long next, MemoryQuery query, LexicalRanking<Row> ranking) {
        SeqRange asked = query.seqs().orElse(new SeqRange(0, Long.MAX_VALUE));
        for (long from = asked.from(); from < next && from <= asked.to(); from += PAGE) {
            long to = Math.min(Math.min(next - 1, asked.to()), from + PAGE - 1);
            for (SizedTurn turn : rows.turns(thread, new SeqRange(from, to))) {
                read(turn.turn(), query, ranking);
            }
        }
    }

    private void read(Turn turn, MemoryQuery query, LexicalRanking<Row> ranking) {
        Optional<Instant> at = turn.body().origin().at();
        for (SemanticObject object : turn.objects()) {
            if (!query.stale()) {
                object.makesStale().forEach(ranking::remove);
            }
            if (fits(object, query) && isWithin(query, at)) {
                ranking.add(object.id(), named(object) + shown(object, turn),
                        new Row(Kind.OBJECT, object.id(), object.seqs(), at, 0));
            }
        }
    }

    private static boolean fits(SemanticObject object, MemoryQuery query) {
        return (query.types().isEmpty() || query.types().contains(object.type()))
                && (query.tags().isEmpty() || object.tags().stream().anyMatch(query.tags()::contains));
    }

    private static boolean isWithin(MemoryQuery query, Optional<Instant> at) {
        return query.time().isEmpty() || at.filter(query.time().get()::contains).isPresent();
    }

    private static String named(SemanticObject object) {
        return object.stub() + '\n' + object.path().map(path -> path + '\n').orElse("");
    }

    private String shown(SemanticObject object, Turn turn) {
        return texts.of(object, turn, Integer.MAX_VALUE).map(Content::shown).orElse("");
    }

    private void readMemory(ThreadKey thread, ViewState head, MemoryQuery query, LexicalRanking<Row> ranking) {
        head.available().segments().stream().flatMap(facts -> rows.segment(thread, facts.id()).stream())
                .forEach(segment -> {
                    Kind kind = Kind.valueOf(segment.kind().name());
                    if (has(query, kind) && overlaps(query, segment.range()) && isWithin(query, newest(segment))) {
                        ranking.add(segment.id(), SegmentText.of(segment),
                                new Row(kind, segment.id(), segment.range(), newest(segment), 0));
                    }
                });
        long version = head.available().state().version();
        if (has(query, Kind.STATE) && query.time().isEmpty()) {
            rows.state(thread, version).map(StoredRecall::fields).orElse(Map.of()).forEach((field, items) -> items
                    .stream().map(ProjectState.Item::seqs).reduce(SeqRange::span)
                    .filter(seqs -> overlaps(query, seqs))
                    .ifPresent(seqs -> ranking.add(field, text(items),
                            new Row(Kind.STATE, field, seqs, Optional.empty(), version))));
        }
    }

    private static boolean has(MemoryQuery query, Kind kind) {
        return query.kinds().isEmpty() || query.kinds().contains(kind);
    }

    private static boolean overlaps(MemoryQuery query, SeqRange seqs) {
        return query.seqs().isEmpty()
                || (query.seqs().get().from() <= seqs.to() && seqs.from() <= query.seqs().get().to());
    }

    private static Optional<Instant> newest(Segment segment) {
        return segment.entries().reversed().stream().map(LogEntry::at).flatMap(Optional::stream).findFirst();
    }

    private static Map<String, List<ProjectState.Item>> fields(ProjectState state) {
        return Map.of("goals", state.goals(), "openQuestions", state.openQuestions(), "decisions", state.decisions(),
                "blockers", state.blockers(), "preferences", state.preferences(), "environment", state.environment());
    }

    private static String text(List<ProjectState.Item> items) {
        return items.stream().map(ProjectState.Item::text).collect(Collectors.joining("\n"));
    }

    /** Reads once more what was found; empty if it is gone. */
    private Optional<Contradictions.Known> known(ThreadKey thread, Ranked<Row> ranked, Asked asked, Passages passages) {
        Row row = ranked.value();
        return switch (row.kind()) {
            case OBJECT -> rows.turn(thread, row.seqs().from()).map(SizedTurn::turn)
                    .flatMap(turn -> ObjectTexts.descriptor(row.id(), turn).map(object -> known(row, ranked.score(),
                            Optional.of(object.type()), object.stub(), shown(object, turn), object.tokens(),
                            object.makesStale(), asked, passages)));
            case OBSERVATION, REFLECTION -> rows.segment(thread, row.id())
                    .map(segment -> known(row, ranked.score(), Optional.empty(), segment.title().orElse(""),
                            SegmentText.of(segment), segment.tokens(), List.of(), asked, passages));
            case STATE -> rows.state(thread, row.version()).map(state -> text(fields(state).getOrDefault(row.id(),
                    List.of())))
                    .map(text -> known(row, ranked.score(), Optional.empty(), row.id().toLowerCase(Locale.ROOT), text,
                            counter.count(text), List.of(), asked, passages));
        };
    }

    private Contradictions.Known known(Row row, double score, Optional<SemanticObject.Type> type, String stub,
            String text,
            long tokens, List<String> supersedes, Asked asked, Passages passages) {
        return new Contradictions.Known(new Recalled(row.id(), row.kind(), type, row.seqs(), row.at(), stub,
                passages.of(text, asked, passage), tokens, score, supersedes), text, List.of());
    }
}
