package io.mnemosyne.replay.measure;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.mnemosyne.replay.entity.Entity;
import io.mnemosyne.replay.entity.EntityIndex;
import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.measure.Counts.Tally;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/** Counts the entities of recorded actions that the history has and the prompt has, too. */
final class Support {
    private static final int LATEST_EVENTS = 5;
    /** So many common words make surroundings recognisable. */
    private static final int MIN_WORDS = 3;

    private final List<ActionEntities> actions;
    private final EntityIndex history;
    private final EntityIndex prompts;
    private final Presence presence;
    private final Tally tally;
    private final Map<Entity, BitSet> eventsOf = new HashMap<>();
    private final BitSet allEvents;

    /**
     * Measures nothing yet.
     *
     * @param vocabulary of which the words of actions become part
     * @param prompts index of the texts of the prompts, empty still
     */
    Support(Recording recording, Vocabulary vocabulary, EntityIndex prompts, Presence presence, Tally tally) {
        this.actions = ActionEntities.of(recording, vocabulary);
        this.history = EntityIndex.of(vocabulary, recording.events().stream().map(Event::text).toList());
        this.prompts = prompts;
        this.presence = presence;
        this.tally = tally;
        this.allEvents = new BitSet();
        allEvents.set(0, recording.events().size());
    }

    void measure(Step step) {
        ActionEntities action = actions.get(step.number());
        action.entities().forEach(entity -> measure(entity, step, action.reply() ? Group.REPLY : Group.ACTION));
    }

    private void measure(Entity entity, Step step, Group group) {
        BitSet events = eventsOf.computeIfAbsent(entity, it -> history.texts(it, allEvents));
        int latest = events.previousSetBit(step.event() - 1);
        BitSet texts = prompts.texts(entity, presence.texts());
        boolean hit = !texts.isEmpty();
        if (latest < 0) {
            tally.add(Count.NOVEL);
            tally.addIf(hit, Count.NOVEL_HIT);
            return;
        }
        tally.add(group.all);
        tally.addIf(hit, group.hit);
        if (step.isLongAfter(latest)) {
            tally.add(group.distant);
            tally.addIf(hit, group.distantHit);
            measureSurroundings(entity, latest(events, latest), texts, group);
        }
    }

    private void measureSurroundings(Entity entity, List<Integer> events, BitSet texts, Group group) {
        List<Set<String>> wanted = events.stream().flatMap(event -> history.surroundings(entity, event).stream())
                .filter(words -> words.size() >= MIN_WORDS).toList();
        if (!wanted.isEmpty()) {
            tally.add(group.inContext);
            boolean hit = !texts.isEmpty()
                    && (events.stream().anyMatch(presence::isWhole) || isRecognised(entity, texts, wanted));
            tally.addIf(hit, group.inContextHit);
        }
    }

    private boolean isRecognised(Entity entity, BitSet texts, List<Set<String>> wanted) {
        return texts.stream().boxed().flatMap(text -> prompts.surroundings(entity, text).stream())
                .anyMatch(words -> wanted.stream().anyMatch(other -> haveWordsInCommon(words, other)));
    }

    private static boolean haveWordsInCommon(Set<String> one, Set<String> other) {
        return one.stream().filter(other::contains).limit(MIN_WORDS).count() == MIN_WORDS;
    }

    private static List<Integer> latest(BitSet events, int latest) {
        return Stream.iterate(latest, event -> event >= 0, event -> events.previousSetBit(event - 1))
                .limit(LATEST_EVENTS).toList();
    }

    private enum Group {
        ACTION(Count.ACTION, Count.ACTION_HIT, Count.ACTION_LONG, Count.ACTION_LONG_HIT, Count.ACTION_LONG_CTX,
                Count.ACTION_LONG_CTX_HIT),
        REPLY(Count.REPLY, Count.REPLY_HIT, Count.REPLY_LONG, Count.REPLY_LONG_HIT, Count.REPLY_LONG_CTX,
                Count.REPLY_LONG_CTX_HIT);

        private final Count all;
        private final Count hit;
        private final Count distant;
        private final Count distantHit;
        private final Count inContext;
        private final Count inContextHit;

        Group(Count all, Count hit, Count distant, Count distantHit, Count inContext, Count inContextHit) {
            this.all = all;
            this.hit = hit;
            this.distant = distant;
            this.distantHit = distantHit;
            this.inContext = inContext;
            this.inContextHit = inContextHit;
        }
    }
}
