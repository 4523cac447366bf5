package io.mnemosyne.schemas.produce;

import java.util.concurrent.CompletableFuture;

import io.mnemosyne.core.Position;

/**
 * A turn or a command on its way.
 *
 * @param id of the event as it is stored: without credentials. Sending the event again under it is harmless
 * @param position completes when all in-sync replicas have it; fails if it cannot be written or nobody says so in time
 */
public record Sent(String id, CompletableFuture<Position> position) {
}
