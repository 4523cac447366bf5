/** Which old segments to replace by denser ones, and the project state. */
@NullMarked
package io.mnemosyne.core.reflect;

import org.jspecify.annotations.NullMarked;
