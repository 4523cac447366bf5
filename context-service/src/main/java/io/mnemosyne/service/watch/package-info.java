/** Tells subscribers that a context is being compacted: by server-sent events and by a webhook. */
@NullMarked
package io.mnemosyne.service.watch;

import org.jspecify.annotations.NullMarked;
