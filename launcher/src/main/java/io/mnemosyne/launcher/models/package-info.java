/** The models that the settings name, and whether they answer. */
@NullMarked
package io.mnemosyne.launcher.models;

import org.jspecify.annotations.NullMarked;
