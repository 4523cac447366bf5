package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Relation;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.admit.AdmissionRules;
import io.mnemosyne.core.admit.Admissions;
import io.mnemosyne.core.admit.Fingerprint;

/** Cuts one object from every tool result and every message of a turn; empty ones give none. */
public final class Cutter {
    private static final int MAX_STUB = 160;
    private static final int MAX_SUPERSEDED = 3;
    private static final int MAX_DEPENDS = 3;
    private static final int MAX_REFERENCES = 4;

    private final ThreadKey thread;
    private final String idPrefix;
    private final long seq;
    private final EarlierObjects earlier;
    private final AdmissionRules rules;
    private final List<SemanticObject> objects = new ArrayList<>();
    private final Map<String, String> contents = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private Optional<String> said = Optional.empty();
    private Recent recent;

    private Cutter(ThreadKey thread, long incarnation, long seq, Recent recent, EarlierObjects earlier,
            AdmissionRules rules) {
        this.thread = thread;
        this.idPrefix = Long.toString(incarnation);
        this.seq = seq;
        this.recent = recent;
        this.earlier = earlier;
        this.rules = rules;
    }

    /**
     * Cuts a turn.
     *
     * @param turn with all its texts
     * @param partTokens of each part
     * @param recent what was remembered of the turns before
     */
    public static Cut cut(ThreadKey thread, long incarnation, long seq, RawTurn turn, List<Long> partTokens,
            Recent recent, EarlierObjects earlier, AdmissionRules rules) {
        Cutter cutter = new Cutter(thread, incarnation, seq, recent, earlier, rules);
        for (int i = 0; i < turn.parts().size(); i++) {
            cutter.take(turn.role(), i, turn.parts().get(i), partTokens.get(i));
        }
        return new Cut(cutter.objects, cutter.recent, cutter.contents, cutter.files, cutter.names);
    }

    private void take(Role role, int index, Part part, long tokens) {
        switch (part) {
            case Part.ToolCall call -> recent = recent
                    .plus(CallReader.read(call).askedBy(said.or(() -> recent.asked())));
            case Part.ToolResult result -> {
                Optional<CallFacts> call = recent.find(result.callId());
                call.ifPresent(answered -> recent = recent.without(answered));
                add(Piece.ofResult(result, call), index, tokens);
            }
            case Part.Text text -> add(Piece.ofMessage(role, text.content().shown()), index, tokens);
            case Part.Thinking _,Part.Image _ -> {
                // reasoning is the turn's own and an image has no text
            }
        }
    }

    private void add(Piece piece, int index, long tokens) {
        if (piece.text().isBlank()) {
            return;
        }
        String id = Sha256.id(thread.toString(), idPrefix, Long.toString(seq), Integer.toString(index));
        String hash = Sha256.hex(piece.text());
        FileViews views = piece.path().map(this::viewsOf).orElse(FileViews.NONE);
        Optional<String> same = known(contents, hash).or(() -> earlier.withContent(hash))
                .filter(shows -> piece.shown().isEmpty() || views.has(shows));
        List<String> stale = same.isPresent()
                ? List.of()
                : piece.shown().map(views::coveredBy).orElse(List.of());
        List<Integer> fingerprint = Fingerprint.of(piece.text());
        double novelty = Fingerprint.novelty(fingerprint, recent.fingerprints());
        objects.add(new SemanticObject(id, piece.type(), SeqRange.of(seq), index, Lines.oneLine(piece.said(), MAX_STUB),
                hash, Sha256.utf8Length(piece.text()), tokens, piece.tool(), piece.path(), piece.error(),
                stale.stream().findFirst(), Admissions.of(piece.candidate(same.isPresent(), novelty), rules),
                relations(piece, same, views, stale), piece.tags(), Optional.empty()));
        if (same.isEmpty()) {
            contents.put(hash, id);
            piece.shown().ifPresent(lines -> show(piece, id, views.plus(id, lines)));
        }
        remember(piece, id, fingerprint);
    }

    private List<Relation> relations(Piece piece, Optional<String> same, FileViews views, List<String> stale) {
        Links links = new Links(stale.stream().findFirst());
        links.add(Relation.Kind.SUPERSEDES, stale, MAX_SUPERSEDED);
        links.add(Relation.Kind.REFERENCES, same.stream().toList(), 1);
        links.add(Relation.Kind.DEPENDS_ON, dependsOn(piece, views), MAX_DEPENDS);
        links.add(Relation.Kind.PARENT_OF, piece.asker().stream().toList(), 1);
        Stream<String> read = piece.shown().isPresent() ? Stream.empty() : views.objects().stream().limit(1);
        Stream<String> mentioned = piece.mentions().stream().flatMap(name -> holderOf(name).stream());
        links.add(Relation.Kind.REFERENCES, Stream.concat(read, mentioned).distinct().toList(), MAX_REFERENCES);
        return links.relations();
    }

    /** An edit needs what was read of the file, a failure the edit before it, and its cause the failure. */
    private List<String> dependsOn(Piece piece, FileViews views) {
        if (piece.action() == ToolAction.EDIT && piece.path().isPresent()) {
            return views.objects();
        }
        if (piece.error() && piece.action() != ToolAction.READ) {
            return recent.edited().stream().toList();
        }
        return piece.type() == SemanticObject.Type.DEBUGGING_SESSION ? recent.failed().stream().toList() : List.of();
    }

    private Optional<String> holderOf(String name) {
        return known(names, name).or(() -> earlier.ofName(name))
                .or(() -> viewsOf(name).objects().stream().findFirst());
    }

    private FileViews viewsOf(String path) {
        String file = plain(path);
        return FileViews.of(known(files, file).or(() -> earlier.ofFile(file)));
    }

    private void show(Piece piece, String id, FileViews views) {
        String path = plain(piece.path().orElseThrow());
        files.put(path, views.encoded());
        names.put(Names.fileName(path), id);
        Names.definedBy(piece.text()).forEach(name -> names.put(name, id));
    }

    private void remember(Piece piece, String id, List<Integer> fingerprint) {
        recent = recent.saw(fingerprint);
        if (piece.speaker().isPresent()) {
            said = Optional.of(id);
            recent = piece.speaker().get() == Role.USER ? recent.askedBy(id) : recent;
        } else if (piece.error()) {
            recent = recent.failedWith(id);
        } else if (piece.action() == ToolAction.EDIT) {
            recent = recent.editedBy(id);
        } else if (piece.action() == ToolAction.TEST) {
            recent = recent.passed();
        }
    }

    private static Optional<String> known(Map<String, String> facts, String name) {
        return Optional.ofNullable(facts.get(name));
    }

    private static String plain(String path) {
        return path.startsWith("./") ? path.substring(2) : path;
    }
}
