/** What the launcher adds to every child JVM. */
@NullMarked
package io.mnemosyne.launcher.agent;

import org.jspecify.annotations.NullMarked;
