package io.mnemosyne.replay.log;

/** The files of a run directory that grow with its sessions. */
enum RunFile {
    PROMPTS("prompts.jsonl"),
    BLOCKS("blocks.jsonl"),
    CALLS("calls.jsonl"),
    COMPLETIONS("completions.jsonl");

    private final String fileName;

    RunFile(String fileName) {
        this.fileName = fileName;
    }

    String fileName() {
        return fileName;
    }
}
