package io.mnemosyne.core.redact;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds blobs of base64 that are a text with a secret in it. One level only: what is inside is not decoded again. The blob
 * as a whole is the secret. Only every 32nd character is looked at where there is no such blob.
 *
 * @param hasSecret judges a decoded text
 */
record Base64Finder(Predicate<String> hasSecret) {
    static final String NAME = "base64";
    private static final List<Kind> KINDS = List.of(new Kind(NAME, _ -> true));
    private static final int SHORTEST = 32;
    /** Characters of which images and hashes show that they are no text. */
    private static final int BEGINNING = 32;

    void find(String text, Work work, Finder.Candidates candidates) {
        int at = SHORTEST - 1;
        int behindLast = 0;
        while (at < text.length()) {
            if (isPart(text.charAt(at))) {
                Span run = run(text, at, behindLast);
                work.read(run.end() - run.start());
                if (run.end() - run.start() >= SHORTEST && isText(text, run) && hasSecret.test(decoded(run.of(text)))) {
                    candidates.take(KINDS, run.start(), run.end());
                }
                behindLast = run.end();
                at = run.end();
            }
            at += SHORTEST;
        }
    }

    private static Span run(String text, int at, int from) {
        int start = at;
        while (start > from && isPart(text.charAt(start - 1))) {
            start--;
        }
        int end = at + 1;
        while (end < text.length() && isPart(text.charAt(end))) {
            end++;
        }
        return new Span(start, end);
    }

    private static boolean isText(String text, Span run) {
        return decoded(text.substring(run.start(), run.start() + BEGINNING)).chars()
                .allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t');
    }

    private static String decoded(String blob) {
        String padded = blob.replace('-', '+').replace('_', '/');
        int whole = padded.length() - (padded.length() % 4 == 1 ? 1 : 0);
        return new String(Base64.getDecoder().decode(padded.substring(0, whole)), StandardCharsets.ISO_8859_1);
    }

    private static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
                || c == '-' || c == '_';
    }
}
