package io.mnemosyne.replay.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.recording.Call;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.ToolArguments;

/**
 * {@code fifo}: pages out tool results of 500 bytes and more once {@code age} newer messages of the user's side exist;
 * a message is a run of user events and results. Errors stay. A result that was paged out and is read again unchanged is
 * pinned from then on, until it changes. The rules are those of pichay.
 */
final class Paging implements ReplayPolicy {
    private static final int AGE = 4;
    private static final int LEAST_BYTES = 500;
    /** A prompt looks this many events back for the newest message. */
    private static final int LOOK_BACK = 50;

    private final int age;

    Paging(Parameters parameters) {
        age = parameters.only("age").whole("age", AGE, 1);
    }

    @Override
    public Prompter begin(String session) {
        return new Pager();
    }

    private final class Pager extends History {
        /** Number of the message that each event belongs to; 0 for those of the assistant and the system. */
        private final List<Integer> messages = new ArrayList<>();
        private final List<Event> candidates = new ArrayList<>();
        private final List<Event> arrived = new ArrayList<>();
        private final Map<Integer, PromptBlock> pagedOut = new HashMap<>();
        /** Content by read key. */
        private final Map<String, String> pinned = new HashMap<>();
        private int count;
        private boolean inMessage;

        @Override
        public void append(Event event) {
            super.append(event);
            boolean ofUser = event.role() == Role.USER || event.role() == Role.TOOL;
            count += ofUser && !inMessage ? 1 : 0;
            inMessage = ofUser;
            messages.add(ofUser ? count : 0);
            if (isResult(event) && !event.error() && Sha256.utf8Length(event.content()) >= LEAST_BYTES) {
                arrived.add(event);
            }
        }

        @Override
        void begin() {
            arrived.forEach(this::arrive);
            arrived.clear();
            int newest = messages.subList(Math.max(0, messages.size() - LOOK_BACK), messages.size()).stream()
                    .reduce(0, Math::max);
            candidates.removeIf(event -> {
                boolean old = newest - messages.get(event.index()) >= age && !isPinned(event);
                if (old) {
                    pagedOut.put(event.index(), stub(event, line(event)));
                }
                return old;
            });
        }

        /** Pins what is read again, before anything else is paged out. */
        private void arrive(Event event) {
            candidates.add(event);
            readKey(event).ifPresent(key -> {
                if (pagedOut.keySet().stream().map(events()::get).anyMatch(old -> isSameRead(old, event, key))) {
                    pinned.put(key, event.content());
                } else if (pinned.containsKey(key) && !isPinned(event)) {
                    pinned.remove(key);
                }
            });
        }

        private boolean isPinned(Event event) {
            return readKey(event).map(pinned::get).filter(event.content()::equals).isPresent();
        }

        @Override
        Optional<PromptBlock> shown(Event event) {
            return Optional.of(pagedOut.getOrDefault(event.index(), raw(event)));
        }
    }

    private static boolean isSameRead(Event old, Event event, String key) {
        return readKey(old).filter(key::equals).isPresent() && old.content().equals(event.content());
    }

    private static Optional<String> readKey(Event event) {
        return event.answers().flatMap(Call::readKey);
    }

    private static String line(Event event) {
        Optional<String> tool = event.turn().parts().stream().filter(Part.ToolResult.class::isInstance)
                .map(part -> ((Part.ToolResult) part).toolName()).filter(name -> !name.isEmpty()).findFirst();
        String what = Stream.of(tool.or(() -> event.answers().map(Call::name).filter(name -> !name.isEmpty()))
                .or(() -> Optional.of("tool")), event.answers().map(Call::arguments).flatMap(ToolArguments::mainPath))
                .flatMap(Optional::stream).collect(Collectors.joining(" "));
        return "[paged out: " + what + " (" + Sha256.utf8Length(event.content()) + " bytes)]";
    }
}
