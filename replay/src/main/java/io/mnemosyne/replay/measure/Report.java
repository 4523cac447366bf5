package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What was measured of a run. Immutable.
 *
 * @param run its name
 * @param ceiling tokens that no prompt should exceed; empty if there is no such number
 * @param all all sessions put together
 * @param bySource the sessions of each source put together
 * @param sessions each session, in the order of their names
 * @param notInRun recordings with model calls that the run has no prompts of
 * @param notRecorded sessions of the run without a recording
 */
public record Report(String run, OptionalLong ceiling, Aggregate all, Map<String, Aggregate> bySource,
        List<SessionReport> sessions, List<String> notInRun, List<String> notRecorded) {
    public Report {
        bySource = Collections.unmodifiableMap(bySource);
        sessions = List.copyOf(sessions);
        notInRun = List.copyOf(notInRun);
        notRecorded = List.copyOf(notRecorded);
    }

    static Report of(String run, OptionalLong ceiling, List<SessionReport> sessions, List<String> notInRun,
            List<String> notRecorded) {
        Map<String, List<SessionReport>> sources = new TreeMap<>();
        sessions.forEach(session -> sources.computeIfAbsent(session.source(), _ -> new ArrayList<>()).add(session));
        Map<String, Aggregate> bySource = new TreeMap<>();
        sources.forEach((source, its) -> bySource.put(source, Aggregate.of(its)));
        return new Report(run, ceiling, Aggregate.of(sessions), bySource, sessions, notInRun, notRecorded);
    }

    /** How much is wrong with the run; its figures mean something only if this is 0. */
    public long problems() {
        return all.counts().get(Count.PROBLEMS);
    }
}
