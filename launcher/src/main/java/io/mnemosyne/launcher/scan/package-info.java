/** {@code mnemosyne scan}: what would be redacted in files. */
@NullMarked
package io.mnemosyne.launcher.scan;

import org.jspecify.annotations.NullMarked;
