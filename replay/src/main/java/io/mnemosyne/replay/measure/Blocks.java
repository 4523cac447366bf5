package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.mnemosyne.replay.PromptBlock.Kind;
import io.mnemosyne.replay.entity.EntityIndex;
import io.mnemosyne.replay.entity.Escapes;
import io.mnemosyne.replay.entity.Vocabulary;

/** The distinct blocks of a session's prompts. */
final class Blocks {
    private static final Set<Kind> CLAIMING = EnumSet.of(Kind.OBSERVATION, Kind.REFLECTION, Kind.SUMMARY, Kind.STUB,
            Kind.STATE);

    private final RunReader run;
    private final Passages passages;
    private final Problems problems;
    private final EntityIndex index;
    private final Map<Prompt.Part, Block> blocks = new HashMap<>();
    private final Map<String, BlockText> textOf = new HashMap<>();
    private final List<BlockText> texts = new ArrayList<>();

    Blocks(RunReader run, Passages passages, Vocabulary vocabulary, Problems problems) {
        this.run = run;
        this.passages = passages;
        this.problems = problems;
        this.index = new EntityIndex(vocabulary, number -> texts.get(number).plain());
    }

    /** Which texts contain which entities, by the numbers of the texts. */
    EntityIndex index() {
        return index;
    }

    List<Block> of(Prompt prompt) {
        return prompt.parts().stream().map(part -> blocks.computeIfAbsent(part, this::block)).toList();
    }

    private Block block(Prompt.Part part) {
        Optional<Kind> kind = Arrays.stream(Kind.values()).filter(known -> known.label().equals(part.kind())).findAny();
        if (kind.isEmpty()) {
            problems.add("unknown block kind " + part.kind());
        }
        BlockText text = textOf.computeIfAbsent(part.sha(), this::text);
        List<Integer> contained = new ArrayList<>(text.passages());
        part.events().ifPresent(events -> contained.addAll(passages.shortIn(text.text(), text.words(), events)));
        int latestProof = contained.stream().map(passages::get).filter(Passage::isProof).mapToInt(Passage::event).max()
                .orElse(-1);
        return new Block(text, part.events(), kind.filter(CLAIMING::contains).isPresent(), List.copyOf(contained),
                latestProof);
    }

    private BlockText text(String sha) {
        Optional<String> known = run.text(sha);
        if (known.isEmpty()) {
            problems.add("block " + sha + " is not in blocks.jsonl");
        }
        String text = known.orElse("");
        BitSet words = index.add(Escapes.undo(text));
        BlockText added = new BlockText(texts.size(), text, () -> run.text(sha).orElse(""), words,
                passages.in(text, words));
        texts.add(added);
        return added;
    }

    /** Gives the memory of texts back that are no longer in the prompt. */
    void drop(BitSet numbers) {
        numbers.stream().forEach(number -> texts.get(number).drop());
    }
}
