/** Chat models: what is asked of them, what they answer, and how they fail. */
@NullMarked
package io.mnemosyne.inference.chat;

import org.jspecify.annotations.NullMarked;
