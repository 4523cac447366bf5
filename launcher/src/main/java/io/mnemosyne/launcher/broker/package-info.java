/** One Kafka broker in KRaft mode inside a JVM of its own. */
@NullMarked
package io.mnemosyne.launcher.broker;

import org.jspecify.annotations.NullMarked;
