package io.mnemosyne.core.redact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A text in which some parts have been replaced, and where these were in the original.
 *
 * @param findings by place in the original
 */
record Edits(String original, List<Finding> findings) {
    static Edits none(String original) {
        return new Edits(original, List.of());
    }

    /** The text with marks in place of what was found. */
    String text() {
        if (findings.isEmpty()) {
            return original;
        }
        StringBuilder text = new StringBuilder(original.length());
        int copied = 0;
        for (Finding finding : findings) {
            text.append(original, copied, finding.start()).append(finding.mark());
            copied = finding.end();
        }
        return text.append(original, copied, original.length()).toString();
    }

    /**
     * These and more.
     *
     * @param more by place in {@link #text()}; none of them touches a mark
     */
    Edits and(Collection<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        int shift = 0;
        int next = 0;
        for (Finding finding : more) {
            while (next < findings.size() && findings.get(next).start() + shift < finding.start()) {
                shift += findings.get(next).mark().length() - (findings.get(next).end() - findings.get(next).start());
                next++;
            }
            all.add(new Finding(finding.rule(), finding.start() - shift, finding.end() - shift, finding.mark()));
        }
        all.sort(Comparator.comparingInt(Finding::start));
        return new Edits(original, List.copyOf(all));
    }
}
