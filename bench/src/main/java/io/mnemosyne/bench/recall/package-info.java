/** What recall finds of recorded sessions, and how long it takes. */
@NullMarked
package io.mnemosyne.bench.recall;

import org.jspecify.annotations.NullMarked;
