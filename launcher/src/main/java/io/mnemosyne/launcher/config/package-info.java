/** The settings: one file, each key overridable from the environment, validated before anything starts. */
@NullMarked
package io.mnemosyne.launcher.config;

import org.jspecify.annotations.NullMarked;
