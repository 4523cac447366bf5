package io.mnemosyne.core.segment;

import java.util.Optional;

/** What the thread's earlier objects were about. */
public interface EarlierObjects {
    /** Id of the object that shows this text. */
    Optional<String> withContent(String contentHash);

    /** What was kept under {@link Cut#files} of a file. */
    Optional<String> ofFile(String path);

    /** Id of the newest object that defines this name. */
    Optional<String> ofName(String name);
}
