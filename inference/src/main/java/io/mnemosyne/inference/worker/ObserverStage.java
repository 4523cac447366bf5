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
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.inference.completions.OutcomeJson;
import io.mnemosyne.inference.providers.ObserverModel;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** Requests of the observer. */
final class ObserverStage implements Stage {
    static final String NAME = "observer";

    private final String requests;
    private final String results;
    private final Deserializer<ObservationRequest> reader;
    private final Serializer<ObservationResult> writer;
    private final ObserverModel model;

    ObserverStage(TopicSerdes serdes, TopicNames names, ObserverModel model) {
        requests = names.of(Topics.OBSERVER_REQUESTS);
        results = names.of(Topics.OBSERVER_RESULTS);
        reader = serdes.observationRequests().deserializer();
        writer = serdes.observationResults().serializer();
        this.model = model;
    }

    @Override
    public String topic() {
        return requests;
    }

    @Override
    public Call read(ConsumerRecord<String, byte[]> request) {
        return new Observe(reader.deserialize(requests, request.value()));
    }

    private final class Observe implements Call {
        private final ObservationRequest request;

        private Observe(ObservationRequest request) {
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
            return request.priority() == ObservationRequest.Priority.HIGH;
        }

        @Override
        public Reply ask() throws InterruptedException {
            ObservationResult.Outcome outcome = model.observe(request);
            return switch (outcome) {
                case ObservationResult.Observed observed -> reply(outcome, Optional.of(observed.provenance()));
                case ObservationResult.Nothing nothing -> reply(outcome, Optional.of(nothing.provenance()));
                case ObservationResult.Failed _,ObservationResult.Expired _,ObservationResult.Idle _ ->
                    reply(outcome, Optional.empty());
            };
        }

        @Override
        public Reply recorded(String response) {
            return reply(OutcomeJson.observation(response), Optional.empty());
        }

        @Override
        public Reply expired() {
            return reply(new ObservationResult.Expired(), Optional.empty());
        }

        @Override
        public Reply failed(String reason) {
            return reply(new ObservationResult.Failed(reason, true), Optional.empty());
        }

        private Reply reply(ObservationResult.Outcome outcome, Optional<Provenance> paidTo) {
            ObservationResult result = new ObservationResult(request.thread(), request.incarnation(),
                    request.requestId(), request.attempt(), outcome);
            return new Reply(
                    new ProducerRecord<>(results, request.thread().toString(), writer.serialize(results, result)),
                    paidTo.map(provenance -> new Completion(request.thread(), request.incarnation(), requestHash(),
                            NAME, OutcomeJson.write(outcome), provenance)));
        }
    }
}
