/** What is said of days: words that depend on when they were said, and the dates that they mean. */
@NullMarked
package io.mnemosyne.core.time;

import org.jspecify.annotations.NullMarked;
