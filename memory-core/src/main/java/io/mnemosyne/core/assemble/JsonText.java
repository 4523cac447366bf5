package io.mnemosyne.core.assemble;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** The little JSON that prompts contain. */
final class JsonText {
    private JsonText() {
    }

    /** A string as a JSON literal, quotes included. */
    static String quote(String text) {
        return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
