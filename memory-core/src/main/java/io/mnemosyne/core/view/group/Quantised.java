package io.mnemosyne.core.view.group;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A vector in a byte per dimension. Its length is lost, of which a cosine needs nothing; the error of a cosine is a few
 * thousandths.
 *
 * @param model that made it; only vectors of one model are compared
 * @param bytes in Base64, so that it is a value like any other
 */
record Quantised(String model, String bytes) {

    /** Empty for a vector that has no direction, or values that are no numbers. */
    static Optional<Quantised> of(String model, List<Float> values) {
        double largest = 0;
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return Optional.empty();
            }
            largest = Math.max(largest, Math.abs(value));
        }
        if (largest == 0) {
            return Optional.empty();
        }
        byte[] bytes = new byte[values.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(values.get(i) / largest * Byte.MAX_VALUE);
        }
        return Optional.of(new Quantised(model, Base64.getEncoder().encodeToString(bytes)));
    }

    /** Empty if the two are not of one model. */
    OptionalDouble cosine(Quantised other) {
        if (!model.equals(other.model) || bytes.length() != other.bytes.length()) {
            return OptionalDouble.empty();
        }
        byte[] one = Base64.getDecoder().decode(bytes);
        byte[] two = Base64.getDecoder().decode(other.bytes);
        if (one.length != two.length) {
            return OptionalDouble.empty();
        }
        long product = 0;
        long ofOne = 0;
        long ofTwo = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * two[i];
            ofOne += one[i] * one[i];
            ofTwo += two[i] * two[i];
        }
        return OptionalDouble.of(product / Math.sqrt((double) ofOne * ofTwo));
    }
}
