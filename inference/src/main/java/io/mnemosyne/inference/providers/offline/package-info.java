/**
 * Observes without a model: reads requests, decisions, files, commands, errors, tests and names out of the turns by
 * rule. What a user without a key gets, and the last resort of everyone else.
 */
@NullMarked
package io.mnemosyne.inference.providers.offline;

import org.jspecify.annotations.NullMarked;
