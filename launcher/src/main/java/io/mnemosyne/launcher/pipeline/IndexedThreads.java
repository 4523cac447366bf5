package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.index.IndexedWait;
import io.mnemosyne.service.Memory;

/**
 * Knows from the newest turn and the newest objects of a thread whether the index has all of it: what came before them was
 * written before them.
 */
record IndexedThreads(ThreadReader reader, IndexedWait indexed) implements Memory.Searchable {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexedThreads.class);
    /** Turns among which the newest objects are looked for. */
    private static final int LATELY = 64;

    @Override
    public boolean isAll(ThreadKey thread, Duration patience) {
        Optional<ThreadHead> head = reader.head(thread).filter(ThreadHead::hasTurns);
        try {
            return head.isPresent() && indexed.await(newest(head.get()), patience);
        } catch (IOException e) {
            LOGGER.atWarn().addKeyValue("thread", thread).addKeyValue("error", e.getClass().getName())
                    .log("The index does not say whether it has all of a thread");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The window that begins with the newest turn, and the objects of the newest turn that has some. */
    private List<String> newest(ThreadHead head) {
        long last = head.nextSeq() - 1;
        List<String> ids = new ArrayList<>(List.of(id(head, "w" + last)));
        reader.turns(head.thread(), new SeqRange(Math.max(0, last - LATELY + 1), last)).reversed().stream()
                .map(Turn::objects).filter(objects -> !objects.isEmpty()).findFirst().stream().flatMap(List::stream)
                .map(SemanticObject::id).map(object -> id(head, object)).forEach(ids::add);
        return ids;
    }

    private static String id(ThreadHead head, String row) {
        return IndexedWait.id(head.thread(), head.incarnation(), row);
    }
}
