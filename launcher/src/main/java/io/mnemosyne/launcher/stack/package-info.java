/** The local stack: real services as child processes on loopback, without containers. */
@NullMarked
package io.mnemosyne.launcher.stack;

import org.jspecify.annotations.NullMarked;
