package io.mnemosyne.service;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

import io.javalin.http.Context;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.service.watch.CompactEvent;
import io.mnemosyne.service.watch.CompactHub;
import io.mnemosyne.service.watch.Cursor;
import io.mnemosyne.service.watch.Subscription;

/**
 * {@code GET /events}: server-sent events for as long as the subscriber stays. Each holds a virtual thread, which waits in this
 * class and nowhere else.
 */
final class EventsResource {
    /** Shorter than any idle time-out on the way. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration COME_BACK = Duration.ofSeconds(2);

    private final CompactHub hub;
    private final Duration heartbeat;

    EventsResource(CompactHub hub, Duration heartbeat) {
        this.hub = hub;
        this.heartbeat = heartbeat;
    }

    void ofTenant(Context request) {
        String tenant = request.pathParam("tenant");
        if (!ThreadKey.isName(tenant)) {
            throw Problem.badRequest("tenant must be 1 to 128 characters out of A-Z a-z 0-9 . _ : @ -");
        }
        serve(request, event -> event.thread().tenant().equals(tenant));
    }

    void ofThread(Context request) {
        ThreadKey thread = Requests.thread(request);
        serve(request, event -> event.thread().equals(thread));
    }

    private void serve(Context request, Predicate<CompactEvent> wanted) {
        try (Subscription subscription = hub.subscribe(wanted, cursor(request))) {
            request.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store")
                    .header("X-Accel-Buffering", "no");
            // Not the stream of the framework, which may hold back what it wants to compress.
            pass(subscription, request.res().getOutputStream());
        } catch (CompactHub.RefusedException e) {
            throw Problem.unavailable(switch (e.refusal()) {
                case NOT_READY -> "events are not read yet, or no more; come back";
                case TOO_MANY -> "this instance has as many subscribers as it takes; close some, or use a webhook";
            }, COME_BACK);
        } catch (IOException e) {
            request.status(200); // the subscriber has gone, which is how a subscription ends
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a browser sends when it comes back, or a parameter for who cannot send headers. */
    private static Optional<Cursor> cursor(Context request) {
        Optional<String> last = Requests.header(request, "Last-Event-ID")
                .or(() -> Requests.parameter(request, "after"));
        try {
            return last.map(Cursor::parse);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("'Last-Event-ID' cannot be used: " + e.getMessage(), e);
        }
    }

    private void pass(Subscription subscription, OutputStream out) throws IOException, InterruptedException {
        write(out, "retry: " + COME_BACK.toMillis() + "\nid: " + subscription.cursor() + "\n\n");
        if (subscription.gap()) {
            write(out,
                    "event: gap\ndata: {\"reason\":\"events after this id are not kept any more; those kept follow\"}\n\n");
        }
        while (true) {
            Optional<Subscription.Next> next = subscription.next(heartbeat);
            if (next.isEmpty()) {
                write(out, ": still here\n\n");
                continue;
            }
            switch (next.get()) {
                case Subscription.Told(CompactEvent event, Cursor cursor) -> write(out, "id: " + cursor + "\nevent: "
                        + CompactEvent.NAME + "\ndata: " + event.json() + "\n\n");
                case Subscription.CutOff() -> {
                    write(out, "event: cut-off\ndata: {\"reason\":\"events came faster than they were read;"
                            + " come back with the id of the last one\"}\n\n");
                    return;
                }
                case Subscription.Ended() -> {
                    return;
                }
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
