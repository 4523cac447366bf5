package io.mnemosyne.inference.completions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** A number for each of so many keys; the keys put longest ago go first. Thread-safe. */
final class NewestByKey<K> {
    private final Map<K, Long> numbers;

    NewestByKey(int most) {
        numbers = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
                return size() > most;
            }
        };
    }

    /** Keeps the larger one of two numbers, and the key as one put just now. */
    synchronized void put(K key, long number) {
        Long before = numbers.remove(key);
        numbers.put(key, before == null ? number : Math.max(before, number));
    }

    synchronized void remove(K key) {
        numbers.remove(key);
    }

    synchronized void removeIf(Predicate<K> unwanted) {
        numbers.keySet().removeIf(unwanted);
    }

    synchronized OptionalLong of(K key) {
        Long number = numbers.get(key);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
