/** Commands that talk to a running service. */
@NullMarked
package io.mnemosyne.launcher.client;

import org.jspecify.annotations.NullMarked;
