package io.mnemosyne.launcher.config;

import java.util.Locale;

/**
 * One setting.
 *
 * @param name {@code section.key} as in the file
 * @param kind what a value must look like
 * @param standard the value where none is given; empty for none
 * @param meaning one sentence for the documentation
 */
record Key(String name, Kind kind, String standard, String meaning) {
    static final String ENVIRONMENT_PREFIX = "MNEMOSYNE_";
    /** In the name of a key that stands in tables with names of their own. */
    static final String FREE_NAME = "NAME";

    /** What a value must look like. */
    enum Kind {
        TEXT("text"),
        LIST("texts, separated by commas in the environment"),
        PATH("path"),
        URLS("URLs, separated by commas in the environment"),
        URL("URL"),
        PORT("0 to 65535, 0 for any free port"),
        COUNT("whole number above 0"),
        WHOLE("whole number from 0"),
        DECIMAL("number from 0"),
        ZONE("name such as `Europe/Berlin`, or offset such as `+02:00`"),
        SWITCH("true or false"),
        POLICY("observational, fidelity or hybrid"),
        ANSWER("passages, model or none"),
        CONTENT("full, excerpt or none"),
        MODELS("`provider:model` or `offline`, separated by commas in the environment"),
        MODE("live, replay-strict, replay-or-call or stub"),
        SECRET("only from the environment");

        private final String shape;

        Kind(String shape) {
            this.shape = shape;
        }

        String shape() {
            return shape;
        }
    }

    /** The environment variable that overrides it. */
    String variable() {
        return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    String section() {
        return name.substring(0, name.indexOf('.'));
    }

    /** The same key in one of the tables whose names are free: {@link #FREE_NAME} stands for the name. */
    Key in(String table) {
        return new Key(section() + "." + table + name.substring(name.lastIndexOf('.')), kind, standard, meaning);
    }
}
