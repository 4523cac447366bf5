package io.mnemosyne.bench.recall;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.mnemosyne.core.Role;
import io.mnemosyne.replay.entity.Entities;
import io.mnemosyne.replay.entity.Entity;
import io.mnemosyne.replay.entity.EntityIndex;
import io.mnemosyne.replay.entity.Escapes;
import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.entity.Words;
import io.mnemosyne.replay.recording.Call;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/**
 * Makes questions of recorded sessions. An entity is sought that an action uses, that none of the newest turns before the action
 * has in any part, and that one to three older objects hold. The question is what the agent wrote in the same turn before its call;
 * where it wrote nothing, or only talks, the newest message before. Every word of the question that holds the entity is removed.
 *
 * @param newest turns before the action that must not have the entity
 * @param holders most objects that may hold it
 * @param perSession most questions of one session
 */
record Questions(int newest, int holders, int perSession) {
    private static final int LEAST_WORDS = 4;
    private static final int LONGEST = 2_000;

    /** So many of all sessions, or all if there are fewer; the same seed chooses the same ones. */
    List<Question> of(List<Session> sessions, int most, long seed) {
        Random random = new Random(seed);
        List<Question> all = new ArrayList<>();
        for (Session session : sessions) {
            List<Question> ofSession = new ArrayList<>(of(session));
            Collections.shuffle(ofSession, random);
            ofSession.stream().limit(perSession).forEach(all::add);
        }
        Collections.shuffle(all, random);
        return all.stream().limit(most).toList();
    }

    private List<Question> of(Session session) {
        Recording recording = session.recording();
        List<Event> events = recording.events();
        Vocabulary vocabulary = new Vocabulary();
        boolean talksOnly = recording.calls().isEmpty();
        List<Set<Entity>> used = events.stream().map(event -> used(event, talksOnly, vocabulary)).toList();
        EntityIndex turns = EntityIndex.of(vocabulary, events.stream().map(Event::text).toList());
        EntityIndex objects = EntityIndex.of(vocabulary,
                session.objects().stream().map(object -> object.text()).toList());
        List<Question> questions = new ArrayList<>();
        for (int event = newest + 1; event < events.size(); event++) {
            int action = event;
            BitSet recent = new BitSet();
            recent.set(event - newest, event);
            BitSet older = new BitSet();
            IntStream.range(0, session.objects().size())
                    .filter(object -> session.objects().get(object).event() < action).forEach(older::set);
            for (Entity entity : used.get(event)) {
                if (turns.texts(entity, recent).isEmpty()) {
                    BitSet holding = objects.texts(entity, older);
                    if (!holding.isEmpty() && holding.cardinality() <= holders) {
                        question(session, event, talksOnly, entity, holding).ifPresent(questions::add);
                    }
                }
            }
        }
        return onePerText(questions);
    }

    /** Several entities of one action ask the same; the first of them is kept. */
    private static List<Question> onePerText(List<Question> questions) {
        Set<Integer> known = new HashSet<>();
        return questions.stream().filter(question -> known.add(question.event())).toList();
    }

    private static Set<Entity> used(Event event, boolean talksOnly, Vocabulary vocabulary) {
        Set<String> found = new TreeSet<>();
        if (event.role() == Role.ASSISTANT) {
            for (Call call : event.calls()) {
                found.addAll(Entities.ofArguments(call.arguments()));
            }
            if (talksOnly) {
                found.addAll(Entities.ofText(event.content()));
            }
        }
        return found.stream().map(text -> Entity.of(text, vocabulary))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<Question> question(Session session, int event, boolean talksOnly, Entity entity,
            BitSet holding) {
        Set<String> gold = holding.stream().mapToObj(object -> session.objects().get(object).object().id())
                .collect(Collectors.toSet());
        List<Event> events = session.recording().events();
        return said(events, event, talksOnly).flatMap(before -> Optional
                .of(without(entity, clipped(events.get(before).content())))
                .filter(text -> Words.of(text).size() >= LEAST_WORDS)
                .map(text -> new Question(session, event, before, text, entity, gold)));
    }

    /** Index of the event whose text is the question. */
    private static Optional<Integer> said(List<Event> events, int event, boolean talksOnly) {
        if (!talksOnly && !events.get(event).content().isBlank()) {
            return Optional.of(event);
        }
        return IntStream.iterate(event - 1, before -> before >= 0, before -> before - 1).boxed()
                .filter(before -> events.get(before).role() == Role.USER
                        || events.get(before).role() == Role.ASSISTANT)
                .filter(before -> !events.get(before).content().isBlank()).findFirst();
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST ? text : text.substring(text.length() - LONGEST);
    }

    /** Without every word that holds the entity, or, of a path, its last name. */
    private static String without(Entity entity, String text) {
        String plain = Escapes.undo(text);
        String name = entity.text().substring(entity.text().lastIndexOf('/') + 1);
        for (String sought : name.length() >= 3 ? List.of(entity.text(), name) : List.of(entity.text())) {
            plain = Pattern.compile("\\S*" + Pattern.quote(sought) + "\\S*", Pattern.CASE_INSENSITIVE).matcher(plain)
                    .replaceAll(" ");
        }
        return plain.strip();
    }
}
