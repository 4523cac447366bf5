package io.mnemosyne.context;

import java.util.List;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.SizedTurn;

/** Puts large texts back into turns. */
final class Contents {
    private final Rows rows;

    Contents(Rows rows) {
        this.rows = rows;
    }

    /** The turn in full. */
    Turn resolve(Turn turn) {
        if (turn.parts().stream().noneMatch(part -> part.content() instanceof Content.Reference)) {
            return turn;
        }
        List<Part> parts = turn.parts().stream().map(part -> switch (part.content()) {
            case Content.Inline _ -> part;
            case Content.Reference reference -> part.withContent(Content.of(text(turn.thread(), reference)));
        }).toList();
        return new Turn(turn.thread(), turn.incarnation(), turn.seq(), turn.body().withParts(parts), turn.tokens(),
                turn.objects());
    }

    /** The turns in full, apart from those that cannot fit a budget anyhow: they keep their excerpts. */
    List<SizedTurn> resolve(List<SizedTurn> turns, long budget) {
        return turns.stream().map(turn -> turn.tokens() > budget ? turn : turn.with(resolve(turn.turn()))).toList();
    }

    private String text(ThreadKey thread, Content.Reference reference) {
        return rows.blob(thread, reference.sha256()).map(Blob::text)
                .orElseThrow(() -> new Unavailable(Unavailable.Reason.BLOB_MISSING,
                        "text " + reference.sha256() + " of thread " + thread + " has not arrived yet"));
    }
}
