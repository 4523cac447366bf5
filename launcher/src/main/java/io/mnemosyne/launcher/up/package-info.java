/** The command that runs the local stack and the pipeline. */
@NullMarked
package io.mnemosyne.launcher.up;

import org.jspecify.annotations.NullMarked;
