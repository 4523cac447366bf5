package io.mnemosyne.replay.measure;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;

import io.mnemosyne.replay.measure.Estimate.Median;

/** Writes a report as one JSON document, down to the counts and the problems of every session. */
public final class ReportJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final JsonGenerator out;

    private ReportJson(JsonGenerator out) {
        this.out = out;
    }

    /** Writes the document and leaves the stream open. */
    public static void write(Report report, OutputStream target) throws IOException {
        try (JsonGenerator generator = JSON.createGenerator(target, JsonEncoding.UTF8)) {
            generator.useDefaultPrettyPrinter();
            new ReportJson(generator).report(report);
        }
    }

    private void report(Report report) throws IOException {
        out.writeStartObject();
        out.writeStringField("run", report.run());
        if (report.ceiling().isPresent()) {
            out.writeNumberField("ceiling", report.ceiling().getAsLong());
        }
        names("sessions_not_in_run", report.notInRun());
        names("sessions_not_recorded", report.notRecorded());
        aggregateFields(report.all());
        out.writeObjectFieldStart("by_source");
        for (Map.Entry<String, Aggregate> source : report.bySource().entrySet()) {
            out.writeObjectFieldStart(source.getKey());
            aggregateFields(source.getValue());
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeObjectFieldStart("per_session");
        for (SessionReport session : report.sessions()) {
            session(session);
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private void aggregateFields(Aggregate aggregate) throws IOException {
        out.writeNumberField("sessions", aggregate.sessions());
        out.writeNumberField("max_prompt_tokens", aggregate.maxPromptTokens());
        if (aggregate.peak().isPresent()) {
            median("median_peak_tokens", aggregate.peak().get());
        }
        number("largest_session_share", aggregate.largestShare());
        counts(aggregate.counts());
        out.writeObjectFieldStart("metrics");
        for (Metric metric : Metric.values()) {
            estimate(metric.label(), aggregate.metric(metric));
        }
        out.writeEndObject();
        uses(aggregate.tools(), aggregate.helpers());
    }

    private void session(SessionReport session) throws IOException {
        out.writeObjectFieldStart(session.session());
        counts(session.counts());
        out.writeObjectFieldStart("metrics");
        for (Metric metric : Metric.values()) {
            number(metric.label(), metric.of(session.counts()));
        }
        out.writeEndObject();
        uses(session.tools(), session.helpers());
        names("problems", session.problems());
        out.writeEndObject();
    }

    private void counts(Counts counts) throws IOException {
        out.writeObjectFieldStart("counts");
        for (Count count : Count.values()) {
            out.writeNumberField(count.label(), counts.get(count));
        }
        out.writeEndObject();
    }

    private void estimate(String name, Estimate estimate) throws IOException {
        out.writeObjectFieldStart(name);
        number("pooled", estimate.pooled());
        Optional<Interval> interval = estimate.pooledInterval();
        if (interval.isPresent()) {
            interval("pooled_interval", interval.get());
        }
        if (estimate.median().isPresent()) {
            median("median", estimate.median().get());
        }
        out.writeEndObject();
    }

    private void median(String name, Median median) throws IOException {
        out.writeNumberField(name, median.value());
        interval(name + "_interval", median.interval());
    }

    private void interval(String name, Interval interval) throws IOException {
        out.writeFieldName(name);
        out.writeArray(new double[]{interval.low(), interval.high()}, 0, 2);
    }

    private void number(String name, OptionalDouble number) throws IOException {
        if (number.isPresent()) {
            out.writeNumberField(name, number.getAsDouble());
        } else {
            out.writeNullField(name);
        }
    }

    private void uses(Map<String, ToolUse> tools, Map<String, HelperUse> helpers) throws IOException {
        out.writeObjectFieldStart("tools");
        for (Map.Entry<String, ToolUse> tool : tools.entrySet()) {
            ToolUse use = tool.getValue();
            out.writeObjectFieldStart(tool.getKey());
            out.writeNumberField("results", use.results());
            out.writeNumberField("chars", use.chars());
            out.writeNumberField("unreferenced_chars", use.unreferencedChars());
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeObjectFieldStart("helpers");
        for (Map.Entry<String, HelperUse> helper : helpers.entrySet()) {
            HelperUse use = helper.getValue();
            out.writeObjectFieldStart(helper.getKey());
            out.writeNumberField("calls", use.calls());
            out.writeNumberField("input_tokens", use.inputTokens());
            out.writeNumberField("output_tokens", use.outputTokens());
            out.writeNumberField("micros", use.micros());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private void names(String name, List<String> names) throws IOException {
        out.writeFieldName(name);
        out.writeArray(names.toArray(String[]::new), 0, names.size());
    }
}
