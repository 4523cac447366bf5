package io.mnemosyne.launcher.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Policy;
import io.mnemosyne.launcher.config.Key.Kind;
import io.mnemosyne.service.watch.WebhookSettings;

/** The settings of the budget watch. */
final class WatchKeys {
    static final Key THRESHOLD = new Key("watch.threshold", Kind.DECIMAL, Double.toString(Policy.COMPACT_AT),
            "Share of the window, as the provider counts it, or of the ceiling of what is in view, from which on a context is compacted at once and subscribers are told, above 0 to 1.");
    static final Key WEBHOOK_URL = new Key("watch.webhook.url", Kind.URL, "",
            "Where it is posted that a context is compacted. Without it nowhere.");
    static final Key WEBHOOK_SECRET = Keys.secret("watch.webhook.secret", "What these requests are signed with.");
    static final Key WEBHOOK_SECRET_FILE = Keys.secretFile(WEBHOOK_SECRET);

    static final List<Key> ALL = List.of(THRESHOLD, WEBHOOK_URL, WEBHOOK_SECRET, WEBHOOK_SECRET_FILE);

    private WatchKeys() {
    }

    /** Empty if nothing is to be posted. */
    static Optional<WebhookSettings> webhook(Values values, Problems problems) {
        Optional<URI> url = values.urls(WEBHOOK_URL).stream().findFirst();
        Optional<Secret> secret = values.secret(WEBHOOK_SECRET, WEBHOOK_SECRET_FILE);
        if (url.isPresent() != secret.isPresent()) {
            problems.add("%s and %s belong together: give both or neither".formatted(WEBHOOK_URL.name(),
                    WEBHOOK_SECRET.name()));
        }
        return url.flatMap(to -> secret.map(with -> WebhookSettings.of(to, with.value())));
    }
}
