package io.mnemosyne.inference.chat;

/**
 * A model of a provider.
 *
 * @param provider name of the endpoint in the settings, for example {@code anthropic}
 * @param model the provider's name of the model, for example {@code claude-haiku-4-5}; may hold colons
 */
public record ModelId(String provider, String model) {
    /** The extractor that works by rule: the end of every chain that does not leave it out. */
    public static final ModelId OFFLINE = new ModelId("offline", "extractive");

    /**
     * Reads {@code provider:model}, or {@code offline}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static ModelId parse(String text) {
        if (text.equals(OFFLINE.provider())) {
            return OFFLINE;
        }
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new IllegalArgumentException("'" + text
                    + "' is no model: write provider:model, for example anthropic:claude-haiku-4-5, or offline");
        }
        return new ModelId(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return equals(OFFLINE) ? provider : provider + ":" + model;
    }
}
