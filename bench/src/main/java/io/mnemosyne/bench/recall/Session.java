package io.mnemosyne.bench.recall;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.replay.loss.CutObject;
import io.mnemosyne.replay.recording.Recording;

/**
 * A recorded session as a thread.
 *
 * @param task sessions on the same task are never on both sides of a division
 * @param objects in their order
 * @param byId the same by their ids
 */
record Session(ThreadKey thread, String task, Recording recording, List<CutObject> objects,
        Map<String, CutObject> byId) {

    /** @param number of the session, so that names are short and differ */
    static Session of(Recording recording, int number, Sequencer sequencer) {
        // Objects are cut under the key of another thread, so their ids are told apart by the thread that they are in.
        List<CutObject> objects = CutObject.of(recording, sequencer);
        return new Session(new ThreadKey("bench", "s" + number), taskOf(recording.id()), recording, objects,
                objects.stream().collect(Collectors.toMap(cut -> cut.object().id(), Function.identity(),
                        (one, _) -> one)));
    }

    /** Trials of one task, and variants of one run, have names that differ behind the task's. */
    private static String taskOf(String id) {
        return id.replaceFirst("(tau_bench_airline/task\\d+)_.*", "$1")
                .replaceFirst("swe_agent/.*(marshmallow-1867|test-repo|pydicom-1458).*", "swe_agent/$1");
    }
}
