/** What can be recognised in a text without understanding it. */
@NullMarked
package io.mnemosyne.core.text;

import org.jspecify.annotations.NullMarked;
