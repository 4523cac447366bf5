package io.mnemosyne.scripted;

import java.util.List;

/** Decides how the server behaves to each valid request. Called by many threads at once. */
@FunctionalInterface
public interface Script {

    Behaviour behave(ScriptedRequest request);

    static Script always(Behaviour behaviour) {
        return _ -> behaviour;
    }

    /** One after the other in the order of the requests; the last one for all that follow. */
    static Script inTurn(Behaviour first, Behaviour... next) {
        List<Behaviour> later = List.of(next);
        return request -> request.number() == 0 || later.isEmpty()
                ? first
                : later.get((int) Math.min(request.number(), later.size()) - 1);
    }
}
