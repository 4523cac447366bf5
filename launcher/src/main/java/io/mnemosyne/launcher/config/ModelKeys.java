package io.mnemosyne.launcher.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.inference.chat.Endpoint.Wire;
import io.mnemosyne.inference.worker.WorkerSettings;
import io.mnemosyne.launcher.config.Key.Kind;

/** The settings for models. */
final class ModelKeys {
    static final Key OBSERVER = new Key("models.observer", Kind.MODELS, "offline",
            "Who observes: asked first to last until one answers. `offline` is the extractor that works by rule and always answers; end a chain with it, so that memory goes on when no model answers.");
    static final Key REFLECTOR = new Key("models.reflector", Kind.MODELS, "",
            "Who reflects, likewise. Without it the observer's.");
    static final Key SUMMARIZER = new Key("models.summarizer", Kind.MODELS, "",
            "Who writes the shorter texts of objects, likewise. Without it nobody is asked, and excerpts stand.");
    static final Key MODE = new Key("models.mode", Kind.MODE, "live",
            "Which calls are made. `live`: those that were not paid for already. `replay-or-call`: those that were not recorded. `replay-strict`: none; what was not recorded fails. `stub`: none; every answer is made up.");
    static final Key CALL_BUDGET = new Key("models.call-budget-seconds", Kind.COUNT,
            Long.toString(WorkerSettings.DEFAULT.callBudget().toSeconds()),
            "How long a request may take from its pick-up, with all retries and all models of its chain, seconds.");
    static final Key MAX_IN_FLIGHT = new Key("models.max-in-flight", Kind.COUNT,
            Integer.toString(WorkerSettings.DEFAULT.maxInFlight()), "Requests answered at once by one process.");
    static final Key TOKENS_PER_DAY = new Key("models.tokens-per-day", Kind.COUNT, "",
            "Tokens, read and written, that a tenant may use in a day of UTC, in each process. Without it there is no limit. When they are used up, the extractor answers if the chain has it.");
    static final Key MONEY_PER_DAY = new Key("models.money-per-day", Kind.DECIMAL, "",
            "The same in the currency of the prices. Needs the price of every model that is named.");

    /** The endpoints that models can name. */
    static final List<EndpointKeys> ENDPOINTS = List.of(
            new EndpointKeys("anthropic", Wire.ANTHROPIC, Optional.of("ANTHROPIC_API_KEY"),
                    "Base URL of Anthropic's API, where it is not the vendor's own."),
            new EndpointKeys("openai", Wire.OPENAI, Optional.of("OPENAI_API_KEY"),
                    "Base URL of OpenAI's API, where it is not the vendor's own."),
            new EndpointKeys("compatible", Wire.OPENAI, Optional.empty(),
                    "Base URL of any other server that speaks OpenAI's Chat Completions, for example Ollama's `http://127.0.0.1:11434/v1`."));

    static final Key TENANT_OBSERVER = new Key("tenants.NAME.observer", Kind.MODELS, "",
            "As `models.observer`, for this tenant.");
    static final Key TENANT_REFLECTOR = new Key("tenants.NAME.reflector", Kind.MODELS, "",
            "As `models.reflector`. Without it this tenant's observer.");
    static final Key TENANT_SUMMARIZER = new Key("tenants.NAME.summarizer", Kind.MODELS, "",
            "As `models.summarizer`, for this tenant.");
    static final Key TENANT_RECALL = new Key("tenants.NAME.recall", Kind.MODELS, "",
            "As `recall.models`, for this tenant.");
    static final Key TENANT_TOKENS = new Key("tenants.NAME.tokens-per-day", Kind.COUNT, "",
            "As `models.tokens-per-day`.");
    static final Key TENANT_MONEY = new Key("tenants.NAME.money-per-day", Kind.DECIMAL, "",
            "As `models.money-per-day`.");
    static final Key PRICE_INPUT = new Key("prices.NAME.input", Kind.DECIMAL, "",
            "What a million tokens of a prompt cost. Required.");
    static final Key PRICE_OUTPUT = new Key("prices.NAME.output", Kind.DECIMAL, "",
            "What a million tokens of an answer cost. Required.");
    static final Key PRICE_CACHE_READ = new Key("prices.NAME.cache-read", Kind.DECIMAL, "",
            "What a million tokens cost that the provider had in its cache. Without it as `input`.");
    static final Key PRICE_CACHE_WRITE = new Key("prices.NAME.cache-write", Kind.DECIMAL, "",
            "What a million tokens cost that the provider puts into its cache. Without it as `input`.");

    /** Those with a name of their own, in the order of the documentation. */
    static final List<Key> ALL = Stream.concat(
            Stream.of(OBSERVER, REFLECTOR, SUMMARIZER, MODE, CALL_BUDGET, MAX_IN_FLIGHT, TOKENS_PER_DAY, MONEY_PER_DAY),
            ENDPOINTS.stream().flatMap(endpoint -> endpoint.all().stream())).toList();

    /** Those in tables whose names are free. Only a file has them. */
    static final List<Key> IN_TABLES = List.of(TENANT_OBSERVER, TENANT_REFLECTOR, TENANT_SUMMARIZER, TENANT_RECALL,
            TENANT_TOKENS,
            TENANT_MONEY,
            PRICE_INPUT, PRICE_OUTPUT, PRICE_CACHE_READ, PRICE_CACHE_WRITE);

    private ModelKeys() {
    }

    /**
     * The settings of one endpoint.
     *
     * @param vendorVariable in which its users usually have their key
     */
    record EndpointKeys(String name, Wire wire, Optional<String> vendorVariable, Key key, Key keyFile, Key baseUrl,
            Key maxInFlight) {
        private static final String CALLS = "4";

        EndpointKeys(String name, Wire wire, Optional<String> vendorVariable, String baseUrl) {
            this(name, wire, vendorVariable, Keys.secret(name + ".api-key", "Key of the API. "
                    + vendorVariable.map(variable -> "Without it `" + variable + "` is used.")
                            .orElse("Without it none is sent.")),
                    new Key(name + ".base-url", Kind.URL, "", baseUrl), new Key(name + ".max-in-flight", Kind.COUNT,
                            CALLS, "Calls of this endpoint at once from one process."));
        }

        private EndpointKeys(String name, Wire wire, Optional<String> vendorVariable, Key key, Key baseUrl,
                Key maxInFlight) {
            this(name, wire, vendorVariable, key, Keys.secretFile(key), baseUrl, maxInFlight);
        }

        List<Key> all() {
            return List.of(key, keyFile, baseUrl, maxInFlight);
        }
    }
}
