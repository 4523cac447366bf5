package io.mnemosyne.scripted;

/** How each vendor says what is wrong with a parameter. */
enum Words {
    ANTHROPIC {
        @Override
        String at(String path, String name) {
            return path.isEmpty() ? name : path + "." + name;
        }

        @Override
        String at(String path, int index) {
            return path + "." + index;
        }

        @Override
        Problem missing(String path) {
            return Problem.at(path, path + ": Field required");
        }

        @Override
        Problem unknown(String path) {
            return Problem.at(path, path + ": Extra inputs are not permitted");
        }

        @Override
        Problem invalid(String path, String expected) {
            return Problem.at(path, path + ": Input should be " + expected);
        }
    },
    OPENAI {
        @Override
        String at(String path, String name) {
            return path.isEmpty() ? name : path + "." + name;
        }

        @Override
        String at(String path, int index) {
            return path + "[" + index + "]";
        }

        @Override
        Problem missing(String path) {
            return Problem.at(path, "Missing required parameter: '" + path + "'.");
        }

        @Override
        Problem unknown(String path) {
            return Problem.at(path, "Unknown parameter: '" + path + "'.");
        }

        @Override
        Problem invalid(String path, String expected) {
            return Problem.at(path, "Invalid value for '" + path + "': expected " + expected + ".");
        }
    };

    abstract String at(String path, String name);

    abstract String at(String path, int index);

    abstract Problem missing(String path);

    abstract Problem unknown(String path);

    abstract Problem invalid(String path, String expected);
}
