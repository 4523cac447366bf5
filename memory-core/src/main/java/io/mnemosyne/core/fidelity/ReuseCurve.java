package io.mnemosyne.core.fidelity;

/**
 * How likely an object is used again, by how long it was not.
 *
 * @param fresh probability right after it was used, 0 to 1
 * @param halfLife calls of the agent after which half of that is left, above 0
 */
public record ReuseCurve(double fresh, double halfLife) {
    public ReuseCurve {
        if (fresh < 0 || fresh > 1 || halfLife <= 0) {
            throw new IllegalArgumentException(
                    "a reuse curve starts at 0 to 1 and has a half-life above 0, not " + fresh
                            + " and " + halfLife);
        }
    }

    /** The probability after some idle calls. */
    public double at(long idle) {
        return fresh * Math.pow(2, -idle / halfLife);
    }
}
