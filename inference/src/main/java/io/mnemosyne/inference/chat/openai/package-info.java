/** Models behind OpenAI's Chat Completions API or one that is compatible with it, by OpenAI's SDK. */
@NullMarked
package io.mnemosyne.inference.chat.openai;

import org.jspecify.annotations.NullMarked;
