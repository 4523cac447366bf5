package io.mnemosyne.service;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.javalin.http.Context;

import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.tokens.TokenFit;
import io.mnemosyne.core.view.Calibration;
import io.mnemosyne.core.view.Calibrations;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.Topics;

/** {@code /observations}, {@code /state}, {@code /stats} and the deletion of a thread. */
final class ThreadResource {
    private final ThreadReader reader;
    private final CommandIntake commands;

    ThreadResource(ThreadReader reader, CommandIntake commands) {
        this.reader = reader;
        this.commands = commands;
    }

    void observations(Context request) {
        ThreadKey thread = Requests.thread(request);
        existing(reader, thread);
        List<Observation> segments = reader.segments(thread).stream().map(Observation::of).toList();
        Answers.json(request, Json.of(Map.of("segments", segments)));
    }

    void state(Context request) {
        ThreadKey thread = Requests.thread(request);
        existing(reader, thread);
        Answers.json(request, Json.of(reader.state(thread)));
    }

    void stats(Context request) {
        ThreadHead head = existing(reader, Requests.thread(request));
        Answers.json(request, Json.of(new Stats(head.nextSeq(), head.totals().tokensIn(), head.tokensInView(),
                head.policy().budget(), head.totals().objects(), head.totals().observations(),
                head.totals().reflections(), head.segments(), head.epoch(), head.watermark(), head.available(),
                head.incarnation(), head.totals().violations(), head.ceiling(), head.calibrations().refused(),
                head.calibrations().models().stream().map(model -> ModelStats.of(model, head.policy())).toList(),
                FidelityStats.of(head), head.groups().groups().size(), head.groups().number())));
    }

    /**
     * Deletes with everything derived. Once the position of the answer is applied, this service shows the thread no more;
     * the other stages and the index drop what they derived from it on their own. The answer names what no tombstone
     * reaches, with the time by which it is gone.
     */
    void delete(Context request) {
        CommandIntake.Taken deletion = commands.take(request, Requests.thread(request), Command.Kind.DELETE, Map.of(),
                "the 'Idempotency-Key' cannot be a command's id", "the deletion");
        Answers.json(request,
                Json.of(new DeletionReceipt(deletion.id(), deletion.position(), expiries(deletion.at()))));
    }

    /**
     * Where a thread stands.
     *
     * @throws Problem 404 if it has no turns, for example because it was deleted
     */
    static ThreadHead existing(ThreadReader reader, ThreadKey thread) {
        return reader.head(thread).filter(ThreadHead::hasTurns)
                .orElseThrow(() -> Problem.noTurns(thread));
    }

    private static List<Expiry> expiries(Instant now) {
        return Topics.all().stream().filter(topic -> topic.cleanup() == Topic.Cleanup.DELETE)
                .map(topic -> new Expiry(topic.name(), now.plus(topic.longestKept()))).toList();
    }

    /**
     * The JSON of a deletion that was taken.
     *
     * @param expires where records of the thread cannot be deleted one by one
     */
    record DeletionReceipt(String id, String position, List<Expiry> expires) {
    }

    /**
     * The JSON of a topic whose records expire.
     *
     * @param by when the last record of the thread is gone from it
     */
    record Expiry(String topic, Instant by) {
    }

    /**
     * The JSON of a thread's numbers.
     *
     * @param observations segments that the observer ever appended
     * @param live segments now
     * @param shown last seq that a segment of the prompt stands for
     * @param observed last seq that any live segment stands for
     * @param ceiling that cuts the prompt where a reader names none, tokens
     * @param usageRefused reports of usage that cannot be true of the prompt that there was
     * @param models that reports of usage told of, newest first
     * @param fidelity what became of objects that may be shown shorter
     * @param groups units that the newest objects make
     * @param regroupings that changed a unit
     */
    record Stats(long turns, long tokensIn, long tokensInView, long budget, long objects, long observations,
            long reflections, int live, long epoch, long shown, long observed, long incarnation, long violations,
            long ceiling, long usageRefused, List<ModelStats> models, FidelityStats fidelity, int groups,
            long regroupings) {
    }

    /**
     * The JSON of the objects that may be shown shorter.
     *
     * @param held how many of them are known
     * @param levels how many are shown at which level, from L0 for all of the text to L4 for nothing
     * @param evictions objects that were shown shorter at least once
     * @param faultsPerEviction left out as long as nothing was shown shorter
     */
    record FidelityStats(String policy, int held, Map<String, Long> levels, long evictions, Faults faults,
            Optional<Double> faultsPerEviction) {
        static FidelityStats of(ThreadHead head) {
            HeldObjects held = head.held();
            HeldObjects.Tally tally = held.tally();
            Map<String, Long> levels = new TreeMap<>();
            for (Fidelity level : Fidelity.values()) {
                levels.put("L" + level.level(),
                        held.objects().stream().filter(object -> object.shown() == level).count());
            }
            return new FidelityStats(head.policy().name(), held.objects().size(), levels, tally.evictions(),
                    new Faults(tally.identical(), tally.changed(), tally.references(), tally.questions()),
                    tally.evictions() == 0
                            ? Optional.empty()
                            : Optional.of(Json.rounded((double) tally.faults() / tally.evictions())));
        }
    }

    /**
     * The JSON of how often something was needed that was not in view.
     *
     * @param identical reads of the same content again
     * @param changed reads of what had changed since
     * @param references by name
     * @param micro questions to memory; not among the others, for nothing had to come back for them
     */
    record Faults(long identical, long changed, long references, long micro) {
    }

    /**
     * The JSON of how a model counts: {@code overhead + ratio x ours}.
     *
     * @param reports that said something of that
     * @param overhead tokens
     * @param reported tokens of the whole prompt by its newest report
     * @param counted our tokens of that prompt, at most: what a ceiling cut out of it is not known
     */
    record ModelStats(Optional<String> model, long reports, double ratio, long overhead, long reported, long counted) {
        static ModelStats of(Calibration model, Policy policy) {
            TokenFit.Line line = model.fit().line(Calibrations.maxOverhead(policy));
            return new ModelStats(model.model(), model.fit().pairs(), Json.rounded(line.ratio()),
                    Math.round(line.overhead()), model.reported(), model.counted());
        }
    }

    /** The JSON of a segment. */
    record Observation(String id, String kind, SeqRange seqs, int level, long tokens, Optional<String> title,
            List<LogEntry> entries, String text) {
        static Observation of(Segment segment) {
            return new Observation(segment.id(), segment.kind().name().toLowerCase(Locale.ROOT), segment.range(),
                    segment.level(), segment.tokens(), segment.title(), segment.entries(), SegmentText.of(segment));
        }
    }
}
