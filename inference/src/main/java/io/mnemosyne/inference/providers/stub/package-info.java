/** The provider that answers at once and bills nothing: for tests of everything around models. */
@NullMarked
package io.mnemosyne.inference.providers.stub;

import org.jspecify.annotations.NullMarked;
