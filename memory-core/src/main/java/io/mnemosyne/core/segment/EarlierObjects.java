package io.mnemosyne.core.segment;

import java.util.Optional;

/** What the thread's earlier objects were about. */
public interface EarlierObjects {
    /** Id of the first object with this text. */
    Optional<String> withContent(String contentHash);

    /** Id of the newest object that shows this file, or this stretch of one. */
    Optional<String> ofFile(String view);
}
