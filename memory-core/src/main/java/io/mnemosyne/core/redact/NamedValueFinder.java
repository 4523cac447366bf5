package io.mnemosyne.core.redact;

import java.util.List;
import java.util.Optional;

/**
 * Finds values by the name of what they are assigned to. Names are found in any case. Each character is looked at a few
 * times at most, whatever the text: a value without quotes ends where the next assignment starts, and one in quotes ends
 * at the next quote of its kind.
 *
 * @param keywords what such a name contains, lower-case; where one is the start of another, the longer one first
 */
record NamedValueFinder(List<String> keywords) implements Finder {

    @Override
    public void find(Folded text, Work work, Candidates candidates) {
        Names names = new Names(text, new Hits(text.lower(), keywords), work);
        Name name = names.from(0);
        while (name.isAssigned()) {
            Name next = names.from(name.value());
            Assignment assignment = new Assignment(text.text(), name.value());
            Optional<Assignment.Span> value = assignment.readValue(next.start());
            work.read(assignment.at() - name.value() + 1L);
            boolean taken = value.isPresent() && candidates.take(value.get().start(), value.get().end());
            name = taken && next.start() < value.get().end() ? names.from(value.get().end()) : next;
        }
    }

    /** The names in a text that something is assigned to. */
    private record Names(Folded text, Hits hits, Work work) {

        Name from(int from) {
            Hits.Hit hit = hits.from(from);
            while (hit.exists()) {
                if (!Mark.surrounds(text.text(), hit.start())) {
                    Assignment assignment = new Assignment(text.text(), hit.end());
                    boolean assigned = assignment.readName();
                    work.read(assignment.at() - hit.end() + 1L);
                    if (assigned) {
                        return new Name(hit.start(), assignment.at(), true);
                    }
                }
                hit = hits.from(hit.start() + 1);
            }
            return new Name(text.text().length(), text.text().length(), false);
        }
    }

    /**
     * A name with a keyword in it.
     *
     * @param start where the keyword starts; the end of the text if there is no further name
     * @param value where the value starts that is assigned to it
     */
    private record Name(int start, int value, boolean isAssigned) {
    }
}
