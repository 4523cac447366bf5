package io.mnemosyne.inference.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.observe.Fence;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * Turns as they stand in a prompt, each in a fence whose name is made of its number, role and time alone. Results of tools that
 * a source sends in the user's name have a fence of their own, so that no tool speaks for the user.
 */
final class TurnFences {
    /** Tokens of a tool's answer that are shown, its beginning and end. */
    static final long RESULT = 5_000;
    /** Tokens of a call's arguments that are shown. */
    static final long ARGUMENTS = 2_000;
    /** Of reasoning only the drift is shown, tokens; what came of it is said or done. */
    static final long THINKING = 200;
    /** Below this excerpts say too little; then the oldest turns are left out. */
    private static final long SHORTEST = 48;
    /** Longest name of a tool or media type, characters; both are data. */
    private static final int NAME = 120;

    private final TokenCounter counter;
    private final Clip clip;

    TurnFences(TokenCounter counter) {
        this.counter = counter;
        this.clip = new Clip(counter);
    }

    /**
     * What an observer is shown.
     *
     * @param text the fences, one after the other
     * @param turns of which it has any
     */
    record Shown(String text, List<Rendition> turns) {
        Shown {
            turns = List.copyOf(turns);
        }
    }

    /**
     * The turns within so many tokens: the largest contents are clipped further, all to one limit, and where even that does not
     * do, the oldest turns are left out.
     *
     * @return without turns if not even the newest fits
     */
    Shown fit(List<Rendition> turns, long room) {
        List<Sized> sized = turns.stream().filter(turn -> !turn.parts().isEmpty()).map(this::size).toList();
        long limit = sized.stream().flatMap(turn -> turn.tokens().stream()).mapToLong(Long::longValue).max().orElse(0);
        List<String> fences = fences(sized, limit);
        List<Long> tokens = count(fences);
        while (sum(tokens) > room && limit > SHORTEST) {
            limit = Math.max(SHORTEST, smaller(sized, limit, sum(tokens) - room));
            fences = fences(sized, limit);
            tokens = count(fences);
        }
        int first = 0;
        long all = sum(tokens);
        while (all > room && first < sized.size()) {
            all -= tokens.get(first);
            first++;
        }
        return new Shown(String.join("", fences.subList(first, fences.size())),
                sized.stream().skip(first).map(Sized::turn).toList());
    }

    /** A turn with the tokens of its parts as they are shown at most. */
    private record Sized(Rendition turn, List<Long> tokens) {
    }

    private Sized size(Rendition turn) {
        return new Sized(turn, turn.parts().stream()
                .map(part -> part instanceof Part.Image
                        ? 0
                        : Math.min(most(part), counter.count(part.content().shown())))
                .toList());
    }

    /** The largest limit, in steps of a tenth, that takes away so many tokens. */
    private static long smaller(List<Sized> turns, long limit, long tooMany) {
        long next = limit - limit / 10;
        while (next > SHORTEST && taken(turns, limit) - taken(turns, next) < tooMany) {
            next -= Math.max(1, next / 10);
        }
        return next;
    }

    private static long taken(List<Sized> turns, long limit) {
        return turns.stream().flatMap(turn -> turn.tokens().stream()).mapToLong(tokens -> Math.min(limit, tokens))
                .sum();
    }

    private List<Long> count(List<String> fences) {
        return fences.stream().map(counter::count).toList();
    }

    private static long sum(List<Long> tokens) {
        return tokens.stream().mapToLong(Long::longValue).sum();
    }

    private List<String> fences(List<Sized> turns, long limit) {
        return turns.stream().map(turn -> fences(turn, limit)).toList();
    }

    private String fences(Sized sized, long limit) {
        Rendition turn = sized.turn();
        StringBuilder fences = new StringBuilder();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < turn.parts().size(); i++) {
            Part part = turn.parts().get(i);
            if (i > 0 && speaker(turn, part) != speaker(turn, turn.parts().get(i - 1))) {
                fences.append(fence(turn, turn.parts().get(i - 1), texts));
                texts.clear();
            }
            texts.add(text(turn, part, sized.tokens().get(i) > limit ? limit : most(part)));
        }
        return fences.append(fence(turn, turn.parts().getLast(), texts)).toString();
    }

    private static String fence(Rendition turn, Part part, List<String> texts) {
        String name = "turn " + turn.seq() + " " + speaker(turn, part).name().toLowerCase(Locale.ROOT)
                + turn.at().map(at -> " " + at).orElse("");
        return Fence.around(name, String.join("\n", texts));
    }

    private static Role speaker(Rendition turn, Part part) {
        return part instanceof Part.ToolResult ? Role.TOOL : turn.role();
    }

    private String text(Rendition turn, Part part, long limit) {
        return switch (part) {
            case Part.Text(Content said) -> clipped(turn, said, limit);
            case Part.Thinking(Content thought) -> "[thinking] " + clipped(turn, thought, limit);
            case Part.ToolCall call -> "[call of " + name(call.name()) + "] " + clipped(turn, call.content(), limit);
            case Part.ToolResult result -> (result.error() ? "[failed result" : "[result")
                    + (result.toolName().isEmpty() ? "" : " of " + name(result.toolName())) + "]\n"
                    + clipped(turn, result.content(), limit);
            case Part.Image image -> "[image " + name(image.mediaType()) + ", " + image.content().bytes() + " bytes]";
        };
    }

    private String clipped(Rendition turn, Content content, long limit) {
        return clip.to(limit, content.shown(), ", to be recalled by turn " + turn.seq());
    }

    private static long most(Part part) {
        return switch (part) {
            case Part.Text _ -> Long.MAX_VALUE;
            case Part.Thinking _ -> THINKING;
            case Part.ToolCall _ -> ARGUMENTS;
            case Part.ToolResult _ -> RESULT;
            case Part.Image _ -> Long.MAX_VALUE;
        };
    }

    private static String name(String name) {
        return name.length() <= NAME ? name : name.substring(0, NAME);
    }
}
