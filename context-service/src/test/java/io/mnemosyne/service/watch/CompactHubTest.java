package io.mnemosyne.service.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.service.watch.Subscription.CutOff;
import io.mnemosyne.service.watch.Subscription.Next;
import io.mnemosyne.service.watch.Subscription.Told;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CompactHubTest {
    private static final Predicate<CompactEvent> ALL = _ -> true;
    private final CompactHub hub = new CompactHub();

    @Test
    void shouldTellEachEventOnceWhereverASubscriberComesBack() throws Exception {
        // given events of two partitions, and one who was told some of them
        hub.open();
        List<Told> all = new ArrayList<>();
        try (Subscription first = hub.subscribe(ALL, Optional.empty())) {
            for (int i = 0; i < 20; i++) {
                hub.publish(event(i, i % 2, 10 + i));
            }
            for (Next next : taken(first)) {
                all.add((Told) next);
            }
        }
        assertThat(all).hasSize(20);
        for (int i = 0; i < all.size(); i++) {
            // when
            try (Subscription again = hub.subscribe(ALL, Optional.of(Cursor.parse(all.get(i).cursor().toString())))) {
                // then it is told the rest
                assertThat(again.gap()).isFalse();
                assertThat(taken(again)).extracting(next -> ((Told) next).event())
                        .isEqualTo(all.subList(i + 1, all.size()).stream().map(Told::event).toList());
            }
        }
    }

    @Test
    void shouldSayThatEventsAreMissingWhenTheyAreNotKeptAnyMore() throws Exception {
        // given
        hub.open();
        for (int i = 0; i <= CompactHub.RETAINED; i++) {
            hub.publish(event(i, 0, i));
        }
        // when
        try (Subscription late = hub.subscribe(ALL, Optional.of(Cursor.START));
                Subscription intime = hub.subscribe(ALL, Optional.of(Cursor.START.at(0, 0)))) {
            // then
            assertThat(late.gap()).isTrue();
            assertThat(intime.gap()).isFalse();
            assertThat(taken(intime)).hasSize(CompactHub.RETAINED);
        }
    }

    @Test
    void shouldSayThatEventsAreMissingWhenTheyWereBeforeAllThatWasRead() throws Exception {
        // given
        hub.beginAfter(0, 7);
        hub.open();
        // then
        assertThat(hub.subscribe(ALL, Optional.of(Cursor.parse("0-6"))).gap()).isTrue();
        assertThat(hub.subscribe(ALL, Optional.of(Cursor.parse("0-7"))).gap()).isFalse();
    }

    @Test
    void shouldCutOffWhoDoesNotReadAndNobodyElse() throws Exception {
        // given
        hub.open();
        try (Subscription slow = hub.subscribe(ALL, Optional.empty());
                Subscription quick = hub.subscribe(ALL, Optional.empty())) {
            // when
            for (int i = 0; i <= Subscription.MOST_WAITING; i++) {
                hub.publish(event(i, 0, i));
                assertThat(taken(quick)).hasSize(1);
            }
            // then
            assertThat(taken(slow)).containsExactly(new CutOff());
            assertThat(hub.subscribers()).isEqualTo(1);
        }
        assertThat(hub.subscribers()).isZero();
    }

    @Test
    void shouldPassACommandOnOnceWhenItIsReadOrSentTwice() throws Exception {
        // given
        hub.open();
        try (Subscription subscription = hub.subscribe(ALL, Optional.empty())) {
            // when
            hub.publish(event(1, 0, 4));
            hub.publish(event(1, 0, 4));
            hub.publish(event(1, 0, 5));
            // then
            assertThat(taken(subscription)).hasSize(1);
        }
    }

    @Test
    void shouldRefuseWhenThereAreAsManySubscribersAsItTakes() throws Exception {
        // given
        hub.open();
        for (int i = 0; i < CompactHub.MOST; i++) {
            hub.subscribe(ALL, Optional.empty());
        }
        // then
        assertThatThrownBy(() -> hub.subscribe(ALL, Optional.empty())).isInstanceOfSatisfying(
                CompactHub.RefusedException.class,
                refused -> assertThat(refused.refusal()).isEqualTo(CompactHub.Refusal.TOO_MANY));
    }

    private static List<Next> taken(Subscription subscription) throws InterruptedException {
        List<Next> all = new ArrayList<>();
        for (Optional<Next> next = subscription.next(Duration.ZERO); next.isPresent(); next = subscription
                .next(Duration.ZERO)) {
            all.add(next.get());
        }
        return all;
    }

    private static CompactEvent event(int id, int partition, long offset) {
        return new CompactEvent("c" + id, new ThreadKey("acme", "t"), Compaction.of(id, 9, 10), Optional.empty(),
                partition, offset);
    }
}
