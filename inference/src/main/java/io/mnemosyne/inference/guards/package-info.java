/** What stands between a request and a model: limits of pace, of failures and of money, another try, and another model. */
@NullMarked
package io.mnemosyne.inference.guards;

import org.jspecify.annotations.NullMarked;
