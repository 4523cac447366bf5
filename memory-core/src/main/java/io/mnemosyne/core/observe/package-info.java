/** What to observe, when, and when it counts. */
@NullMarked
package io.mnemosyne.core.observe;

import org.jspecify.annotations.NullMarked;
