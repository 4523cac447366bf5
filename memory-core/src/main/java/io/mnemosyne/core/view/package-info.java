/** What a thread's prompt consists of between two rewrites. */
@NullMarked
package io.mnemosyne.core.view;

import org.jspecify.annotations.NullMarked;
