/** The REST layer: turns in, compacted context out. */
@NullMarked
package io.mnemosyne.service;

import org.jspecify.annotations.NullMarked;
