/** What plain consumer groups share: which partitions they hold, and how far each of them is done. */
@NullMarked
package io.mnemosyne.schemas.groups;

import org.jspecify.annotations.NullMarked;
