package io.mnemosyne.trace.send;

/** Where large fields go. Thread-safe. */
interface MediaStore {
    /** A backend without media. */
    MediaStore NONE = new MediaStore() {
        @Override
        public boolean usable() {
            return false;
        }

        @Override
        public boolean upload(Upload upload) {
            return false;
        }
    };

    /** Whether it is worth trying. */
    boolean usable();

    /** Comes back when the content is there, or with false if it cannot be put there. */
    boolean upload(Upload upload) throws InterruptedException;
}
