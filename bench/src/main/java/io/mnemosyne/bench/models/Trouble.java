package io.mnemosyne.bench.models;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.scripted.Behaviour;
import io.mnemosyne.scripted.Behaviour.Fault;
import io.mnemosyne.scripted.ScriptedBrain;
import io.mnemosyne.scripted.ScriptedRequest;

/** The ways in which a model is made to fail. The model of each has its name, so that one server has them all. */
enum Trouble {
    NONE("none"),
    LIMITED_NOW_AND_THEN("429, Retry-After 1, every second call"),
    ERROR_NOW_AND_THEN("500 every second call"),
    ERROR("500 always"),
    OVERLOADED("529 always"),
    SLOW_FIRST_BYTE("no first byte for 60 s"),
    TRICKLE("a few bytes per second"),
    CUT_NOW_AND_THEN("body cut, every second call"),
    CUT("body cut, always"),
    MALFORMED("malformed JSON"),
    HTML("an HTML page"),
    EMPTY("empty answer"),
    REFUSAL("refusal"),
    LOOP("repetition loop"),
    WRONG_SCHEMA_ONCE("wrong schema, right when told so"),
    WRONG_SCHEMA("wrong schema always"),
    CUT_OFF("cut off at the limit of tokens"),
    /** Last, because the endpoint is left alone for long. */
    LIMITED("429, Retry-After 30, always");

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration TRICKLING = Duration.ofSeconds(2);

    private final String description;

    Trouble(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    /** Name of the model, and the beginning of the names of the tenants that use it. */
    String model() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Trouble> of(String model) {
        for (Trouble trouble : values()) {
            if (trouble.model().equals(model)) {
                return Optional.of(trouble);
            }
        }
        return Optional.empty();
    }

    /** @param call of this model before this one */
    Behaviour behave(ScriptedRequest request, long call) {
        boolean second = call % 2 == 1;
        Behaviour.Say well = ScriptedBrain.behave(request);
        return switch (this) {
            case NONE -> well;
            case LIMITED_NOW_AND_THEN -> second ? well : Behaviour.rateLimited(Duration.ofSeconds(1));
            case LIMITED -> Behaviour.rateLimited(Duration.ofSeconds(30));
            case ERROR_NOW_AND_THEN -> second ? well : Behaviour.fail(Behaviour.Trouble.SERVER_ERROR);
            case ERROR -> Behaviour.fail(Behaviour.Trouble.SERVER_ERROR);
            case OVERLOADED -> Behaviour.fail(Behaviour.Trouble.OVERLOADED);
            case SLOW_FIRST_BYTE -> well.slowly(LONG, Duration.ZERO);
            case TRICKLE -> well.slowly(Duration.ZERO, TRICKLING);
            case CUT_NOW_AND_THEN -> second ? well : well.with(Fault.BROKEN);
            case CUT -> well.with(Fault.BROKEN);
            case MALFORMED -> well.with(Fault.GARBLED);
            case HTML -> Behaviour.htmlInsteadOfJson();
            case EMPTY -> Behaviour.empty();
            case REFUSAL -> Behaviour.refusal();
            case LOOP -> Behaviour.looping("and the tests run again, and then ");
            case WRONG_SCHEMA_ONCE -> request.messages().size() > 1 ? well : Behaviour.wrongSchema();
            case WRONG_SCHEMA -> Behaviour.wrongSchema();
            case CUT_OFF -> Behaviour.cutOff(well.text().substring(0, well.text().length() / 2));
        };
    }
}
