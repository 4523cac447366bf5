package io.mnemosyne.scripted.langfuse;

/**
 * A request that the server has answered, or cut.
 *
 * @param status 0 if there was no answer
 * @param encodedBytes as they came
 * @param bytes after decompression; as they came if they could not be decompressed
 * @param spans in it, if it is about spans and could be read
 * @param sha256 of the bytes as they came, in hex
 */
public record Received(String method, String path, int status, int encodedBytes, int bytes, int spans, String sha256) {
    public boolean isTraces() {
        return path.equals(LangfuseStandIn.TRACES);
    }
}
