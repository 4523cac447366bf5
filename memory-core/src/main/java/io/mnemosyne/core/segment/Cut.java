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
 * @param calls still open after it
 * @param contents new facts: content hash to object id
 * @param files new facts: file or stretch of one to the id of the object that shows it now
 */
public record Cut(List<SemanticObject> objects, RecentCalls calls, Map<String, String> contents,
        Map<String, String> files) {
    public Cut {
        objects = List.copyOf(objects);
        contents = Collections.unmodifiableMap(new LinkedHashMap<>(contents));
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }
}
