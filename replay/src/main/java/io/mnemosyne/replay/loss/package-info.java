/** Whether shorter forms of objects say what they lack. */
@NullMarked
package io.mnemosyne.replay.loss;

import org.jspecify.annotations.NullMarked;
