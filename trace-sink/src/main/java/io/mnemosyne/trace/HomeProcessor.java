package io.mnemosyne.trace;

import java.util.function.BiConsumer;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

import io.mnemosyne.core.trace.JoinTimes;
import io.mnemosyne.core.trace.Link;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanRecord;

/**
 * Tells {@link Homes} and {@link Asks} what is said of threads, by {@code tenant/home}. Belongs to one task and is called by
 * its thread alone; Kafka Streams calls {@link #init} before anything else.
 */
@SuppressWarnings("NullAway.Init")
final class HomeProcessor implements Processor<String, HomeMessage, String, Object> {
    private static final int MOST_ALARMS = 1_000;

    private final JoinTimes times;
    private HomeRows rows;
    private Alarms alarms;
    private Homes homes;
    private Asks asks;

    HomeProcessor(JoinTimes times) {
        this.times = times;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        rows = HomeRows.of(context);
        alarms = new Alarms(context.getStateStore(Stores.HOME_ALARMS));
        HomeOutlet outlet = new HomeOutlet(context, new Counters(context));
        asks = new Asks(rows, alarms, outlet, times);
        homes = new Homes(rows, alarms, outlet, asks, times);
        context.schedule(JoinProcessor.TICK, PunctuationType.WALL_CLOCK_TIME,
                now -> alarms.take(now, MOST_ALARMS).forEach(this::ring));
    }

    @Override
    public void process(Record<String, HomeMessage> message) {
        String home = message.key();
        switch (message.value()) {
            case HomeMessage.Told(SpanRecord told) when told.event() instanceof SpanEvent.Linked linked ->
                homes.link(home, Link.of(told.tenant(), linked));
            case HomeMessage.Told(SpanRecord told) -> homes.tell(home, told, true);
            case HomeMessage.ToldByOthers(SpanRecord told) -> homes.tell(home, told, false);
            case HomeMessage.Ask ask -> asks.take(home, ask);
            case HomeMessage.Answer answer -> homes.answer(home, answer);
        }
    }

    private void ring(String alarm) {
        int bar = alarm.indexOf('|');
        String row = alarm.substring(bar + 1);
        String home = row.substring(0, row.indexOf('|'));
        switch (HomeAlarm.valueOf(alarm.substring(0, bar))) {
            case LINK -> withLink(home, row, homes::giveUp);
            case DROP -> withLink(home, row, homes::drop);
            case HELD -> homes.giveUp(home, row);
            case WAITED -> asks.waited(home, row);
            case GIVE_UP -> asks.giveUp(home, row);
        }
    }

    private void withLink(String home, String row, BiConsumer<String, Link> then) {
        Link link = rows.links().get(row);
        if (link != null) {
            then.accept(home, link);
        }
    }
}
