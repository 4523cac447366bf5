/** Which neighbouring objects are one unit, as far as structure and recorded vectors tell. */
@NullMarked
package io.mnemosyne.core.view.group;

import org.jspecify.annotations.NullMarked;
