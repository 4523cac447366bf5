/** Recorded sessions of agents as turns. */
@NullMarked
package io.mnemosyne.launcher.importer;

import org.jspecify.annotations.NullMarked;
