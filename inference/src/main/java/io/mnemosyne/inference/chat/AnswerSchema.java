package io.mnemosyne.inference.chat;

/**
 * The shape that an answer must have. Providers that can hold a model to it are told to; the answer is checked all the same.
 *
 * @param name of the answer, {@code [a-z_]{1,64}}
 * @param json a JSON Schema object with {@code additionalProperties: false} and all properties required, as both wire
 *            formats want it
 */
public record AnswerSchema(String name, String json) {
}
