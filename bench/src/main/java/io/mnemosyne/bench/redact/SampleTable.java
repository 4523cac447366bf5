package io.mnemosyne.bench.redact;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.mnemosyne.core.redact.CredentialRedactor;

/** How many samples of secrets are found, and how many that hold none. */
final class SampleTable {
    private SampleTable() {
    }

    static String of(List<SecretSample> samples, CredentialRedactor redactor) {
        StringBuilder table = new StringBuilder(
                "| source | family or detector | samples | found | share |\n|---|---|---|---|---|\n");
        for (String source : List.of("gitleaks", "detect-secrets")) {
            Map<String, Share> groups = new TreeMap<>();
            samples.stream().filter(it -> it.source().equals(source) && it.positive() && !it.isTemplate())
                    .forEach(it -> groups.merge(it.group(), Share.of(isFound(it, redactor)), Share::plus));
            groups.forEach((group, share) -> table.append(share.row(source, group)));
            table.append(share(samples, redactor, it -> it.source().equals(source) && it.positive() && !it.isTemplate())
                    .row(source, "all"));
            table.append(share(samples, redactor, it -> it.source().equals(source) && it.positive())
                    .row(source, "all, with templates of x and IP addresses"));
        }
        for (String source : List.of("gitleaks", "detect-secrets")) {
            table.append(share(samples, redactor, it -> it.source().equals(source) && !it.positive()).row(source,
                    "negatives"));
        }
        return table.toString();
    }

    private static Share share(List<SecretSample> samples, CredentialRedactor redactor,
            Predicate<SecretSample> which) {
        return samples.stream().filter(which).map(it -> Share.of(isFound(it, redactor))).reduce(new Share(0, 0),
                Share::plus);
    }

    private static boolean isFound(SecretSample sample, CredentialRedactor redactor) {
        return sample.secret().map(secret -> !redactor.redact(sample.text()).value().contains(secret))
                .orElseGet(() -> !redactor.findings(sample.text()).isEmpty());
    }

    /** So many of so many. */
    private record Share(int found, int all) {

        static Share of(boolean found) {
            return new Share(found ? 1 : 0, 1);
        }

        Share plus(Share more) {
            return new Share(found + more.found, all + more.all);
        }

        String row(String source, String group) {
            return "| %s | %s | %d | %d | %.1f %% |%n".formatted(source, group, all, found, 100.0 * found / all);
        }
    }
}
