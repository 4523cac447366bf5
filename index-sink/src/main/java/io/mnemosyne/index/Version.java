package io.mnemosyne.index;

import java.util.List;
import java.util.OptionalInt;

import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.Topics;

/**
 * A version of the mapping. Each has an index and a consumer group of its own, so that a new one is built from the topics
 * while the one before is written and searched as ever.
 *
 * @param alias under which the index is searched
 * @param number from 1
 */
record Version(String alias, int number) {
    /** The version that this code writes. */
    static final int CURRENT = 2;
    private static final int WITHOUT_TURNS = 1;
    private static final String GROUP = "index-sink";

    static Version current(String alias) {
        return new Version(alias, CURRENT);
    }

    String index() {
        return prefix(alias) + number;
    }

    /** Name under which the index is written: a request fails where the index is gone, and does not make another one. */
    String writeAlias() {
        return index() + "-write";
    }

    /** Without a deployment's prefix. */
    String group() {
        return number == 1 ? GROUP : GROUP + "-v" + number;
    }

    /** What it is made of. */
    List<Topic> topics() {
        return number == WITHOUT_TURNS
                ? List.of(Topics.OBJECTS, Topics.MEMORY, Topics.VECTORS)
                : List.of(Topics.TURNS, Topics.OBJECTS, Topics.MEMORY, Topics.VECTORS);
    }

    Version withNumber(int other) {
        return new Version(alias, other);
    }

    /** The number of a version's index; empty if the name is not one of an index of this alias. */
    static OptionalInt numberOf(String alias, String index) {
        String number = index.startsWith(prefix(alias)) ? index.substring(prefix(alias).length()) : "";
        return number.matches("[1-9][0-9]{0,5}") ? OptionalInt.of(Integer.parseInt(number)) : OptionalInt.empty();
    }

    private static String prefix(String alias) {
        return alias + "-v";
    }
}
