package io.mnemosyne.replay.policy;

import java.lang.reflect.InvocationTargetException;
import java.util.List;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.replay.ReplayPolicy;

/** Finds policies by name. */
public final class Policies {
    /** The policies that come with this module. */
    public static final List<String> NAMES = List.of("none", "truncate", "mask", "fifo", Policy.OBSERVATIONAL,
            Policy.FIDELITY, Policy.HYBRID);

    /** Parameter: objects that come along when one is shown again; 0 for none. */
    private static final String RELATED = "related";
    /** Parameter: 1 to have a model write what is shown of objects, 0 for excerpts. */
    public static final String SUMMARIES = "summaries";

    private Policies() {
    }

    /**
     * The policy with a name of {@link #NAMES}, or of a class on the class path that implements {@link ReplayPolicy} and
     * has a public constructor which takes {@link Parameters}, or nothing.
     *
     * @param budget ceiling in tokens for policies that have one; all their other settings are scaled with it
     * @param models that policies ask which need some
     * @throws IllegalArgumentException if there is no such policy or it does not take these parameters
     */
    public static ReplayPolicy named(String name, Parameters parameters, long budget, Models models,
            RecordedCalls recorded) {
        return switch (name) {
            case "none" -> new FullHistory(parameters);
            case "truncate" -> new Truncation(parameters);
            case "mask" -> new Masking(parameters);
            case "fifo" -> new Paging(parameters);
            case Policy.OBSERVATIONAL, Policy.FIDELITY, Policy.HYBRID -> new Remembering(
                    remembering(Policy.standard().named(name).scaledTo(budget), parameters), models,
                    O200kTokenCounter.shared(), recorded);
            default -> own(name, parameters);
        };
    }

    private static Policy remembering(Policy policy, Parameters parameters) {
        if (!policy.grades()) {
            parameters.only();
            return policy;
        }
        FidelityRules standard = policy.fidelity();
        parameters.only(RELATED, SUMMARIES);
        return policy.with(standard.withRelated(parameters.whole(RELATED, standard.related(), 0))
                .withSummaries(parameters.whole(SUMMARIES, 0, 0) > 0));
    }

    /** As the other method, with the offline extractor for a model. */
    public static ReplayPolicy named(String name, Parameters parameters, long budget, RecordedCalls recorded) {
        TokenCounter counter = O200kTokenCounter.shared();
        return named(name, parameters, budget,
                Models.offline(counter), recorded);
    }

    private static ReplayPolicy own(String name, Parameters parameters) {
        try {
            Class<? extends ReplayPolicy> type = Class.forName(name).asSubclass(ReplayPolicy.class);
            for (var constructor : type.getConstructors()) {
                if (List.of(constructor.getParameterTypes()).equals(List.of(Parameters.class))) {
                    return type.cast(constructor.newInstance(parameters));
                }
            }
            parameters.only();
            return type.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("there is no policy '" + name + "': name one of "
                    + String.join(", ", NAMES) + ", or a class on the class path", e);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(name + " does not implement " + ReplayPolicy.class.getName(), e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("policy " + name + " does not begin: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("policy " + name + " has no public constructor that takes "
                    + Parameters.class.getName() + ", or nothing", e);
        }
    }
}
