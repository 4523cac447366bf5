/** Models behind Anthropic's Messages API, by its SDK. */
@NullMarked
package io.mnemosyne.inference.chat.anthropic;

import org.jspecify.annotations.NullMarked;
