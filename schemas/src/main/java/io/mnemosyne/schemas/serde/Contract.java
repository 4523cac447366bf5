package io.mnemosyne.schemas.serde;

import org.apache.avro.specific.SpecificRecord;

import io.mnemosyne.schemas.mapping.Mapping;
import io.mnemosyne.schemas.topics.Topic;

/** What the values of a topic are: the envelope on the wire and its core type. */
record Contract<T, A extends SpecificRecord>(Topic topic, String subject, Class<A> envelope, Mapping<T, A> mapping) {
}
