package io.mnemosyne.core.segment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mnemosyne.core.SemanticObject;

/**
 * What was cut from one turn.
 *
 * @param objects in the order of its parts
 * @param recent what to remember of it for the next turn
 * @param contents new facts: content hash to the id of the object that shows it
 * @param files new facts: path to the objects that show the file now
 * @param names new facts: distinctive name to the id of the object that defines it
 */
public record Cut(List<SemanticObject> objects, Recent recent, Map<String, String> contents,
        Map<String, String> files, Map<String, String> names) {
    public Cut {
        objects = List.copyOf(objects);
        contents = ordered(contents);
        files = ordered(files);
        names = ordered(names);
    }

    private static Map<String, String> ordered(Map<String, String> facts) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
