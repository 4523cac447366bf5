package io.mnemosyne.replay.measure;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the prompt of a step contains, followed from prompt to prompt by what changes. */
final class Presence {
    private final Passages passages;
    private final int[] blocksWith;
    private final int[] missing;
    private final BitSet texts = new BitSet();
    private int[] blocksOfText = new int[64];
    private List<Block> current = List.of();

    Presence(Passages passages) {
        this.passages = passages;
        this.blocksWith = new int[passages.size()];
        this.missing = new int[passages.events()];
        Arrays.setAll(missing, event -> passages.ofEvent(event).size());
    }

    /** Whether a passage is inside of one of the blocks. */
    boolean shows(int passage) {
        return blocksWith[passage] > 0;
    }

    /** Whether the content of an event and all strings in its calls are there. */
    boolean isWhole(int event) {
        return missing[event] == 0;
    }

    /** Numbers of the texts that are in the prompt. */
    BitSet texts() {
        return texts;
    }

    /**
     * Goes on to the next prompt.
     *
     * @return the blocks that are in it more often than before
     */
    List<Block> moveTo(List<Block> next) {
        Map<Block, Integer> changes = changes(current, next);
        changes.forEach(this::change);
        current = next;
        return changes.entrySet().stream().filter(change -> change.getValue() > 0).map(Map.Entry::getKey).toList();
    }

    /** How many more of each block there are. Prompts mostly differ in their middle or at their end. */
    private static Map<Block, Integer> changes(List<Block> before, List<Block> after) {
        int shorter = Math.min(before.size(), after.size());
        int prefix = 0;
        while (prefix < shorter && before.get(prefix) == after.get(prefix)) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < shorter - prefix
                && before.get(before.size() - 1 - suffix) == after.get(after.size() - 1 - suffix)) {
            suffix++;
        }
        Map<Block, Integer> changes = new LinkedHashMap<>();
        before.subList(prefix, before.size() - suffix).forEach(block -> changes.merge(block, -1, Integer::sum));
        after.subList(prefix, after.size() - suffix).forEach(block -> changes.merge(block, 1, Integer::sum));
        changes.values().removeIf(change -> change == 0);
        return changes;
    }

    private void change(Block block, int by) {
        int text = block.text().number();
        if (text >= blocksOfText.length) {
            blocksOfText = Arrays.copyOf(blocksOfText, Math.max(text + 1, blocksOfText.length * 2));
        }
        blocksOfText[text] += by;
        texts.set(text, blocksOfText[text] > 0);
        for (int passage : block.passages()) {
            boolean before = shows(passage);
            blocksWith[passage] += by;
            if (before != shows(passage)) {
                passages.eventsOf(passage).forEach(event -> missing[event] += before ? 1 : -1);
            }
        }
    }
}
