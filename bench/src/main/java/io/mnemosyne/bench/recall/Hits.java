package io.mnemosyne.bench.recall;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.recall.Asked;
import io.mnemosyne.core.recall.Passages;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.index.search.IndexRecall;
import io.mnemosyne.replay.loss.CutObject;

/**
 * What a way found for one question.
 *
 * @param place of the first place that has a gold object, from 0; -1 if none has
 * @param inPassages whether one is among those whose passages fit 2,000 tokens
 * @param inFull whether one is among those whose whole texts fit
 * @param shown whether the passages that fit show the entity itself
 */
record Hits(int place, boolean inPassages, boolean inFull, boolean shown) {
    static final int TOKENS = 2_000;
    private static final Passages PASSAGES = new Passages(O200kTokenCounter.shared());

    static Hits of(Question question, List<List<String>> ranked) {
        int place = 0;
        while (place < ranked.size() && ranked.get(place).stream().noneMatch(question.gold()::contains)) {
            place++;
        }
        List<String> objects = ranked.stream().flatMap(List::stream).toList();
        Asked asked = Asked.in(question.text());
        boolean inPassages = false;
        boolean shown = false;
        long left = TOKENS;
        for (String id : objects) {
            Optional<CutObject> cut = Optional.ofNullable(question.session().byId().get(id));
            if (cut.isEmpty()) {
                continue;
            }
            String passage = PASSAGES.of(cut.get().text(), asked, IndexRecall.PASSAGE);
            left -= O200kTokenCounter.shared().count(passage);
            if (left < 0) {
                break;
            }
            inPassages |= question.gold().contains(id);
            shown |= question.entity().occursIn(passage);
        }
        return new Hits(place < ranked.size() ? place : -1, inPassages, inFull(question, objects), shown);
    }

    private static boolean inFull(Question question, List<String> objects) {
        long left = TOKENS;
        for (String id : objects) {
            long tokens = Optional.ofNullable(question.session().byId().get(id)).map(cut -> cut.object().tokens())
                    .orElse(0L);
            left -= tokens;
            if (left < 0) {
                return false;
            }
            if (question.gold().contains(id)) {
                return true;
            }
        }
        return false;
    }

    boolean within(int places) {
        return place >= 0 && place < places;
    }
}
