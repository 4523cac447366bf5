/** How well topics are told apart, on sessions and dialogues that people have labelled. */
@NullMarked
package io.mnemosyne.bench.segmentation;

import org.jspecify.annotations.NullMarked;
