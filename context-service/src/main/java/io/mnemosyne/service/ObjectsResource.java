package io.mnemosyne.service;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.javalin.http.Context;

import io.mnemosyne.context.StoredObject;
import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.service.ObjectJson.Listed;
import io.mnemosyne.service.ObjectJson.Tie;
import io.mnemosyne.service.ObjectJson.Whole;

/** {@code /objects}: what a thread's turns were cut into, and what is shown of it. */
final class ObjectsResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    /** Turns that are read at once. */
    private static final int STEP = 50;
    /** Turns that are read for one page, or for the relations of one object. */
    private static final int MOST_TURNS = 1_000;
    private static final String[] LEVELS = names(Fidelity.values());
    private static final String ANY = "any";

    private final ThreadReader reader;

    ObjectsResource(ThreadReader reader) {
        this.reader = reader;
    }

    /**
     * A page of descriptors in the order of their turns. It ends with the turn that fills it, or with the thousandth that was
     * looked at; a link header (RFC 8288) says where the next one is.
     */
    void list(Context request) {
        ThreadKey thread = Requests.thread(request);
        long from = Requests.number(request, "from", 0, Long.MAX_VALUE).orElse(0);
        OptionalLong to = Requests.number(request, "to", from, Long.MAX_VALUE);
        int limit = (int) Requests.number(request, "limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
        String format = Requests.choice(request, "format", "json", "jsonl");
        String type = Requests.choice(request, "type", ANY, names(SemanticObject.Type.values()));
        String level = Requests.choice(request, "level", ANY, LEVELS);
        Optional<String> tag = Requests.parameter(request, "tag");
        ThreadHead head = ThreadResource.existing(reader, thread);
        long last = Math.min(to.orElse(Long.MAX_VALUE), head.nextSeq() - 1);
        List<Listed> page = new ArrayList<>();
        long next = from;
        while (next <= last && page.size() < limit && next - from < MOST_TURNS) {
            SeqRange step = new SeqRange(next, Math.min(last, next + STEP - 1));
            next = step.to() + 1;
            for (Turn turn : reader.turns(thread, step)) {
                turn.objects().stream().filter(object -> isWanted(object, type, level, tag, head))
                        .map(object -> Listed.of(object, turn, head)).forEach(page::add);
                if (page.size() >= limit) {
                    next = turn.seq() + 1;
                    break;
                }
            }
        }
        OptionalLong more = next <= last ? OptionalLong.of(next) : OptionalLong.empty();
        if (format.equals("jsonl")) {
            Answers.text(request, "application/x-ndjson",
                    page.stream().map(object -> Json.of(object) + "\n").collect(Collectors.joining()));
        } else {
            Answers.json(request, Json.of(new Page(page, more)));
        }
        more.ifPresent(seq -> request.header("Link", "<" + request.path() + "?from=" + seq
                + Stream.of("to", "limit", "type", "tag", "level", "format")
                        .flatMap(name -> Requests.parameter(request, name)
                                .map(value -> "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
                                .stream())
                        .collect(Collectors.joining())
                + ">; rel=\"next\""));
    }

    /** One object with everything, or its text at one level alone. */
    void one(Context request) {
        ThreadKey thread = Requests.thread(request);
        String level = Requests.choice(request, "level", ANY, LEVELS);
        ThreadHead head = ThreadResource.existing(reader, thread);
        StoredObject stored = RestoreResource.stored(reader, thread, request.pathParam("object"));
        if (!level.equals(ANY)) {
            String text = Arrays.stream(Fidelity.values()).filter(one -> Fields.lower(one).equals(level)).findFirst()
                    .flatMap(stored.forms()::at).map(Form::text).orElse(stored.text());
            Answers.text(request, "text/plain; charset=utf-8", text);
            return;
        }
        long first = stored.object().seqs().from();
        long last = Math.min(head.nextSeq() - 1, first + MOST_TURNS);
        Answers.json(request, Json.of(Whole.of(stored, head, relatedFrom(thread, stored.object(), last), last)));
    }

    /** Relations lead to earlier objects, so that those to an object are among the later ones. */
    private List<Tie> relatedFrom(ThreadKey thread, SemanticObject object, long last) {
        List<Tie> ties = new ArrayList<>();
        for (long seq = object.seqs().from(); seq <= last; seq += STEP) {
            reader.turns(thread, new SeqRange(seq, Math.min(last, seq + STEP - 1))).stream()
                    .flatMap(turn -> turn.objects().stream())
                    .forEach(later -> ObjectJson.ties(later).stream().filter(tie -> tie.object().equals(object.id()))
                            .forEach(tie -> ties.add(new Tie(Fields.lower(tie.kind()), later.id()))));
        }
        return ties;
    }

    private static boolean isWanted(SemanticObject object, String type, String level, Optional<String> tag,
            ThreadHead head) {
        return (type.equals(ANY) || type.equals(Fields.lower(object.type())))
                && (tag.isEmpty() || object.tags().contains(tag.get()))
                && (level.equals(ANY) || ObjectJson.shown(object, head.held().find(object.id()), head)
                        .filter(shown -> Fields.lower(shown).equals(level)).isPresent());
    }

    private static String[] names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Fields::lower).toArray(String[]::new);
    }

    /**
     * The JSON of a page.
     *
     * @param next seq to go on from; left out at the end
     */
    record Page(List<Listed> objects, OptionalLong next) {
    }
}
