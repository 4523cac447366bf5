package io.mnemosyne.bench;

import java.util.Arrays;
import java.util.Locale;

import io.mnemosyne.replay.admission.AdmissionCurve;
import io.mnemosyne.replay.admission.AdmissionCurve.Share;

/** What {@code bench admission} prints. */
final class AdmissionTable {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final String HEADING = """
                                                      tool results                                  all objects
                                          threshold   rejected  tokens  read again  named     rejected  tokens  read again  named
                                          """;

    private AdmissionTable() {
    }

    static String of(AdmissionCurve curve) {
        StringBuilder table = new StringBuilder(HEADING);
        for (AdmissionCurve.Point point : curve.points()) {
            table.append(String.format(Locale.ROOT, "%9.2f   %s   %s%n", point.threshold(), share(point.results()),
                    share(point.all())));
        }
        table.append("\nTool results turned down under the standard rules, by reason: ").append(curve.reasons());
        table.append("\n\nsource                    objects    mean  median  longest (tokens)\n");
        long[] all = curve.sizes().values().stream().flatMapToLong(Arrays::stream).sorted().toArray();
        curve.sizes().forEach((source, sizes) -> table.append(sizes(source, sizes)));
        long[] nanos = curve.cutting();
        return table.append(sizes("all", all)).append(String.format(Locale.ROOT,
                "%nCutting a turn took, of a processor, %.0f us (p50), %.0f us (p99), %.0f us (longest of %d).",
                micros(nanos, 0.5),
                micros(nanos, 0.99), micros(nanos, 1), nanos.length)).toString();
    }

    private static String share(Share share) {
        return String.format(Locale.ROOT, "%6.1f %%  %5.1f %%  %8.1f %%  %4.1f %%",
                percent(share.rejected(), share.objects()), percent(share.rejectedTokens(), share.tokens()),
                percent(share.readAgain(), share.rejected()), percent(share.named(), share.rejected()));
    }

    private static String sizes(String source, long[] sorted) {
        return String.format(Locale.ROOT, "%-24s %8d %7.0f %7d %8d%n", source, sorted.length,
                Arrays.stream(sorted).average().orElse(0), at(sorted, 0.5), at(sorted, 1));
    }

    private static double micros(long[] sorted, double share) {
        return at(sorted, share) / NANOS_PER_MICRO;
    }

    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}
