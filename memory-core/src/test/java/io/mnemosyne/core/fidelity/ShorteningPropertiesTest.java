package io.mnemosyne.core.fidelity;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.text.Names;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

class ShorteningPropertiesTest {
    private static final String STUB = "bash make check: 3 of 7 done";
    private static final Pattern MARK = Pattern.compile("… (\\d+) (lines?( like it)?|characters) left out");
    private static final Pattern FAMILY = Pattern.compile("(.+)\\* \\(\\d+\\)");
    private static final Pattern RANGE = Pattern.compile("(.+) … (.+) \\(\\d+\\)");
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)–(\\d+) \\(\\d+\\)");
    private final TokenCounter counter = O200kTokenCounter.shared();
    private final Shortening shortening = new Shortening(counter);

    @Property(tries = 60)
    void everyFormHasFewerTokensThanTheOneBeforeOrIsTheSame(@ForAll("texts") String text, @ForAll Type type) {
        // given
        SemanticObject object = SomeObjects.of(type, STUB, text);
        // when
        Forms forms = shortening.of(object, text);
        // then
        Form before = new Form(text, List.of(), object.tokens());
        for (Form form : List.of(forms.detailed(), forms.compact(), forms.stub(), forms.tombstone())) {
            assertThat(form.tokens()).isEqualTo(counter.count(form.text()));
            assertThat(form.tokens() < before.tokens() || form.equals(before)).as("%s after %s", form, before)
                    .isTrue();
            before = form;
        }
        assertThat(shortening.of(object, text)).isEqualTo(forms);
    }

    @Property(tries = 60)
    void everyLineOfAnExcerptIsOneOfTheTextAndEveryOtherIsCounted(@ForAll("texts") String text, @ForAll Type type) {
        // given
        SemanticObject object = SomeObjects.of(type, STUB, text);
        // when
        Form form = shortening.of(object, text).detailed();
        // then
        if (form.text().equals(text)) {
            return;
        }
        Set<String> lines = text.lines().collect(Collectors.toSet());
        long counted = 0;
        List<String> shown = excerpt(form).lines().skip(1).toList();
        assertThat(shown).isNotEmpty();
        for (String line : shown) {
            Matcher mark = MARK.matcher(line);
            if (mark.matches() && !lines.contains(line)) {
                counted += mark.group(2).startsWith("line") ? Long.parseLong(mark.group(1)) : 0;
            } else if (lines.contains(line)) {
                counted++;
            } else {
                assertThat(lines).as("a piece of a long line")
                        .anyMatch(whole -> whole.length() > 400 && whole.contains(line));
            }
        }
        if (lines.stream().allMatch(line -> line.length() <= 400)) {
            assertThat(counted).isEqualTo(text.lines().count());
        }
        assertThat(form.text().codePoints()).as("no half of a code point")
                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Property(tries = 60)
    void everyNameThatAFormLacksIsNamedOrInAFamilyThatIs(@ForAll("texts") String text, @ForAll Type type) {
        // given
        SemanticObject object = SomeObjects.of(type, STUB, text);
        // when
        Forms forms = shortening.of(object, text);
        // then
        Stream.of(forms.detailed(), forms.compact(), forms.stub()).filter(form -> !form.text().equals(text))
                .forEach(form -> assertLossesAreTrue(form, text));
    }

    private static void assertLossesAreTrue(Form form, String text) {
        Told told = new Told(excerpt(form));
        int[] coveredUntil = {0};
        Names.scan(text, (start, end, kind) -> {
            String name = text.substring(start, end);
            if (start >= coveredUntil[0] && !told.has(name)) {
                assertThat(form.losses().stream().anyMatch(item -> includes(item, name)))
                        .as(() -> name + " among the losses of " + form.text()).isTrue();
            }
            coveredUntil[0] = Math.max(coveredUntil[0], end);
        });
        Told original = new Told(text);
        assertThat(form.losses()).filteredOn(ShorteningPropertiesTest::isExact)
                .allMatch(item -> original.has(item) && !told.has(item));
    }

    private static boolean isExact(String item) {
        return !item.endsWith(")") && !item.contains("quoted text");
    }

    private static boolean includes(String item, String name) {
        Matcher family = FAMILY.matcher(item);
        Matcher range = RANGE.matcher(item);
        Matcher numbers = NUMBERS.matcher(item);
        return item.equals(name) || (family.matches() && name.startsWith(family.group(1)))
                || (range.matches() && name.compareTo(range.group(1)) >= 0 && name.compareTo(range.group(2)) <= 0)
                || (numbers.matches() && name.chars().allMatch(Character::isDigit)
                        && new BigInteger(name).compareTo(new BigInteger(numbers.group(1))) >= 0
                        && new BigInteger(name).compareTo(new BigInteger(numbers.group(2))) <= 0);
    }

    /** A form without the declaration of its losses. */
    private static String excerpt(Form form) {
        int declared = Math.max(form.text().lastIndexOf("[Cannot answer: "), form.text().lastIndexOf(" Lost: "));
        return declared < 0 ? form.text() : form.text().substring(0, declared);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> word = Arbitraries.of("total", "of", "src", "a_name", "parseWidth", "value", "x", "die",
                "und",
                "12", "4711", "😀", "naïve", "=", "(", "'some text'", "theme.fg", "80_000", "re-2024");
        Arbitrary<String> sentence = word.list().ofMaxSize(14).map(words -> String.join(" ", words));
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 20_000);
        Arbitrary<String> path = Arbitraries.of("src", "lib", "test", "core", "view", "db").list().ofMinSize(1)
                .ofMaxSize(5).map(parts -> String.join("/", parts));
        Arbitrary<String> line = Arbitraries.oneOf(sentence, sentence,
                number.map(n -> "2026-01-01 INFO request " + n + " took " + n % 977 + " ms"),
                Arbitraries.of("red", "green", "Blue")
                        .flatMap(c -> number.map(n -> "def test_" + c + "_" + n % 100 + "():")),
                path.flatMap(p -> number.map(n -> p + "/file" + n % 50 + ".py")),
                number.map(n -> "java.lang.IllegalStateException: no row " + n),
                number.map(n -> ("{\"id\":" + n + ",\"name\":\"n" + n + "\"},").repeat(n % 60)),
                number.map(n -> "😀".repeat(n % 900)), number.map(n -> "ab9_".repeat(n % 300)),
                Arbitraries.just(""), sentence.map(text -> text + "\r"));
        return line.list().ofMinSize(1).ofMaxSize(80).map(lines -> lines.stream().collect(joining("\n")))
                .filter(text -> !text.isBlank());
    }
}
