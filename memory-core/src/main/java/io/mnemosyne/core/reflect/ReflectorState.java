package io.mnemosyne.core.reflect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.mnemosyne.core.PolicyChange;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.ThreadKey;

/**
 * What the reflector knows of one thread.
 *
 * @param live oldest first; their ranges neither overlap nor, unless the observer left a gap, leave one
 * @param inFlight the one unanswered request
 * @param resumeAbove live tokens that must be exceeded before the next request; 0 if nothing holds it back
 * @param edits what the user changed in the project state by hand
 * @param policy what commands changed of it for this thread alone
 */
public record ReflectorState(ThreadKey thread, long incarnation, List<LiveSegment> live,
        Optional<RequestHeader> inFlight, long resumeAbove, ProjectState project, UserEdits edits,
        Optional<PolicyChange> policy) {
    public ReflectorState {
        live = List.copyOf(live);
    }

    /** A thread of which nothing was observed yet. */
    public static ReflectorState fresh(ThreadKey thread, long incarnation) {
        return new ReflectorState(thread, incarnation, List.of(), Optional.empty(), 0, ProjectState.EMPTY,
                UserEdits.NONE, Optional.empty());
    }

    /** The same with another project state, for a store that keeps it apart. */
    public ReflectorState withProject(ProjectState newProject) {
        return new ReflectorState(thread, incarnation, live, inFlight, resumeAbove, newProject, edits, policy);
    }

    long liveTokens() {
        return live.stream().mapToLong(LiveSegment::tokens).sum();
    }

    /** The segments with these ids that are live, oldest first. */
    List<LiveSegment> live(List<String> ids) {
        Set<String> wanted = new HashSet<>(ids);
        return live.stream().filter(segment -> wanted.contains(segment.id())).toList();
    }

    ReflectorState append(LiveSegment segment) {
        List<LiveSegment> more = new ArrayList<>(live);
        more.add(segment);
        return withLive(more);
    }

    ReflectorState replace(List<LiveSegment> old, LiveSegment by) {
        List<LiveSegment> rest = new ArrayList<>(live);
        int place = rest.indexOf(old.getFirst());
        rest.removeAll(old);
        rest.add(place, by);
        return withLive(rest);
    }

    ReflectorState launch(RequestHeader header) {
        return new ReflectorState(thread, incarnation, live, Optional.of(header), 0, project, edits, policy);
    }

    ReflectorState land() {
        return new ReflectorState(thread, incarnation, live, Optional.empty(), resumeAbove, project, edits,
                policy);
    }

    ReflectorState pauseUntilAbove(long tokens) {
        return new ReflectorState(thread, incarnation, live, inFlight, tokens, project, edits, policy);
    }

    ReflectorState edit(ProjectState newProject, UserEdits newEdits) {
        return new ReflectorState(thread, incarnation, live, inFlight, resumeAbove, newProject, newEdits,
                policy);
    }

    ReflectorState governedBy(PolicyChange change) {
        return new ReflectorState(thread, incarnation, live, inFlight, resumeAbove, project, edits,
                Optional.of(change));
    }

    private ReflectorState withLive(List<LiveSegment> segments) {
        return new ReflectorState(thread, incarnation, segments, inFlight, resumeAbove, project, edits,
                policy);
    }
}
