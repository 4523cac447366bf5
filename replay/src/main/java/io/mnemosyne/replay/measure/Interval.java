package io.mnemosyne.replay.measure;

/** Where a value lies with a probability of 95 %. */
public record Interval(double low, double high) {
}
