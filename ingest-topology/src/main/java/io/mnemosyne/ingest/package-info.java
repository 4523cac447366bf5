/** The topology that gives raw events their place and takes credentials out of them before anything else sees them. */
@NullMarked
package io.mnemosyne.ingest;

import org.jspecify.annotations.NullMarked;
