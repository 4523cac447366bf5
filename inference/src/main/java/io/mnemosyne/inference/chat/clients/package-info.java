/** The clients of all endpoints, by what each of them speaks. */
@NullMarked
package io.mnemosyne.inference.chat.clients;

import org.jspecify.annotations.NullMarked;
