package io.mnemosyne.core.redact;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is found in one look over a text. A finder that comes later cannot take what an earlier one took. */
final class Round implements Finder.Candidates {
    private final String text;
    private final byte[] tenantKey;
    private final List<Allowed> allowlists;
    private final Work work;
    private final NavigableMap<Integer, Finding> taken = new TreeMap<>();

    Round(String text, byte[] tenantKey, List<Allowed> allowlists, Work work) {
        this.text = text;
        this.allowlists = allowlists;
        this.tenantKey = tenantKey;
        this.work = work;
    }

    @Override
    public boolean take(List<Kind> kinds, int start, int end) {
        if (isTaken(start, end)) {
            return false;
        }
        String secret = text.substring(start, end);
        work.read(secret.length());
        Span span = new Span(start, end);
        if (Mark.isIn(secret) || allowlists.stream().anyMatch(list -> list.allows(text, span, span))) {
            return false;
        }
        for (Kind kind : kinds) {
            if (kind.plausible().test(secret)) {
                taken.put(start,
                        new Finding(kind.name(), start, end, Mark.of(kind.name(), secret, tenantKey)));
                return true;
            }
        }
        return false;
    }

    /** What was found, from the start of the text to its end. */
    Collection<Finding> findings() {
        return taken.values();
    }

    private boolean isTaken(int start, int end) {
        Map.Entry<Integer, Finding> before = taken.lowerEntry(end);
        return before != null && before.getValue().end() > start;
    }
}
