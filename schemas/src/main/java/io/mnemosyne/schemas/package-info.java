/** The contracts between the stages: what each topic carries, how it is encoded and where it is kept. */
@NullMarked
package io.mnemosyne.schemas;

import org.jspecify.annotations.NullMarked;
