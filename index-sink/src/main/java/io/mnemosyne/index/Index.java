package io.mnemosyne.index;

import java.io.IOException;
import java.util.List;

/** The index as its writer sees it. Every call throws {@link RefusedException} if the index answers with an error. */
interface Index {
    /** Most documents that are looked up at once. */
    int PAGE = 1_000;

    /** Name under which it is written. */
    String name();

    /** Makes the index with its mapping if it is not there. */
    void prepare() throws IOException;

    /** One answer per change, in their order. Takes only changes of single documents. */
    List<Answer> bulk(List<Change> changes) throws IOException;

    /**
     * Ids of documents that a change still concerns, among them those written last.
     *
     * @return at most {@link #PAGE} of them
     */
    List<String> documentsOf(Change.ByQuery change) throws IOException;

    /**
     * What became of one change.
     *
     * @param status as in HTTP
     * @param error type of the error, empty if there was none; holds nothing of the document
     */
    record Answer(int status, String error) {
    }

    /** The index answered a whole request with an error. */
    final class RefusedException extends IOException {
        private final int status;

        RefusedException(int status, String error) {
            super("HTTP " + status + " " + error);
            this.status = status;
        }

        RefusedException(int status, String error, Throwable cause) {
            super("HTTP " + status + " " + error, cause);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
