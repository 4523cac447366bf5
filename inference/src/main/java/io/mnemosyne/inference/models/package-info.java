/** Which models are asked, in which order, within which limits: the settings, and the models built of them. */
@NullMarked
package io.mnemosyne.inference.models;

import org.jspecify.annotations.NullMarked;
