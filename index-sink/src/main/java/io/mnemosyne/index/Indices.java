package io.mnemosyne.index;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.mnemosyne.index.Requests.Reply;

/**
 * The indices of all versions, and which of them is searched. Everything here can be done twice and by several instances
 * at once.
 */
final class Indices {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Requests requests;
    private final Template template;
    private final Version current;

    Indices(Requests requests, Template template) {
        this.requests = requests;
        this.template = template;
        this.current = template.version();
    }

    Version current() {
        return current;
    }

    /**
     * Makes the current version's index if it is not there. It is searched at once only if no other one is.
     *
     * @throws IOException if a newer version is searched, or if the index holds vectors of another model
     */
    void prepare() throws IOException {
        Optional<Version> searched = searched();
        if (searched.isPresent() && searched.get().number() > current.number()) {
            throw new IOException(
                    "index " + searched.get().index() + " was made by a newer program, which this one must"
                            + " not write: start the newer one, or delete the index to build " + current.index());
        }
        requests.send("PUT", "/_index_template/" + template.name(), template.json()).good();
        if (exists(current.writeAlias())) {
            requireModel();
            return;
        }
        Reply made = requests.send("PUT", "/" + current.index(), "{}");
        if (!made.body().contains("resource_already_exists_exception")) {
            made.good();
        }
        requireModel();
        add(current, current.writeAlias());
        if (searched.isEmpty()) {
            add(current, current.alias());
        }
    }

    /** Makes an older version's index ready to be written; it is not made again where it is gone. */
    void prepareOlder(Version older) throws IOException {
        add(older, older.writeAlias());
    }

    /** The version that is searched; empty if there is none yet. */
    Optional<Version> searched() throws IOException {
        Reply reply = requests.send("GET", "/_alias/" + current.alias(), "");
        if (reply.isMissing()) {
            return Optional.empty();
        }
        String body = reply.good().body();
        List<String> names = JSON.readTree(body).propertyStream().map(index -> index.getKey()).toList();
        OptionalInt newest = names.stream().map(name -> Version.numberOf(current.alias(), name))
                .flatMapToInt(OptionalInt::stream).max();
        if (newest.isEmpty()) {
            throw new IOException("alias " + current.alias() + " stands for " + names + ", none of which is an index"
                    + " of this program: remove the alias, or choose another name for the index");
        }
        return Optional.of(current.withNumber(newest.getAsInt()));
    }

    /** From now on the current version is searched in the place of an older one; what it holds is found at once. */
    void replace(Version older) throws IOException {
        prepare();
        requests.send("POST", "/" + current.index() + "/_refresh", "").good();
        requests.send("POST", "/_aliases",
                """
                {"actions": [
                  {"remove": {"index": "%s", "alias": "%s", "must_exist": false}},
                  {"add": {"index": "%s", "alias": "%s", "is_write_index": true}}]}"""
                        .formatted(older.index(), current.alias(), current.index(), current.alias()))
                .good();
    }

    /** Deletes an older version's index if it is there. */
    void delete(Version older) throws IOException {
        Reply reply = requests.send("DELETE", "/" + older.index(), "");
        if (!reply.isMissing()) {
            reply.good();
        }
    }

    private boolean exists(String alias) throws IOException {
        return requests.call(client -> client.indices().existsAlias(request -> request.name(alias))).value();
    }

    private void add(Version version, String alias) throws IOException {
        requests.send("PUT", "/" + version.index() + "/_alias/" + alias, "{\"is_write_index\":true}").good();
    }

    /** Vectors of different models must not be compared, and the index takes vectors of one length only. */
    private void requireModel() throws IOException {
        String body = requests.send("GET", "/" + current.index() + "/_mapping", "").good().body();
        JsonNode mappings = JSON.readTree(body).path(current.index()).path("mappings");
        String model = mappings.path("_meta").path("model").asText(template.model());
        int dimensions = mappings.at("/properties/vector/dimension").asInt(template.dimensions());
        if (!model.equals(template.model()) || dimensions != template.dimensions()) {
            throw new IOException("index " + current.index() + " holds vectors of " + model + " with " + dimensions
                    + " dimensions, but " + template.model() + " with " + template.dimensions()
                    + " is configured: configure the former, or stop, delete the index and the consumer groups "
                    + current.group() + " and " + IndexSink.VECTOR_GROUP
                    + ", and start again to embed everything anew");
        }
    }
}
