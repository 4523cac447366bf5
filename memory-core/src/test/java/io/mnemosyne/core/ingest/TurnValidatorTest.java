package io.mnemosyne.core.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.TurnJsonReader;

import static org.assertj.core.api.Assertions.assertThat;

class TurnValidatorTest {

    @ParameterizedTest
    @ValueSource(strings = {"main", "", "{\"a\":1", "1 2"})
    void shouldRefuseAnAttributeThatIsNoJson(String value) {
        assertThat(problems(Role.USER, "branch", value)).singleElement().asString()
                .startsWith("1 of 1 attributes have a value that is not JSON").doesNotContain("branch");
    }

    @ParameterizedTest
    @CsvSource({"USER,role", "USER,content", "USER,id", "ASSISTANT,thinking", "USER,tool_calls",
            "TOOL,parent_turn"})
    void shouldRefuseAnAttributeWithTheNameOfAField(Role role, String name) {
        assertThat(problems(role, name, "\"x\"")).singleElement().asString()
                .contains("an attribute is named '" + name + "'");
    }

    @Test
    void shouldTakeWhateverRestMakesOfAFieldInTheWrongPlace() throws InvalidTurnException {
        for (String turn : List.of(
                "{\"role\":\"user\",\"seq\":3,\"tool_call_id\":\"c\",\"is_error\":true}",
                "{\"role\":\"tool\",\"thinking\":\"hm\",\"tool_calls\":[]}",
                "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":[{\"type\":\"tool_result\",\"content\":\"x\"}]}")) {
            assertThat(TurnValidator.problems(TurnJsonReader.read(turn, "e"))).as(turn).isEmpty();
        }
    }

    @Test
    void shouldRefuseATimeZoneThatThereIsNot() {
        assertThat(TurnValidator.problems(policy("timezone", "Mars/Olympus"))).containsExactly("argument 'timezone' is "
                + "'Mars/Olympus', which is no time zone; give a name such as Europe/Berlin, or an offset such as +02:00");
        assertThat(TurnValidator.problems(policy("timezone", "Europe/Berlin"))).isEmpty();
        assertThat(TurnValidator.problems(policy("timezone", "+05:30"))).isEmpty();
    }

    @Test
    void shouldRefuseAPolicyThatNoStageKnows() {
        assertThat(TurnValidator.problems(policy("policy", "mask"))).containsExactly(
                "argument 'policy' is 'mask', which is no policy; give one of observational, fidelity, hybrid");
        assertThat(TurnValidator.problems(policy("policy", "fidelity"))).isEmpty();
    }

    private static Command policy(String argument, String value) {
        return new Command("c", Command.Kind.POLICY, Optional.empty(), Map.of(argument, value));
    }

    private static List<String> problems(Role role, String attribute, String value) {
        Part part = role == Role.TOOL
                ? new Part.ToolResult("c", "read", Content.of("x"), false)
                : new Part.Text(Content.of("x"));
        Origin origin = new Origin(Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Map.of(attribute, value));
        return TurnValidator.problems(new RawTurn("e", role, List.of(part), origin));
    }
}
