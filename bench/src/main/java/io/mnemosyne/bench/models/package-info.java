/** What failing, slow and limited models do to a running deployment, measured from outside. */
@NullMarked
package io.mnemosyne.bench.models;

import org.jspecify.annotations.NullMarked;
