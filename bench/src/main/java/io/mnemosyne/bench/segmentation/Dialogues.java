package io.mnemosyne.bench.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.inference.embeddings.Embedder;

/** Reads labelled dialogues. */
final class Dialogues {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Embedder embedder;

    Dialogues(Embedder embedder) {
        this.embedder = embedder;
    }

    /**
     * Chit-chat: a topic begins or goes on with each utterance.
     *
     * @param most dialogues that are read
     */
    LabelledSet tiage(Path file, int most) throws IOException {
        List<Labelled> dialogues = new ArrayList<>();
        for (JsonNode dialogue : JSON.readTree(file.toFile())) {
            if (dialogues.size() == most) {
                break;
            }
            List<List<Piece>> utterances = new ArrayList<>();
            List<Boolean> shifts = new ArrayList<>();
            for (JsonNode utterance : dialogue) {
                if (!utterances.isEmpty()) {
                    shifts.add(utterance.path(1).asText().equals("1"));
                }
                utterances.add(List.of(said(utterance.path(0).asText())));
            }
            dialogues.add(new Labelled(utterances, shifts));
        }
        return new LabelledSet("tiage, topics of chit-chat", dialogues);
    }

    /** Tasks: the goal shifts when what the user wants of which service changes. A unit is an utterance and its answer. */
    LabelledSet sgd(Path folder) throws IOException {
        List<Labelled> dialogues = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    dialogues.add(exchanges(JSON.readTree(line).path("turns")));
                }
            }
        }
        return new LabelledSet("sgd, goals of task dialogues", dialogues);
    }

    private Labelled exchanges(JsonNode turns) {
        List<List<Piece>> exchanges = new ArrayList<>();
        List<Boolean> shifts = new ArrayList<>();
        TreeSet<String> goal = new TreeSet<>();
        for (JsonNode turn : turns) {
            Piece piece = said(turn.path("utterance").asText());
            if (!turn.path("speaker").asText().equals("USER")) {
                exchanges.getLast().add(piece);
                continue;
            }
            TreeSet<String> next = new TreeSet<>();
            for (JsonNode frame : turn.path("frames")) {
                next.add(frame.path("service").asText() + " " + frame.path("state").path("active_intent").asText());
            }
            if (!exchanges.isEmpty()) {
                shifts.add(!next.equals(goal));
            }
            goal = next;
            exchanges.add(new ArrayList<>(List.of(piece)));
        }
        return new Labelled(exchanges, shifts);
    }

    private Piece said(String utterance) {
        return new Piece(SemanticObject.Type.CONVERSATION_PHASE, true, Optional.of(embedder.embed(utterance)));
    }
}
