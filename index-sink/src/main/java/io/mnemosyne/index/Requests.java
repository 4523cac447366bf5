package io.mnemosyne.index;

import java.io.IOException;
import java.util.Optional;

import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.ErrorCause;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.httpclient5.ResponseException;

import io.mnemosyne.index.Index.RefusedException;

/** Requests to OpenSearch whose error answers have one name. */
record Requests(OpenSearchClient client) {

    /** A request that the client has no words for. */
    Reply send(String method, String path, String json) throws IOException {
        var request = org.opensearch.client.opensearch.generic.Requests.builder().method(method).endpoint(path);
        try (Response response = client.generic()
                .execute(json.isEmpty() ? request.build() : request.json(json).build())) {
            return new Reply(response.getStatus(), response.getBody().map(Body::bodyAsString).orElse(""));
        }
    }

    /** A call of the client. */
    <T> T call(Call<T> call) throws IOException {
        try {
            return call.run(client);
        } catch (OpenSearchException e) {
            throw new RefusedException(statusOf(e), describe(e.error()), e);
        } catch (ResponseException e) {
            throw new RefusedException(e.status(), "without a readable body", e);
        }
    }

    /** Types only: the reasons that the index gives can quote the document. */
    static String describe(ErrorCause error) {
        ErrorCause cause = error.causedBy();
        return cause == null ? error.type() : error.type() + " caused by " + describe(cause);
    }

    /** Some errors, such as that of an unknown address, come without their status. */
    private static int statusOf(OpenSearchException e) {
        return Optional.ofNullable(e.response().status()).orElse(500);
    }

    /** An answer of any kind. */
    record Reply(int status, String body) {
        boolean isMissing() {
            return status == 404;
        }

        /** The same, if it is no error. */
        Reply good() throws RefusedException {
            if (status >= 300) {
                throw new RefusedException(status, body);
            }
            return this;
        }
    }

    interface Call<T> {
        T run(OpenSearchClient client) throws IOException;
    }
}
