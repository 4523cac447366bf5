package io.mnemosyne.launcher.pipeline;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.TextNode;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Finds many texts in bytes at once: as they are, escaped as in JSON or a URL, and in base64 at any alignment. One pass: the
 * last eight bytes that were read are looked up among the last eight of every form of every text.
 */
final class Needles {
    private static final int TAIL = Long.BYTES;
    private static final int FILTER_BITS = 22;

    private final Map<Long, List<Form>> byTail = new HashMap<>();
    private final BitSet filter = new BitSet(1 << FILTER_BITS);

    /** @param text that this is a form of */
    private record Form(String text, byte[] bytes) {
    }

    /** @param texts of at least 12 characters */
    Needles(Collection<String> texts) {
        texts.forEach(text -> forms(text).forEach(form -> add(new Form(text, form))));
    }

    /** Which of the texts are in these bytes. */
    Set<String> in(byte[] bytes) {
        Set<String> found = new HashSet<>();
        long tail = 0;
        for (int i = 0; i < bytes.length; i++) {
            tail = tail << Byte.SIZE | bytes[i] & 0xff;
            if (filter.get(slot(tail))) {
                for (Form form : byTail.getOrDefault(tail, List.of())) {
                    int start = i + 1 - form.bytes.length;
                    if (start >= 0 && Arrays.equals(form.bytes, 0, form.bytes.length, bytes, start, i + 1)) {
                        found.add(form.text);
                    }
                }
            }
        }
        return found;
    }

    private void add(Form form) {
        long tail = 0;
        for (int i = form.bytes.length - TAIL; i < form.bytes.length; i++) {
            tail = tail << Byte.SIZE | form.bytes[i] & 0xff;
        }
        byTail.computeIfAbsent(tail, _ -> new ArrayList<>()).add(form);
        filter.set(slot(tail));
    }

    private static int slot(long tail) {
        return (int) (tail * 0x9E3779B97F4A7C15L >>> Long.SIZE - FILTER_BITS);
    }

    private static List<byte[]> forms(String text) {
        String json = TextNode.valueOf(text).toString();
        Set<String> forms = new HashSet<>(List.of(text, json.substring(1, json.length() - 1),
                URLEncoder.encode(text, UTF_8)));
        for (int shift = 0; shift < 3; shift++) {
            forms.add(base64(text, shift));
        }
        return forms.stream().map(form -> form.getBytes(UTF_8)).toList();
    }

    /** What of the base64 of something longer depends on this text alone, which begins so many bytes behind a group. */
    private static String base64(String text, int shift) {
        byte[] bytes = text.getBytes(UTF_8);
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        int from = (shift * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return Base64.getEncoder().withoutPadding().encodeToString(shifted).substring(from, to);
    }
}
