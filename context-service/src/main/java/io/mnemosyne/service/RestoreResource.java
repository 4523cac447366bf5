package io.mnemosyne.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.javalin.http.Context;

import io.mnemosyne.context.StoredObject;
import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;

/** {@code POST /restore}: an object is needed in full again; {@code POST /release}: some are needed no more. */
final class RestoreResource {
    private static final int MOST_RELEASED = 500;
    private static final String RESTORE = "{\"object\": \"<id>\"} or {\"seq\": 12}, with \"text\": true to have its text at once";
    private static final String RELEASE = "{\"objects\": [\"<id>\"]}, with \"level\" stub or evicted";

    private final ThreadReader reader;
    private final CommandIntake commands;

    RestoreResource(ThreadReader reader, CommandIntake commands) {
        this.reader = reader;
        this.commands = commands;
    }

    /**
     * Has an object shown in full again, or all objects of a turn. Status 200 if their text was asked for and is in the
     * answer.
     */
    void restore(Context request) {
        ThreadKey thread = Requests.thread(request);
        Fields fields = new Fields(Body.object(Body.text(request.bodyAsBytes()), RESTORE));
        Optional<String> id = fields.text("object");
        OptionalLong seq = fields.number("seq", 0, Long.MAX_VALUE);
        boolean text = fields.flag("text");
        fields.throwIfWrong("nothing to restore");
        if (id.isPresent() == seq.isPresent()) {
            throw Problem.badRequest("nothing to restore: send either " + RESTORE);
        }
        ThreadHead head = ThreadResource.existing(reader, thread);
        List<String> ids = id.map(List::of).orElseGet(() -> objects(head, thread, seq.orElse(0)));
        List<Restored> found = ids.stream().map(object -> Restored.of(stored(reader, thread, object))).toList();
        CommandIntake.Taken taken = commands.take(request, thread, Command.Kind.RESTORE,
                id.map(object -> Map.of("object", object)).orElseGet(() -> Map.of("seq", Long.toString(seq.orElse(0)))),
                "nothing to restore", "the restore");
        request.status(text ? 200 : 202);
        Answers.json(request,
                Json.of(new Receipt(taken.id(), taken.position(), text ? Optional.of(found) : Optional.empty())));
    }

    /** Lets objects go to their stub, or out of the view, at once. */
    void release(Context request) {
        ThreadKey thread = Requests.thread(request);
        Fields fields = new Fields(Body.object(Body.text(request.bodyAsBytes()), RELEASE));
        List<String> ids = fields.texts("objects").stream().distinct().toList();
        Optional<Level> level = fields.name("level", Level.class);
        if (ids.isEmpty() || ids.size() > MOST_RELEASED) {
            fields.wrong("objects", "must be a list of 1 to " + MOST_RELEASED + " ids of objects");
        }
        fields.throwIfWrong("nothing to release");
        ThreadHead head = ThreadResource.existing(reader, thread);
        ids.stream().filter(id -> head.held().find(id).isEmpty()).forEach(id -> stored(reader, thread, id));
        CommandIntake.Taken taken = commands.take(request, thread, Command.Kind.RELEASE, level
                .map(to -> Map.of("objects", String.join(",", ids), "level", Fields.lower(to)))
                .orElseGet(() -> Map.of("objects", String.join(",", ids))), "nothing to release", "the release");
        Answers.json(request, Json.of(new Receipt(taken.id(), taken.position(), Optional.empty())));
    }

    /** @throws Problem 404 if the thread has no such object */
    static StoredObject stored(ThreadReader reader, ThreadKey thread, String id) {
        return reader.object(thread, id).orElseThrow(() -> Problem.notFound("thread " + thread + " has no object '" + id
                + "': ids are among the 'results' of POST /query, the 'objects' of GET /context and in GET /objects; "
                + "an object of a turn that was just sent is there once the turn's 'position' is applied"));
    }

    private List<String> objects(ThreadHead head, ThreadKey thread, long seq) {
        if (seq >= head.nextSeq()) {
            throw Problem.notFound("thread " + thread + " has no turn " + seq + ": its newest is "
                    + (head.nextSeq() - 1));
        }
        List<String> ids = reader.turn(thread, seq).map(Turn::objects).orElse(List.of()).stream()
                .map(SemanticObject::id).toList();
        if (ids.isEmpty()) {
            throw Problem.notFound("turn " + seq + " has no objects that could be restored: GET /turns?from=" + seq
                    + "&to=" + seq + " reads it in full, POST /pin {\"seq\": " + seq + "} keeps it in view");
        }
        return ids;
    }

    /** How little of a released object is shown. */
    private enum Level {
        STUB,
        EVICTED
    }

    /**
     * The JSON of what was taken.
     *
     * @param objects with their text, if that was asked for
     */
    record Receipt(String id, String position, Optional<List<Restored>> objects) {
    }

    /** The JSON of an object with all its text. */
    record Restored(String object, String type, SeqRange seqs, Optional<Instant> at, String stub, long tokens,
            String text) {
        static Restored of(StoredObject stored) {
            SemanticObject object = stored.object();
            return new Restored(object.id(), Fields.lower(object.type()), object.seqs(), stored.at(), object.stub(),
                    object.tokens(), stored.text());
        }
    }
}
