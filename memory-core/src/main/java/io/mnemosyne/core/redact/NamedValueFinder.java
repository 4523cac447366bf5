package io.mnemosyne.core.redact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds values by the name of what they are assigned to. Names are found in any case. Each character is looked at a few
 * times at most, whatever the text: a value without quotes ends where the next assignment starts, and one in quotes ends
 * at the next quote of its kind.
 */
final class NamedValueFinder implements Finder {
    private static final int LONGEST_START_OF_NAME = 40;
    private final List<Naming> namings;
    private final Map<String, List<Naming>> byKeyword = new HashMap<>();

    /**
     * A finder for several kinds of names.
     *
     * @param namings the most specific first: of all that a name matches, the first whose value is plausible counts
     */
    NamedValueFinder(List<Naming> namings) {
        this.namings = List.copyOf(namings);
        namings.forEach(naming -> naming.keywords()
                .forEach(keyword -> byKeyword.computeIfAbsent(keyword, absent -> new ArrayList<>()).add(naming)));
    }

    @Override
    public List<String> keywords() {
        return List.copyOf(byKeyword.keySet());
    }

    @Override
    public boolean anyCase() {
        return true;
    }

    @Override
    public void find(String text, Hits hits, Work work, Candidates candidates) {
        Names names = new Names(text, hits, work);
        Optional<Name> name = names.from(0);
        while (name.isPresent()) {
            int from = name.get().value();
            Optional<Name> next = names.from(from);
            Assignment assignment = new Assignment(text, from);
            Optional<Span> value = assignment.readValue(next.map(Name::start).orElse(text.length()));
            work.read(assignment.at() - from + 1L);
            boolean taken = value.isPresent()
                    && candidates.take(kinds(name.get()), value.get().start(), value.get().end());
            name = taken && next.isPresent() && next.get().start() < value.get().end()
                    ? names.from(value.get().end())
                    : next;
        }
    }

    /** The most specific first. */
    private List<Kind> kinds(Name name) {
        return namings.stream().filter(name.namings()::contains).map(Naming::kind).toList();
    }

    /** The names in a text that something is assigned to. */
    private final class Names {
        private final String text;
        private final Hits hits;
        private final Work work;
        private int next;

        Names(String text, Hits hits, Work work) {
            this.text = text;
            this.hits = hits;
            this.work = work;
        }

        /** The first name with a keyword at a place or after it. */
        Optional<Name> from(int from) {
            Optional<Name> name = Optional.empty();
            while (next < hits.size() && (name.isEmpty() || hits.start(next) < name.get().value())) {
                if (hits.start(next) >= from) {
                    name = joined(name, at(hits.start(next), hits.end(next)));
                }
                next++;
            }
            return name;
        }

        /** A name can have several keywords. */
        private static Optional<Name> joined(Optional<Name> name, Optional<Name> more) {
            return name.isPresent() && more.isPresent() ? Optional.of(name.get().and(more.get())) : name.or(() -> more);
        }

        private Optional<Name> at(int start, int end) {
            if (Mark.surrounds(text, start)) {
                return Optional.empty();
            }
            List<Naming> candidates = byKeyword.getOrDefault(text.substring(start, end).toLowerCase(Locale.ROOT),
                    List.of());
            Assignment assignment = new Assignment(text, end);
            boolean word = assignment.readRestOfName(candidates.stream().anyMatch(Naming::ofVendor));
            String rest = text.substring(end, assignment.at());
            boolean assigned = word && assignment.readOperator(isFlag(start));
            work.read(assignment.at() - start + 1L);
            List<Naming> matching = assigned
                    ? candidates.stream().filter(naming -> naming.allows(text, start, rest)).toList()
                    : List.of();
            return matching.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Name(start, assignment.at(), Set.copyOf(matching)));
        }

        private boolean isFlag(int keyword) {
            int start = keyword;
            while (start > 0 && keyword - start < LONGEST_START_OF_NAME && isOfFlag(text.charAt(start - 1))) {
                start--;
            }
            work.read(keyword - start);
            return text.startsWith("--", start);
        }

        private static boolean isOfFlag(char c) {
            return c == '-' || (c >= 'a' && c <= 'z');
        }
    }

    /**
     * A name with keywords in it.
     *
     * @param start where the first keyword starts
     * @param value where the value starts that is assigned to it
     */
    private record Name(int start, int value, Set<Naming> namings) {

        Name and(Name more) {
            Set<Naming> all = new HashSet<>(namings);
            all.addAll(more.namings);
            return new Name(start, value, all);
        }
    }
}
