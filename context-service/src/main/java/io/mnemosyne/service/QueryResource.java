package io.mnemosyne.service;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.javalin.http.Context;

import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.AnswerRequest;
import io.mnemosyne.core.recall.Answered;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Recalled;
import io.mnemosyne.core.recall.Recollection;
import io.mnemosyne.core.recall.TimeRange;
import io.mnemosyne.core.redact.Redactor;

/** {@code POST /query}: asks what a thread remembers. Nothing but the redaction ever sees the question as it was sent. */
final class QueryResource {
    private static final String PASSAGES = "passages";

    private final ThreadReader reader;
    private final OwnWrites ownWrites;
    private final Memory memory;
    private final QueryJournal journal;
    private final Function<String, Redactor> redactors;

    QueryResource(ThreadReader reader, OwnWrites ownWrites, Memory memory, QueryJournal journal,
            Function<String, Redactor> redactors) {
        this.reader = reader;
        this.ownWrites = ownWrites;
        this.memory = memory;
        this.journal = journal;
        this.redactors = redactors;
    }

    void post(Context request) throws InterruptedException {
        ThreadKey thread = Requests.thread(request);
        String id = CommandIntake.id(request);
        QueryJournal.requireId(id);
        Redactor redactor = redactors.apply(thread.tenant());
        QueryRequest asked = QueryRequest.of(Body.text(request.bodyAsBytes()), memory.defaults(),
                question -> redactor.redact(question).value(),
                reader.head(thread).map(head -> head.policy().zone()).orElse(ZoneOffset.UTC));
        long deadline = System.nanoTime() + asked.patience().toNanos();
        if (asked.after().isPresent() && !ownWrites.reached(thread, asked.after().get(), asked.patience())) {
            Answers.notYet(request, PositionToken.of(asked.after().get()));
            return;
        }
        ThreadHead head = ThreadResource.existing(reader, thread);
        Optional<Boolean> indexed = asked.after()
                .map(_ -> memory.searchable().isAll(thread, left(deadline)));
        answer(request, thread, asked, indexed, memory.recall().find(thread, head.incarnation(), asked.query()),
                head.incarnation(), id);
    }

    private void answer(Context request, ThreadKey thread, QueryRequest asked, Optional<Boolean> indexed,
            Recollection found, long incarnation, String id) throws InterruptedException {
        boolean behind = indexed.filter(all -> !all).isPresent() && found.source() == Recollection.Source.INDEX;
        Said said = say(thread, asked, found, incarnation, behind);
        long tokens = said.text().map(memory.tokens()::count).orElse(0L);
        boolean journalled = journal.note(thread, id, asked.query().question(), objects(found), tokens);
        if (asked.text()) {
            Answers.text(request, "text/plain; charset=utf-8", said.text().orElse(""));
        } else {
            Answers.json(request,
                    Json.of(new Result(thread.tenant(), thread.thread(), said.text(), said.by(), said.reason(),
                            Fields.lower(found.source()), indexed, found.time().map(Time::of),
                            found.found().stream().map(Source::of).toList(), tokens, journalled)));
        }
    }

    private Said say(ThreadKey thread, QueryRequest asked, Recollection found, long incarnation, boolean behind)
            throws InterruptedException {
        QueryText text = new QueryText(thread, found, memory.tokens());
        if (asked.answer() == Memory.Answer.NONE) {
            return new Said(Optional.empty(), Optional.empty(), Optional.empty());
        }
        Answered answered = asked.answer() == Memory.Answer.PASSAGES || found.found().isEmpty()
                ? new Answered.Untold("")
                : memory.answerer()
                        .answer(new AnswerRequest(thread, incarnation, asked.query().question(), found.found()));
        return switch (answered) {
            case Answered.Told told -> new Said(Optional.of(text.told(told, behind)),
                    Optional.of(told.provenance().provider() + ":" + told.provenance().model()),
                    told.provenance().insteadOf());
            case Answered.Untold untold -> new Said(Optional.of(text.passages(asked.tokens(), behind)),
                    Optional.of(PASSAGES), Optional.of(untold.reason()).filter(reason -> !reason.isEmpty()));
        };
    }

    private static List<String> objects(Recollection found) {
        return found.found().stream().filter(one -> one.kind() == MemoryQuery.Kind.OBJECT).map(Recalled::id).toList();
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private record Said(Optional<String> text, Optional<String> by, Optional<String> reason) {
    }

    /**
     * The JSON of an answer.
     *
     * @param answer left out if none was asked for
     * @param by the model that answered, or {@code passages}
     * @param reason why somebody else did not answer
     * @param source {@code index}, or {@code store} while OpenSearch is away
     * @param indexed whether all of the thread could be found, if its reader waited for that
     * @param time that the question was understood to be about
     * @param tokens of the answer
     * @param journalled whether it is noted in the thread that it was asked
     */
    record Result(String tenant, String thread, Optional<String> answer, Optional<String> by, Optional<String> reason,
            String source, Optional<Boolean> indexed, Optional<Time> time, List<Source> results, long tokens,
            boolean journalled) {
    }

    /** The JSON of a stretch of time. */
    record Time(Optional<Instant> from, Optional<Instant> to) {
        static Time of(TimeRange range) {
            return new Time(range.from(), range.to());
        }
    }

    /**
     * The JSON of something that was found.
     *
     * @param tokens of its whole text
     */
    record Source(String id, String kind, Optional<String> type, SeqRange seqs, Optional<Instant> at, String stub,
            String passage, long tokens, double score, List<String> supersedes) {
        static Source of(Recalled found) {
            return new Source(found.id(), Fields.lower(found.kind()), found.type().map(Fields::lower), found.seqs(),
                    found.at(), found.stub(), found.passage(), found.tokens(), found.score(), found.supersedes());
        }
    }
}
