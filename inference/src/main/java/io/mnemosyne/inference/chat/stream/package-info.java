/** What all clients of chat models share: one streamed answer under a deadline, and what its failures mean. */
@NullMarked
package io.mnemosyne.inference.chat.stream;

import org.jspecify.annotations.NullMarked;
