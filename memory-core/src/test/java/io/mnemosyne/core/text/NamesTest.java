package io.mnemosyne.core.text;

import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTest {

    @Test
    void shouldFindPathsDottedNamesIdentifiersAndNumbers() {
        assertThat(names("see src/tui/user-message.ts, theme.fg and parse_width or MarkdownTheme at 1430."))
                .containsExactly("src/tui/user-message.ts", "message.ts", "theme.fg", "parse_width", "MarkdownTheme",
                        "1430");
    }

    @Test
    void shouldFindNoNamesInProse() {
        assertThat(names("This is a plain sentence, with 12 words and no name at all.")).isEmpty();
    }

    @Property
    void shouldStayInsideAnyText(@ForAll String text) {
        Names.scan(text, (start, end, _) -> assertThat(text.substring(start, end)).isNotEmpty());
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        Names.scan(text, (start, end, _) -> names.add(text.substring(start, end)));
        return names;
    }
}
