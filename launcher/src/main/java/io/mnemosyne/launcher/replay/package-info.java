/** The commands that replay recorded sessions and say what that is worth. No service is needed. */
@NullMarked
package io.mnemosyne.launcher.replay;

import org.jspecify.annotations.NullMarked;
