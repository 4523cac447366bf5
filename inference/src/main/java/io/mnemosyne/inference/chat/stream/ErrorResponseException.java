package io.mnemosyne.inference.chat.stream;

/** A provider answered with an error. Never leaves the clients: they say what it means. */
public final class ErrorResponseException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ErrorResponse response;

    public ErrorResponseException(ErrorResponse response) {
        super("status " + response.status());
        this.response = response;
    }

    public ErrorResponse response() {
        return response;
    }
}
