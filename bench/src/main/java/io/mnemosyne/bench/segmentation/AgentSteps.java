package io.mnemosyne.bench.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.IngestEffect;
import io.mnemosyne.core.ingest.RawEvent;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.ingest.ThreadHead;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.TurnJsonReader;
import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.replay.policy.Remembering;

/** Reads agents' sessions whose steps are labelled, and cuts them into objects as ingest does. */
final class AgentSteps {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final Embedder embedder;
    private final Sequencer sequencer = Remembering.sequencer(O200kTokenCounter.shared());

    /** @param data the folder with {@code sessions} and {@code segmentation} */
    AgentSteps(Path data, Embedder embedder) {
        this.data = data;
        this.embedder = embedder;
    }

    /** What people said of the steps of a session. */
    enum View {
        /** The goal shifts where a step diverges from the one before. */
        GOALS("action_action"),
        /** A phase begins where the kind of a step is another than that of the one before. */
        PHASES("actions_categories");

        private final String field;

        View(String field) {
            this.field = field;
        }

        private List<Boolean> shifts(JsonNode labels) {
            List<Boolean> shifts = new ArrayList<>();
            JsonNode values = labels.path(field);
            for (int i = this == GOALS ? 0 : 1; i < values.size(); i++) {
                shifts.add(this == GOALS
                        ? values.path(i).asText().equals("Divergence")
                        : !values.path(i).asText().equals(values.path(i - 1).asText()));
            }
            return shifts;
        }
    }

    /**
     * The labelled sessions of an agent.
     *
     * @param source folder of its sessions
     * @param most sessions that are read
     */
    LabelledSet read(String source, View view, int most) throws IOException {
        List<Labelled> sessions = new ArrayList<>();
        for (String line : Files.readAllLines(data.resolve("segmentation/agent_steps/" + source + ".jsonl"))) {
            JsonNode labelled = JSON.readTree(line);
            if (sessions.size() < most && labelled.path("usable").path(view.field).asBoolean()) {
                Path session = data.resolve("sessions/normalized/" + source + "/" + labelled.path("session").asText()
                        + ".jsonl");
                sessions.add(new Labelled(steps(session, labelled.path("n_steps").asInt()),
                        view.shifts(labelled.path("human_labels"))));
            }
        }
        return new LabelledSet(source + ", " + view.name().toLowerCase(Locale.ROOT), sessions);
    }

    /** The objects of each step: what the agent says, and the results of its calls. */
    private List<List<Piece>> steps(Path session, int count) throws IOException {
        List<List<Piece>> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(new ArrayList<>());
        }
        ThreadKey thread = new ThreadKey(ThreadKey.DEFAULT_TENANT, "t");
        Map<Map.Entry<?, String>, String> known = new HashMap<>();
        ThreadHead head = ThreadHead.NEW;
        int step = -1;
        int event = 0;
        for (String line : Files.readAllLines(session)) {
            step = JSON.readTree(line).path("step").asInt(step);
            RawTurn turn = turn(line, event);
            Decision<ThreadHead, IngestEffect> decision = sequencer.decide(head, thread,
                    new Position("turns.raw", 0, event++), new RawEvent.Received(turn),
                    (kind, name) -> Optional.ofNullable(known.get(Map.entry(kind, name))));
            head = decision.state();
            for (IngestEffect effect : decision.effects()) {
                if (effect instanceof IngestEffect.Remember(var kind, String name, String value)) {
                    known.put(Map.entry(kind, name), value);
                }
                if (effect instanceof IngestEffect.Describe(ObjectRecord object) && step >= 0 && step < count) {
                    steps.get(step).add(piece(object, turn.role() != Role.TOOL));
                }
            }
        }
        return steps;
    }

    private static RawTurn turn(String line, int event) throws IOException {
        try {
            return TurnJsonReader.read(line, "e" + event);
        } catch (InvalidTurnException e) {
            throw new IOException("event " + event + " of a session is no turn: " + e.getMessage(), e);
        }
    }

    /** With the vector that the index gives it. */
    private Piece piece(ObjectRecord entry, boolean said) {
        SemanticObject object = entry.object();
        return new Piece(object.type(), said, object.admission().admitted()
                ? Optional.of(embedder.embed(object.stub() + "\n" + entry.content().shown()))
                : Optional.empty());
    }
}
