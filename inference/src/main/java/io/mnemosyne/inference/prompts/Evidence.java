package io.mnemosyne.inference.prompts;

import java.time.Instant;
import java.util.List;

import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.SeqRange;

/** What an entry can rest on: that which the model was shown. */
interface Evidence {

    SeqRange range();

    /** Whether something was shown of both ends of a stretch. */
    boolean wasShown(SeqRange seqs);

    /** When what was shown of the stretch was said or done, in any order; empty if unknown. */
    List<Instant> times(SeqRange seqs);

    /** Whether an entry of the kind may rest on the stretch. What a tool printed is no instruction of a user. */
    boolean allows(Kind kind, SeqRange seqs);
}
