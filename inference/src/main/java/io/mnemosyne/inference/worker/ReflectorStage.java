package io.mnemosyne.inference.worker;

import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

import io.mnemosyne.core.Completion;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.inference.completions.OutcomeJson;
import io.mnemosyne.inference.providers.ReflectorModel;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** Requests of the reflector. */
final class ReflectorStage implements Stage {
    static final String NAME = "reflector";

    private final String requests;
    private final String results;
    private final Deserializer<ReflectionRequest> reader;
    private final Serializer<ReflectionResult> writer;
    private final ReflectorModel model;

    ReflectorStage(TopicSerdes serdes, TopicNames names, ReflectorModel model) {
        requests = names.of(Topics.REFLECTOR_REQUESTS);
        results = names.of(Topics.REFLECTOR_RESULTS);
        reader = serdes.reflectionRequests().deserializer();
        writer = serdes.reflectionResults().serializer();
        this.model = model;
    }

    @Override
    public String topic() {
        return requests;
    }

    @Override
    public Call read(ConsumerRecord<String, byte[]> request) {
        return new Reflect(reader.deserialize(requests, request.value()));
    }

    private final class Reflect implements Call {
        private final ReflectionRequest request;

        private Reflect(ReflectionRequest request) {
            this.request = request;
        }

        @Override
        public ThreadKey thread() {
            return request.thread();
        }

        @Override
        public String requestId() {
            return request.requestId();
        }

        @Override
        public String stage() {
            return NAME;
        }

        @Override
        public String requestHash() {
            return RequestHash.of(request, model.name());
        }

        @Override
        public Instant leaseUntil() {
            return request.leaseUntil();
        }

        @Override
        public boolean urgent() {
            return false;
        }

        @Override
        public Reply ask() throws InterruptedException {
            ReflectionResult.Outcome outcome = model.reflect(request);
            return switch (outcome) {
                case ReflectionResult.Reflected reflected -> reply(outcome, Optional.of(reflected.provenance()));
                case ReflectionResult.Failed _,ReflectionResult.Expired _ -> reply(outcome, Optional.empty());
            };
        }

        @Override
        public Reply recorded(String response) {
            return reply(OutcomeJson.reflection(response), Optional.empty());
        }

        @Override
        public Reply expired() {
            return reply(new ReflectionResult.Expired(), Optional.empty());
        }

        @Override
        public Reply failed(String reason) {
            return reply(new ReflectionResult.Failed(reason, true), Optional.empty());
        }

        private Reply reply(ReflectionResult.Outcome outcome, Optional<Provenance> paidTo) {
            ReflectionResult result = new ReflectionResult(request.thread(), request.incarnation(),
                    request.requestId(), request.attempt(), outcome);
            return new Reply(
                    new ProducerRecord<>(results, request.thread().toString(), writer.serialize(results, result)),
                    paidTo.map(provenance -> new Completion(request.thread(), request.incarnation(), requestHash(),
                            NAME, OutcomeJson.write(outcome), provenance)));
        }
    }
}
