package io.mnemosyne.inference.worker;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

import io.mnemosyne.core.Begun;
import io.mnemosyne.core.Completion;
import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.inference.BeforeCall;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.completions.OutcomeJson;
import io.mnemosyne.inference.completions.RequestHash;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * A kind of request: where it comes from, who answers it, and what an answer is written as.
 *
 * @param name recorded with each call, for example {@code observer}
 * @param topic that its requests come from
 * @param newestSeq the newest turn that a request is about
 * @param hash of what a request asks of whom, lower-case hex SHA-256
 * @param paidTo who was paid for an outcome; empty if nothing was answered that could be used again
 * @param recorded the outcome out of its JSON
 * @param failed a failure, for a reason; whether it may be retried
 * @param result the record that tells an outcome to the topology
 * @param <Q> its requests
 * @param <O> what they come to
 */
record Stage<Q extends ModelRequest, O>(String name, String topic, Deserializer<WorkerRequest<Q>> reader,
        Model<Q, O> model, ToLongFunction<Q> newestSeq, BiFunction<Q, ModelName, String> hash,
        Function<O, Optional<Provenance>> paidTo,
        Function<String, O> recorded, O expired,
        BiFunction<String, Boolean, O> failed, BiFunction<Q, O, ProducerRecord<String, byte[]>> result) {

    static Stage<ObservationRequest, ObservationResult.Outcome> observer(TopicSerdes serdes, TopicNames names,
            Model<ObservationRequest, ObservationResult.Outcome> model) {
        String results = names.of(Topics.OBSERVER_RESULTS);
        Serializer<ObservationResult> writer = serdes.observationResults().serializer();
        return new Stage<>("observer", names.of(Topics.OBSERVER_REQUESTS),
                serdes.observationRequests().deserializer(), model,
                request -> request.range().to(), RequestHash::of,
                outcome -> switch (outcome) {
                    case ObservationResult.Observed observed -> Optional.of(observed.provenance());
                    case ObservationResult.Nothing nothing -> Optional.of(nothing.provenance());
                    case ObservationResult.Failed _,ObservationResult.Expired _,ObservationResult.Idle _ ->
                        Optional.empty();
                },
                OutcomeJson::observation, new ObservationResult.Expired(),
                ObservationResult.Failed::new,
                (request, outcome) -> keyed(results, request, writer.serialize(results,
                        new ObservationResult(request.thread(), request.incarnation(), request.requestId(),
                                request.attempt(), outcome))));
    }

    static Stage<ReflectionRequest, ReflectionResult.Outcome> reflector(TopicSerdes serdes, TopicNames names,
            Model<ReflectionRequest, ReflectionResult.Outcome> model) {
        String results = names.of(Topics.REFLECTOR_RESULTS);
        Serializer<ReflectionResult> writer = serdes.reflectionResults().serializer();
        return new Stage<>("reflector", names.of(Topics.REFLECTOR_REQUESTS),
                serdes.reflectionRequests().deserializer(), model,
                request -> request.segments().getLast().range().to(), RequestHash::of,
                outcome -> switch (outcome) {
                    case ReflectionResult.Reflected reflected -> Optional.of(reflected.provenance());
                    case ReflectionResult.Failed _,ReflectionResult.Expired _ -> Optional.empty();
                },
                OutcomeJson::reflection, new ReflectionResult.Expired(),
                ReflectionResult.Failed::new,
                (request, outcome) -> keyed(results, request, writer.serialize(results,
                        new ReflectionResult(request.thread(), request.incarnation(), request.requestId(),
                                request.attempt(), outcome))));
    }

    static Stage<SummaryRequest, SummaryResult.Outcome> summarizer(TopicSerdes serdes, TopicNames names,
            Model<SummaryRequest, SummaryResult.Outcome> model) {
        String results = names.of(Topics.SUMMARIZER_RESULTS);
        Serializer<SummaryResult> writer = serdes.summaryResults().serializer();
        return new Stage<>("summarizer", names.of(Topics.SUMMARIZER_REQUESTS),
                serdes.summaryRequests().deserializer(), model,
                request -> request.object().seqs().to(), RequestHash::of,
                outcome -> switch (outcome) {
                    case SummaryResult.Summarized summarized -> Optional.of(summarized.provenance());
                    case SummaryResult.Failed _,SummaryResult.Expired _ -> Optional.empty();
                },
                OutcomeJson::summary, new SummaryResult.Expired(),
                SummaryResult.Failed::new,
                (request, outcome) -> keyed(results, request, writer.serialize(results,
                        new SummaryResult(request.thread(), request.incarnation(), request.requestId(),
                                request.attempt(), outcome))));
    }

    /**
     * What a record asks for.
     *
     * @throws SerializationException if the record is no request
     */
    Work read(ConsumerRecord<String, byte[]> told) {
        return switch (reader.deserialize(topic, told.value())) {
            case WorkerRequest.Ask<Q>(Q request) -> new Asked(request);
            case WorkerRequest.Forget<Q>(ThreadKey thread, long incarnation) -> new Forget(thread, incarnation);
        };
    }

    private static ProducerRecord<String, byte[]> keyed(String topic, ModelRequest request, byte[] value) {
        return new ProducerRecord<>(topic, request.thread().toString(), value);
    }

    private final class Asked implements Call {
        private final Q request;

        private Asked(Q request) {
            this.request = request;
        }

        @Override
        public ThreadKey thread() {
            return request.thread();
        }

        @Override
        public long incarnation() {
            return request.incarnation();
        }

        @Override
        public String requestId() {
            return request.requestId();
        }

        @Override
        public String stage() {
            return name;
        }

        @Override
        public Instant leaseUntil() {
            return request.leaseUntil();
        }

        @Override
        public boolean urgent() {
            return request.urgent();
        }

        @Override
        public long newestSeq() {
            return newestSeq.applyAsLong(request);
        }

        @Override
        public Begun begun() {
            ModelName asked = model.nameFor(request);
            return new Begun(thread(), incarnation(), hash.apply(request, asked), name, asked.provider(),
                    asked.model(), asked.promptVersion(), request.attempt());
        }

        @Override
        public Reply ask(Deadline deadline, String requestHash, BeforeCall before) throws InterruptedException {
            try {
                O outcome = model.answer(request, new CallContext(deadline, Optional.empty(), before));
                return new Reply(result.apply(request, outcome),
                        paidTo.apply(outcome).map(provenance -> new Completion(thread(), incarnation(), requestHash,
                                name, OutcomeJson.write(outcome), provenance)),
                        told(false, outcome));
            } catch (ModelException e) {
                return failed(String.valueOf(e.getMessage()), e.isRetryable());
            }
        }

        @Override
        public Reply recorded(String response) {
            O outcome = recorded.apply(response);
            return reply(outcome, told(true, outcome));
        }

        @Override
        public Reply expired() {
            return reply(expired, Reply.Told.NOTHING);
        }

        @Override
        public Reply failed(String reason, boolean retryable) {
            return reply(failed.apply(reason, retryable), Reply.Told.failed(reason));
        }

        private Reply.Told told(boolean again, O outcome) {
            Optional<Provenance> paid = paidTo.apply(outcome);
            return new Reply.Told(again, paid, paid.map(_ -> OutcomeJson.write(outcome)),
                    paid.isPresent() ? Optional.empty() : Optional.of("no answer that can be used"));
        }

        private Reply reply(O outcome, Reply.Told told) {
            return new Reply(result.apply(request, outcome), Optional.empty(), told);
        }
    }
}
