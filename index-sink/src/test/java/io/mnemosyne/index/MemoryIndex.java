package io.mnemosyne.index;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An index in memory, which can be away. */
final class MemoryIndex implements Index {
    final Map<String, Map<String, Object>> documents = new ConcurrentHashMap<>();
    volatile boolean away;
    /** Id of a document that it refuses. */
    volatile String refused = "";

    @Override
    public String name() {
        return "notes";
    }

    @Override
    public void prepare() throws IOException {
        beThere();
    }

    @Override
    public List<Answer> bulk(List<Change> changes) throws IOException {
        beThere();
        return changes.stream().map(this::apply).toList();
    }

    private Answer apply(Change change) {
        switch (change) {
            case Change.Merge merge when merge.id().equals(refused) -> {
                return new Answer(400, "mapper_parsing_exception");
            }
            case Change.Merge merge -> documents.computeIfAbsent(merge.id(), _ -> new ConcurrentHashMap<>())
                    .putAll(merge.fields());
            case Change.Remove remove -> documents.remove(remove.id());
            case Change.ByQuery _ -> throw new IllegalArgumentException("not in bulk");
        }
        return new Answer(200, "");
    }

    @Override
    public List<String> documentsOf(Change.ByQuery change) {
        return List.of();
    }

    private void beThere() throws IOException {
        if (away) {
            throw new IOException("away");
        }
    }
}
