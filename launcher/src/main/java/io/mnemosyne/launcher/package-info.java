/** The command line: one command per package below, and the exit codes they share. */
@NullMarked
package io.mnemosyne.launcher;

import org.jspecify.annotations.NullMarked;
