package io.mnemosyne.schemas.topics;

import java.util.ArrayList;
import java.util.List;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** What a registry checks at the level FULL_TRANSITIVE: every version reads what every other one wrote. */
final class FullTransitive {
    private FullTransitive() {
    }

    /** One line for each incompatibility; empty if there is none. */
    static List<String> problems(List<Schema> versions) {
        List<String> problems = new ArrayList<>();
        for (int reader = 0; reader < versions.size(); reader++) {
            for (int writer = 0; writer < versions.size(); writer++) {
                String pair = "version " + (reader + 1) + " cannot read version " + (writer + 1) + ": ";
                SchemaCompatibility.checkReaderWriterCompatibility(versions.get(reader), versions.get(writer))
                        .getResult().getIncompatibilities()
                        .forEach(found -> problems.add(pair + found.getMessage() + " at " + found.getLocation()));
            }
        }
        return problems;
    }
}
