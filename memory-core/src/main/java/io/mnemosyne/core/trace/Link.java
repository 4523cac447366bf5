package io.mnemosyne.core.trace;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.SpanEvent.Target;

/**
 * From a turn on the spans of a thread belong to a branch. It is decided once and stays, so that no span changes its place.
 *
 * @param fromSeq the first turn of which that is true
 * @param caller the turn that has to be asked for the branch, if it is not known otherwise
 * @param branch empty until it is known
 */
public record Link(ThreadKey thread, long incarnation, long fromSeq, Optional<Target.ToTurn> caller,
        Optional<Branch> branch) {

    public static Link of(String tenant, SpanEvent.Linked linked) {
        Optional<Target.ToTurn> caller = linked.target() instanceof Target.ToTurn turn
                ? Optional.of(turn)
                : Optional.empty();
        Optional<Branch> branch = linked.target() instanceof Target.ToTrace(TraceId trace, Optional<SpanId> parent)
                ? Optional.of(new Branch(trace, parent, linked.thread()))
                : Optional.empty();
        return new Link(new ThreadKey(tenant, linked.thread()), linked.incarnation(), linked.fromSeq(), caller, branch);
    }

    /** For spans of a thread of which nobody says where they belong: a trace of their own. */
    public static Link unknown(ThreadKey thread, long incarnation) {
        return new Link(thread, incarnation, 0, Optional.empty(),
                Optional.of(new Branch(TraceIds.home(thread.tenant(), thread.thread()), Optional.empty(),
                        thread.thread())));
    }

    public Link decided(Branch answer) {
        return branch.isPresent() ? this : new Link(thread, incarnation, fromSeq, caller, Optional.of(answer));
    }

    /** Without an answer: below the turn or call that is named, in a trace that all who name the same thread share. */
    public Link unanswered() {
        return caller.map(turn -> {
            ThreadKey parent = new ThreadKey(thread.tenant(), turn.thread());
            SpanId span = turn.callId().map(call -> TraceIds.tool(parent, 0, turn.seq(), call))
                    .orElseGet(() -> TraceIds.turn(parent, 0, turn.seq()));
            return decided(new Branch(TraceIds.home(parent.tenant(), parent.thread()), Optional.of(span),
                    parent.thread()));
        }).orElse(this);
    }

    /** The agent run that everything below belongs to. */
    public SpanId run() {
        return TraceIds.runSpan(thread, incarnation, fromSeq);
    }

    /** The same, after the run has said of which session it is. */
    public Link heard(SpanEvent event) {
        return event instanceof SpanEvent.Started started && started.id().equals(run())
                ? started.facts().session().map(this::inSession).orElse(this)
                : this;
    }

    /**
     * A span of the run in its trace.
     *
     * @throws java.util.NoSuchElementException if the branch is not known
     */
    public SpanPart place(SpanEvent event, Place.AtTurn place) {
        Branch hangs = branch.orElseThrow();
        SpanPart part = SpanPart.of(thread.tenant(), event, new Place.InTrace(hangs.trace(), place.parent()),
                Optional.of(thread.thread()));
        Optional<SpanId> parent = part.id().equals(run()) ? hangs.parent() : part.parent().or(() -> Optional.of(run()));
        return part.below(parent).inSession(hangs.session());
    }

    /**
     * Where a run hangs that one of the link's turns has started.
     *
     * @param seen what is known of that turn
     */
    public Optional<Branch> branchBelow(Target.ToTurn caller, TurnSeen seen) {
        SpanId parent = caller.callId().map(call -> TraceIds.tool(thread, incarnation, caller.seq(), call))
                .or(seen::onlyTool)
                .orElseGet(() -> seen.told() ? TraceIds.turn(thread, incarnation, caller.seq()) : run());
        return branch.map(hangs -> new Branch(hangs.trace(), Optional.of(parent), hangs.session()));
    }

    private Link inSession(String session) {
        return new Link(thread, incarnation, fromSeq, caller,
                branch.map(hangs -> new Branch(hangs.trace(), hangs.parent(), session)));
    }

    /**
     * What is known of a turn from its spans.
     *
     * @param told whether it has a span of its own
     * @param tools those that it calls, at most two of them
     */
    public record TurnSeen(boolean told, List<SpanId> tools) {
        public static final TurnSeen NOTHING = new TurnSeen(false, List.of());

        public TurnSeen {
            tools = List.copyOf(tools);
        }

        Optional<SpanId> onlyTool() {
            return tools.size() == 1 ? Optional.of(tools.getFirst()) : Optional.empty();
        }

        /** With another span of the turn. */
        public TurnSeen and(ThreadKey thread, Place.AtTurn place, SpanEvent event) {
            return switch (event) {
                case SpanEvent.Finished(var _, Span span) when span
                        .id().equals(TraceIds.turn(thread, place.incarnation(), place.seq())) ->
                    new TurnSeen(true, tools);
                case SpanEvent.Finished(var _, Span span) when span.type() == SpanType.TOOL -> calling(span.id());
                case SpanEvent.Started started when started.type() == SpanType.TOOL -> calling(started.id());
                case SpanEvent.Finished _,SpanEvent.Started _,SpanEvent.Ended _,SpanEvent.Linked _ -> this;
            };
        }

        private TurnSeen calling(SpanId tool) {
            if (tools.contains(tool) || tools.size() > 1) {
                return this;
            }
            return new TurnSeen(told, tools.isEmpty() ? List.of(tool) : List.of(tools.getFirst(), tool));
        }
    }
}
