package io.mnemosyne.service;

import java.util.List;
import java.util.function.Predicate;

import io.javalin.http.Context;

/** {@code /health/live} and {@code /health/ready}: 200 or 503, with the parts listed. */
final class HealthResource {
    private final Health health;

    HealthResource(Health health) {
        this.health = health;
    }

    void live(Context request) {
        answer(request, Health.Component::alive);
    }

    void ready(Context request) {
        answer(request, component -> component.alive() && component.ready());
    }

    private void answer(Context request, Predicate<Health.Component> good) {
        List<Health.Component> components = health.components();
        boolean up = components.stream().allMatch(good);
        request.status(up ? 200 : 503);
        Answers.json(request, Json.of(new Report(up ? "UP" : "DOWN", components)));
    }

    /** The JSON of a health check. */
    record Report(String status, List<Health.Component> components) {
    }
}
