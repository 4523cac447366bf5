package io.mnemosyne.launcher.models;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.guards.Breaker.State;
import io.mnemosyne.launcher.config.Settings;

import static org.assertj.core.api.Assertions.assertThat;

class ConfiguredModelsTest {
    @Test
    void shouldMakeModelsWithoutKeysAndAddressesWhereNothingIsCalled() {
        // given
        Settings.Models settings = Settings.read(Map.of("MNEMOSYNE_MODELS_OBSERVER",
                "anthropic:a,openai:b,compatible:c,offline", "MNEMOSYNE_MODELS_MODE", "replay-strict")).models();
        // when
        try (var models = new ConfiguredModels(settings.settings(), settings.window(), O200kTokenCounter.shared(),
                new Counts())) {
            // then
            assertThat(models.circuits()).containsOnlyKeys(ModelId.parse("anthropic:a"), ModelId.parse("openai:b"),
                    ModelId.parse("compatible:c")).containsValues(State.CLOSED);
            assertThat(models.balances()).isEmpty();
            assertThat(models.lines()).isEmpty();
        }
    }
}
