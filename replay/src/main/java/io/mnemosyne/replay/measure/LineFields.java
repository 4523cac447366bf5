package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The fields of a line, or of an object in it. A field that is missing or of another type is an error that names the line.
 *
 * @param error makes an error of what is wrong
 */
record LineFields(JsonNode object, Function<String, BrokenRunException> error) {

    String text(String name) {
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw broken("'" + name + "' must be a string");
        }
        return value.textValue();
    }

    int integer(String name) {
        return integer(name, object.path(name));
    }

    /** A count. */
    long size(String name) {
        JsonNode value = object.path(name);
        if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
            throw broken("'" + name + "' must be a whole number of 0 or more");
        }
        return value.longValue();
    }

    /** The same, 0 if there is none. */
    long sizeIfAny(String name) {
        return object.has(name) ? size(name) : 0;
    }

    List<LineFields> objects(String name) {
        JsonNode array = object.path(name);
        List<LineFields> objects = new ArrayList<>();
        array.forEach(element -> objects.add(new LineFields(element, error)));
        if (!array.isArray() || objects.stream().anyMatch(element -> !element.object.isObject())) {
            throw broken("'" + name + "' must be a list of objects");
        }
        return objects;
    }

    /** Two numbers in a list; empty if there are none. */
    Optional<Span> span(String name) {
        JsonNode pair = object.path(name);
        if (pair.isMissingNode() || pair.isNull() || (pair.isArray() && pair.isEmpty())) {
            return Optional.empty();
        }
        if (!pair.isArray() || pair.size() != 2) {
            throw broken("'" + name + "' must be null or a list of two numbers");
        }
        return Optional.of(new Span(integer(name, pair.path(0)), integer(name, pair.path(1))));
    }

    BrokenRunException broken(String problem) {
        return error.apply(problem);
    }

    private int integer(String name, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw broken("'" + name + "' must be a whole number");
        }
        return value.intValue();
    }
}
