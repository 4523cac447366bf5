package io.mnemosyne.inference.chat;

/** One message of a prompt. */
public record ChatMessage(Speaker speaker, String text) {

    /** Who says it. */
    public enum Speaker {
        USER,
        ASSISTANT
    }

    public static ChatMessage user(String text) {
        return new ChatMessage(Speaker.USER, text);
    }

    public static ChatMessage assistant(String text) {
        return new ChatMessage(Speaker.ASSISTANT, text);
    }
}
