package io.mnemosyne.inference.prompts;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells whether a text names only what another one has. A name is what cannot be guessed from ordinary words: a number, a
 * path, an identifier with a hump, an underscore or a dot inside. It is known if it stands in the other text to the letter and
 * not as a part of a longer word, or if each of its parts does, as when a class and its method are joined by a dot.
 */
final class KnownNames {
    /** A run without white space that ends in a letter or digit, so that no mark behind a word belongs to it. */
    private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{N}_/.@~+:#$%-]*[\\p{L}\\p{N}_]");
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\p{N})[,_\u202f](?=\\p{N}{3}(?!\\p{N}))");
    private static final Pattern JOINT = Pattern.compile("[^\\p{L}\\p{N}_]+");
    private static final Pattern HUMP = Pattern.compile("\\p{Ll}\\p{Lu}");
    private static final Pattern FILE = Pattern.compile("\\.[a-z]{1,4}$");
    private static final Pattern NUMBER = Pattern.compile("\\p{N}+");

    private final String known;

    KnownNames(String known) {
        String plain = THOUSANDS.matcher(known).replaceAll("");
        this.known = plain.equals(known) ? known : known + "\n" + plain;
    }

    boolean coverAllIn(String text) {
        return RUN.matcher(THOUSANDS.matcher(text).replaceAll("")).results().allMatch(run -> covers(run.group()));
    }

    private boolean covers(String run) {
        List<String> parts = Arrays.stream(JOINT.split(run)).filter(part -> !part.isEmpty()).toList();
        boolean path = run.indexOf('/') >= 0 && (run.chars().filter(c -> c == '/').count() > 1 || run.indexOf('.') >= 0
                || parts.stream().anyMatch(KnownNames::isName) || run.startsWith("/"));
        boolean name = path || parts.stream().anyMatch(KnownNames::isName)
                || (run.indexOf('.') > 0 && parts.stream().anyMatch(part -> part.length() > 1));
        if (!name || stands(run)) {
            return true;
        }
        // A path is more than its folders, a file more than its ending, and a version or date more than its numbers.
        boolean joined = !path && !FILE.matcher(run).find() && parts.size() > 1
                && parts.stream().filter(part -> NUMBER.matcher(part).matches()).count() <= 1;
        return joined && parts.stream().allMatch(this::stands);
    }

    private static boolean isName(String part) {
        return part.indexOf('_') >= 0 || part.chars().anyMatch(Character::isDigit) || HUMP.matcher(part).find();
    }

    private boolean stands(String name) {
        for (int at = known.indexOf(name); at >= 0; at = known.indexOf(name, at + 1)) {
            if (!goesOn(at - 1, at, -1) && !goesOn(at + name.length(), at + name.length() - 1, 1)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a name is only a part of a longer one: a letter or digit follows on its edge, or a dot behind which a number
     * goes on.
     *
     * @param step away from the name
     */
    private boolean goesOn(int next, int edge, int step) {
        return inWord(next) || (isDigit(edge) && next >= 0 && next < known.length() && known.charAt(next) == '.'
                && isDigit(next + step));
    }

    private boolean inWord(int at) {
        return at >= 0 && at < known.length()
                && (known.charAt(at) == '_' || Character.isLetterOrDigit(known.charAt(at)));
    }

    private boolean isDigit(int at) {
        return at >= 0 && at < known.length() && Character.isDigit(known.charAt(at));
    }
}
