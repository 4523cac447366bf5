/**
 * Has chat models observe, reflect and summarize: what they are asked, and what of their answers is believed. Prompts are resources
 * with a version; everything that people or tools said stands in fences, and no answer is trusted.
 */
@NullMarked
package io.mnemosyne.inference.prompts;

import org.jspecify.annotations.NullMarked;
