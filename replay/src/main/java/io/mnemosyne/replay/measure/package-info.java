/** What a run's prompts saved, what they cost, and what they lost. */
@NullMarked
package io.mnemosyne.replay.measure;

import org.jspecify.annotations.NullMarked;
