/** All topologies, the index sink and the REST service in one process. */
@NullMarked
package io.mnemosyne.launcher.pipeline;

import org.jspecify.annotations.NullMarked;
