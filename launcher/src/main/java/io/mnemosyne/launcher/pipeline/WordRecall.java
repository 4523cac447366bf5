package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Recall;
import io.mnemosyne.core.recall.Recalled;
import io.mnemosyne.core.recall.Recollection;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.index.search.Found;
import io.mnemosyne.index.search.Scope;
import io.mnemosyne.index.search.SearchClient;

/** Finds by word in the index. */
record WordRecall(SearchClient client, TokenCounter tokens) implements Recall {
    @Override
    public Recollection find(ThreadKey thread, long incarnation, MemoryQuery query) {
        Scope scope = new Scope(thread, incarnation, names(query.kinds()), names(query.types()), query.seqs(),
                query.stale());
        try {
            List<Recalled> found = client.byWords(scope, query.question(), query.k()).stream().map(this::recalled)
                    .toList();
            return new Recollection(found, Recollection.Source.INDEX, query.time());
        } catch (IOException e) {
            return new Recollection(List.of(), Recollection.Source.STORE, query.time());
        }
    }

    private Recalled recalled(Found found) {
        return new Recalled(found.subject(), MemoryQuery.Kind.valueOf(found.kind().toUpperCase(Locale.ROOT)),
                Optional.empty(), found.seqs(), Optional.empty(), found.stub(), found.text(),
                tokens.count(found.text()), found.score(), List.of());
    }

    private static Set<String> names(Set<? extends Enum<?>> constants) {
        return constants.stream().map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
