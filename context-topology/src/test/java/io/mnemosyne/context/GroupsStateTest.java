package io.mnemosyne.context;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.view.group.GroupRules;
import io.mnemosyne.core.view.group.Groups;
import io.mnemosyne.schemas.streams.StateSerde;

import static org.assertj.core.api.Assertions.assertThat;

/** What is grouped lies in the head of a thread, which is written with every record. */
class GroupsStateTest {
    private static final ThreadKey THREAD = new ThreadKey("default", "t");
    private static final int DIMENSIONS = 384;
    private static final int MAX_BYTES = 12 * 1024;

    private final StateSerde<Groups> serde = StateSerde.of(Groups.class);

    @Test
    void shouldGoOnFromWhatWasKeptAsIfItHadNeverBeenWritten() {
        // given
        Groups alive = Groups.NONE;
        Groups kept = Groups.NONE;
        for (int seq = 0; seq < 100; seq++) {
            Turn turn = turn(seq);
            // when
            alive = live(alive, turn);
            kept = again(live(kept, turn));
            // then
            assertThat(kept).isEqualTo(alive);
        }
        assertThat(kept.number()).isPositive();
        assertThat(kept.groups()).anySatisfy(group -> assertThat(group.objects()).hasSizeGreaterThan(1));
    }

    @Test
    void shouldStaySmallWhenManyVectorsWaitForOthers() {
        // given
        Groups groups = Groups.NONE;
        // when only every other vector comes, among many of segments
        for (int seq = 0; seq < 200; seq++) {
            groups = groups.append(turn(seq)).embedded(vector(id(2L * seq), seq)).embedded(vector(id(-seq), seq))
                    .regroupIfDue(seq + 1, GroupRules.DEFAULT).state();
        }
        // then
        assertThat(serde.serializer().serialize("store", groups)).hasSizeLessThan(MAX_BYTES);
    }

    private static Groups live(Groups groups, Turn turn) {
        // every fifth vector is lost, and the others come two turns late
        Groups next = turn.seq() % 5 == 0
                ? groups.append(turn)
                : groups.append(turn).embedded(vector(id(turn.seq() - 2), turn.seq() / 4));
        return next.regroupIfDue(turn.seq() + 1, GroupRules.DEFAULT).state();
    }

    private Groups again(Groups groups) {
        return serde.deserializer().deserialize("store", serde.serializer().serialize("store", groups));
    }

    private static Turn turn(long seq) {
        SemanticObject object = new SemanticObject(id(seq), SemanticObject.Type.CONVERSATION_PHASE, SeqRange.of(seq), 0,
                "stub", "hash", 4, 1_000, "", Optional.empty(), false, Optional.empty(),
                new SemanticObject.Admission(true, 0.5, "score"), List.of(), List.of(), Optional.empty());
        return new Turn(THREAD, 0, seq, new RawTurn("e" + seq, Role.TOOL,
                List.of(new Part.ToolResult("c", "bash", Content.of("text"), false)), Origin.UNKNOWN), 1_000,
                List.of(object));
    }

    private static String id(long number) {
        return Sha256.id(Long.toString(number));
    }

    /** Those of one direction point nearly the same way. */
    private static EmbeddingVector vector(String subject, long direction) {
        return new EmbeddingVector(THREAD, 0, subject, "all-minilm-l6-v2-q", "hash",
                IntStream.range(0, DIMENSIONS).mapToObj(i -> (float) Math.sin((direction + 1) * i)).toList());
    }
}
