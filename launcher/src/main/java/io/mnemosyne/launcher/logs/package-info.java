/** How log lines look: what happened, where and in which trace, and nothing of what agents say. */
@NullMarked
package io.mnemosyne.launcher.logs;

import org.jspecify.annotations.NullMarked;
