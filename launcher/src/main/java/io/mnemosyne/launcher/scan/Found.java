package io.mnemosyne.launcher.scan;

import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.core.redact.CredentialRedactor;
import io.mnemosyne.core.redact.Finding;

/**
 * What would be redacted. Does not hold the secret.
 *
 * @param line from 1
 * @param column from 1, in characters of UTF-16
 * @param context the line, or what is near of it, with marks in place of secrets
 */
record Found(String file, int line, int column, String rule, String mark, String context) {
    private static final int MOST_BEFORE = 60;
    private static final int MOST_BEHIND = 30;

    /** All that would be redacted in a text, from its start to its end. */
    static List<Found> in(String file, String text, CredentialRedactor redactor) {
        List<Finding> findings = redactor.findings(text);
        String redacted = findings.isEmpty() ? text : redactor.redact(text).value();
        List<Found> found = new ArrayList<>();
        int line = 1;
        int lineStart = 0;
        int shift = 0;
        for (Finding finding : findings) {
            for (int next = text.indexOf('\n', lineStart); next >= 0
                    && next < finding.start(); next = text.indexOf('\n',
                            lineStart)) {
                line++;
                lineStart = next + 1;
            }
            found.add(new Found(file, line, finding.start() - lineStart + 1, finding.rule(), finding.mark(),
                    context(redacted, finding.start() + shift, finding.start() + shift + finding.mark().length())));
            shift += finding.mark().length() - (finding.end() - finding.start());
        }
        return found;
    }

    private static String context(String redacted, int start, int end) {
        String before = redacted.substring(Math.max(0, start - MOST_BEFORE), start);
        String behind = redacted.substring(end, Math.min(redacted.length(), end + MOST_BEHIND));
        int lineEnd = behind.indexOf('\n');
        String line = before.substring(before.lastIndexOf('\n') + 1) + redacted.substring(start, end)
                + (lineEnd < 0 ? behind : behind.substring(0, lineEnd));
        // A terminal would obey some of them.
        return line.replaceAll("\\p{Cntrl}", " ").strip();
    }
}
