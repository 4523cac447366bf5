package io.mnemosyne.trace.send;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes JSON where a tree would be too much. */
final class JsonText {
    private JsonText() {
    }

    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
