/** The stage that replaces old segments by denser ones and keeps the project state. */
@NullMarked
package io.mnemosyne.reflector;

import org.jspecify.annotations.NullMarked;
