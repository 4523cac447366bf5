package io.mnemosyne.replay.recording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * JSON in the one layout that sizes are measured in: fields in their order, {@code ", "} and {@code ": "} between them, no
 * escape that is not needed. It is what Python's {@code json.dumps(value, ensure_ascii=False)} prints.
 */
public final class CanonicalJson {
    /** Numbers outside of these powers of ten are written with an exponent. */
    private static final int SMALLEST_PLAIN = -4;
    private static final int LARGEST_PLAIN = 15;

    private CanonicalJson() {
    }

    /** The value in this layout. */
    public static String of(JsonNode value) {
        StringBuilder out = new StringBuilder();
        write(value, false, out);
        return out.toString();
    }

    /** The same with the fields of every object in the order of their names. */
    static String sorted(JsonNode value) {
        StringBuilder out = new StringBuilder();
        write(value, true, out);
        return out.toString();
    }

    /** A string as a literal, quotes included. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        quote(text, false, out);
        return out.toString();
    }

    /** A string as a literal of ASCII characters alone, quotes included. */
    public static String quoteAscii(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        quote(text, true, out);
        return out.toString();
    }

    /** A number: its digits if it is whole, else the shortest decimal that stands for the same double. */
    public static String number(JsonNode number) {
        return number.isIntegralNumber() ? number.bigIntegerValue().toString() : decimal(number.doubleValue());
    }

    private static void write(JsonNode value, boolean sorted, StringBuilder out) {
        if (value.isObject()) {
            writeFields(value, sorted, out);
        } else if (value.isArray()) {
            out.append('[');
            for (int i = 0; i < value.size(); i++) {
                out.append(i == 0 ? "" : ", ");
                write(value.get(i), sorted, out);
            }
            out.append(']');
        } else if (value.isTextual()) {
            quote(value.textValue(), false, out);
        } else if (value.isNumber()) {
            out.append(number(value));
        } else {
            out.append(value.isBoolean() ? value.asText() : "null");
        }
    }

    private static void writeFields(JsonNode object, boolean sorted, StringBuilder out) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (sorted) {
            Collections.sort(names);
        }
        String before = "{";
        for (String name : names) {
            out.append(before);
            quote(name, false, out);
            out.append(": ");
            write(object.path(name), sorted, out);
            before = ", ";
        }
        out.append(names.isEmpty() ? "{}" : "}");
    }

    private static void quote(String text, boolean ascii, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ' || (ascii && c > '~')) {
                        out.append("\\u").append(Character.forDigit(c >> 12, 16))
                                .append(Character.forDigit(c >> 8 & 0xf, 16))
                                .append(Character.forDigit(c >> 4 & 0xf, 16)).append(Character.forDigit(c & 0xf, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static String decimal(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(value);
        String sign = value < 0 ? "-" : "";
        String digits = shortest.unscaledValue().abs().toString();
        int power = digits.length() - 1 - shortest.scale();
        if (power < SMALLEST_PLAIN || power > LARGEST_PLAIN) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            String exponent = (Math.abs(power) < 10 ? "0" : "") + Math.abs(power);
            return sign + digits.charAt(0) + fraction + (power < 0 ? "e-" : "e+") + exponent;
        }
        String plain = shortest.abs().toPlainString();
        return sign + plain + (plain.contains(".") ? "" : ".0");
    }

    /** Java prefers two digits where one would do. */
    private static BigDecimal shortest(double value) {
        BigDecimal printed = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal oneDigit = printed.round(new MathContext(1)).stripTrailingZeros();
        return oneDigit.doubleValue() == value ? oneDigit : printed;
    }
}
