package io.mnemosyne.replay.loss;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.mnemosyne.replay.entity.Entities;
import io.mnemosyne.replay.entity.Entity;

/** One item of a declaration of losses, read as its reader would. */
sealed interface Declared {
    Pattern FAMILY = Pattern.compile("(.+)\\* \\((\\d+)\\)");
    Pattern RANGE = Pattern.compile("(.+) … (.+) \\((\\d+)\\)");
    Pattern NUMBERS = Pattern.compile("(\\d+)–(\\d+)(?: \\((\\d+)\\))?");

    Pattern QUOTED = Pattern.compile("\\d+ quoted texts?");

    static Declared read(String item) {
        if (QUOTED.matcher(item).matches()) {
            return new Counted();
        }
        Matcher family = FAMILY.matcher(item);
        if (family.matches()) {
            return new Family(family.group(1), Integer.parseInt(family.group(2)));
        }
        Matcher range = RANGE.matcher(item);
        if (range.matches()) {
            return new Range(range.group(1), range.group(2), Integer.parseInt(range.group(3)));
        }
        Matcher numbers = NUMBERS.matcher(item);
        return numbers.matches()
                ? new Numbers(new BigInteger(numbers.group(1)), new BigInteger(numbers.group(2)))
                : new Exact(item);
    }

    /** Whether it names an entity to the letter. */
    default boolean names(Entity entity) {
        return false;
    }

    /** Whether an entity is inside of what it describes. */
    default boolean includes(String entity) {
        return false;
    }

    /** How many of a kind are lost, without their names. */
    record Counted() implements Declared {
    }

    record Exact(String item) implements Declared {
        @Override
        public boolean names(Entity entity) {
            return entity.occursIn(item);
        }
    }

    record Family(String prefix, int size) implements Declared {
        @Override
        public boolean includes(String entity) {
            return entity.startsWith(prefix);
        }
    }

    record Range(String first, String last, int size) implements Declared {
        @Override
        public boolean names(Entity entity) {
            return entity.occursIn(first) || entity.occursIn(last);
        }

        @Override
        public boolean includes(String entity) {
            return entity.compareTo(first) >= 0 && entity.compareTo(last) <= 0;
        }
    }

    record Numbers(BigInteger first, BigInteger last) implements Declared {
        @Override
        public boolean names(Entity entity) {
            return entity.text().equals(first.toString()) || entity.text().equals(last.toString());
        }

        @Override
        public boolean includes(String entity) {
            if (!Entities.isNumber(entity)) {
                return false;
            }
            BigInteger number = new BigInteger(entity);
            return number.compareTo(first) >= 0 && number.compareTo(last) <= 0;
        }
    }
}
